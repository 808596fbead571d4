/// Foreign TAXII servers that this node reads from and writes to on a schedule. Start at [Feeds]; what is declared stands
/// in [Feed], how each is doing in [FeedStates].
@NullMarked
package org.kerege.node.feeds;

import org.jspecify.annotations.NullMarked;
