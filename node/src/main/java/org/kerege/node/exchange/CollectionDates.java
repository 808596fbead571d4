package org.kerege.node.exchange;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.kerege.node.ledger.LedgerTransaction;

/// The dates of a collection's additions grow strictly; the last one outlives a removal of its object, so that no date
/// is given twice.
final class CollectionDates {

    private CollectionDates() {}

    /// The instant after which the next addition is dated: now, or that of the last addition when it is later.
    static Instant last(LedgerTransaction transaction, int collection) throws SQLException {
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement("select last_added from collection where number = ?")) {
            select.setInt(1, collection);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Instant last = row.getObject(1, OffsetDateTime.class).toInstant();
                Instant now = transaction.now();
                return last.isBefore(now) ? now : last;
            }
        }
    }

    /// Notes the date of the last addition.
    static void keepLast(LedgerTransaction transaction, int collection, Instant last)
            throws SQLException {
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                "update collection set last_added = greatest(last_added, ?) where number = ?")) {
            update.setObject(1, last.atOffset(ZoneOffset.UTC));
            update.setInt(2, collection);
            update.executeUpdate();
        }
    }
}
