/// Hunting back: the member's own events of a limited time, who may ask them for what, and what was asked. Start at
/// [org.kerege.node.hunt.retro.RetroHunts].
@NamedInterface("retro")
@NullMarked
package org.kerege.node.hunt.retro;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
