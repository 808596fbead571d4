/// The ledger: an append-only table of everything that binds the node, written by one batched writer in the
/// same transaction as the projections; and the PostgreSQL that holds it. Start at [Ledger].
@NullMarked
package org.kerege.node.ledger;

import org.jspecify.annotations.NullMarked;
