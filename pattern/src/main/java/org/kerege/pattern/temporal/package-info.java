/// How observations are bound to an observation expression in time. Start at [BindingSearch]. Source: STIX 2.1
/// §9.5.
@NullMarked
package org.kerege.pattern.temporal;

import org.jspecify.annotations.NullMarked;
