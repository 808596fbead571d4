package org.kerege.node.ledger;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.kerege.stix.Json;

/// The beginning of a new stretch of the ledger. A node that goes on from a backup may have lost entries that others
/// have seen: its first entry says so and cites the head from which it goes on, so that two ledgers that part there are
/// told apart from one that was falsified.
public final class Epoch {

    private Epoch() {}

    /// Writes that the ledger goes on from a backup.
    public static Snapshot.Aftermath after(Clock clock) {
        return (connection, contents) -> open(connection, contents.head(), clock);
    }

    private static void open(Connection connection, Head head, Clock clock) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant last = lastTime(connection);
        byte[] meta =
                Json.mapper()
                        .createObjectNode()
                        .put("because", "restored from a backup")
                        .put("size", head.size())
                        .put("root", head.rootHex())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        LedgerTransaction transaction =
                new LedgerTransaction(
                        connection,
                        now.isBefore(last) ? last : now,
                        new SecureRandom(),
                        head.size());
        transaction.append(EntryKind.EPOCH, meta);
        transaction.flush();
    }

    private static Instant lastTime(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select max(recorded_at) from ledger_entry")) {
            row.next();
            OffsetDateTime last = row.getObject(1, OffsetDateTime.class);
            return last == null ? Instant.EPOCH : last.toInstant();
        }
    }
}
