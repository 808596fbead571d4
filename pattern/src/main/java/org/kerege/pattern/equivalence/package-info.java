/// Whether two patterns ask for the same. Start at [PatternEquivalence].
@NullMarked
package org.kerege.pattern.equivalence;

import org.jspecify.annotations.NullMarked;
