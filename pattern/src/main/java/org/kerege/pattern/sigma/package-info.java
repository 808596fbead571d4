/// Rules of Sigma as STIX patterns, as far as they reduce to them exactly. Start at [SigmaRule]. Source: Sigma rules
/// specification 2.0 and its appendix of modifiers.
@NullMarked
package org.kerege.pattern.sigma;

import org.jspecify.annotations.NullMarked;
