/// STIX patterning: parse, match and compile patterns. Source: STIX 2.1 §9.
@NullMarked
package org.kerege.pattern;

import org.jspecify.annotations.NullMarked;
