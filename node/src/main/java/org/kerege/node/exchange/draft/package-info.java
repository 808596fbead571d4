/// From text to indicators: what can be observed is found in a text and drafted. Start at [Observable].
@NamedInterface("draft")
@NullMarked
package org.kerege.node.exchange.draft;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
