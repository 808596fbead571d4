/// Hunting: indicators against a member's own logs, matches as leads for analysts, sightings by their decision. Start at
/// [Hunt].
@NullMarked
package org.kerege.node.hunt;

import org.jspecify.annotations.NullMarked;
