/// Measurements of a whole node. Start at [NodeBench].
@NullMarked
package org.kerege.bench;

import org.jspecify.annotations.NullMarked;
