/// The gate: one decision for every byte that leaves. Start at [Gate].
@NullMarked
package org.kerege.node.gate;

import org.jspecify.annotations.NullMarked;
