/// Authority as data: who may decide what, and when. The parts: `rotation` (who chairs), `rule` (how votes become a
/// decision). Nothing here knows a server, a clock or a network.
@NullMarked
package org.kerege.charter;

import org.jspecify.annotations.NullMarked;
