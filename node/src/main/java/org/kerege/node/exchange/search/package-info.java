/// Finds objects for one reader by their words and facets, under the gate's view. Start at [VisibleObjects].
@NamedInterface("search")
@NullMarked
package org.kerege.node.exchange.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
