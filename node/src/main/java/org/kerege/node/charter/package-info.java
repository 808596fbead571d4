/// The charter of the alliance as this node's store has it: acts and proofs are replayed into who is a member, who
/// chairs and what was decided. Start at [Charter]; the desk reads a [CharterView].
@NullMarked
package org.kerege.node.charter;

import org.jspecify.annotations.NullMarked;
