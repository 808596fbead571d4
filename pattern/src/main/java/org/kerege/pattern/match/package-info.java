/// Matches one pattern against a set of observations. Start at [PatternMatcher]. Source: STIX 2.1 §9.
@NullMarked
package org.kerege.pattern.match;

import org.jspecify.annotations.NullMarked;
