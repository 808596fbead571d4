/// Many patterns against a stream of events: each event is looked up by what it holds, and only patterns that could
/// match are asked exactly. Start at [PatternIndex].
@NullMarked
package org.kerege.pattern.engine;

import org.jspecify.annotations.NullMarked;
