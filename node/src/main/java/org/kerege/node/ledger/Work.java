package org.kerege.node.ledger;

import java.sql.SQLException;

/// Something to be recorded.
///
/// @param <R> what the caller learns once it is durable
@FunctionalInterface
public interface Work<R> {

    /// Appends entries and writes projections. May run more than once: a group of works that fails together
    /// is tried again one by one, so it changes nothing outside the transaction.
    R run(LedgerTransaction transaction) throws SQLException;
}
