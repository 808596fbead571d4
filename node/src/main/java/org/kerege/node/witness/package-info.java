/// The ledger as a transparency log: its tree, its heads signed by this node and cosigned by others, and this node as a
/// witness of theirs. Start at [LedgerLog] and [Watch].
@NullMarked
package org.kerege.node.witness;

import org.jspecify.annotations.NullMarked;
