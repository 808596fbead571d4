/// The node hunts all the time in its member's logs: where events come from, what is hunted at this moment, and what was
/// found. Start at [org.kerege.node.hunt.standing.StandingHunt].
@NamedInterface("standing")
@NullMarked
package org.kerege.node.hunt.standing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
