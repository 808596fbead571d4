package org.kerege.node.hunt.retro;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How long events of the member's logs may be kept. The settings ask for a time, the cap bounds it, and the cap is
/// changed by an entry in the ledger alone, which says who and why: an administrator who edits the settings gets no more
/// than the cap.
public final class Window {

    /// The cap before anyone has set one.
    public static final Duration FIRST_CAP = Duration.ofDays(30);

    /// Most days that can be set.
    static final int MOST_DAYS = 366;

    private final JdbcClient database;
    private final Ledger ledger;
    private final Duration asked;

    /// @param asked the time that the settings ask for; zero for keeping nothing
    Window(JdbcClient database, Ledger ledger, Duration asked) {
        this.database = database;
        this.ledger = ledger;
        this.asked = asked;
    }

    /// The cap that counts now.
    Duration cap() {
        return database.sql("select days from hunt_window order by seq desc limit 1")
                .query(Integer.class)
                .optional()
                .map(Duration::ofDays)
                .orElse(FIRST_CAP);
    }

    /// The time that events are kept: what the settings ask for, at most the cap.
    public Duration kept() {
        if (asked.isZero()) {
            // No cap is needed: the standing hunt asks each second.
            return asked;
        }
        Duration cap = cap();
        return asked.compareTo(cap) < 0 ? asked : cap;
    }

    Duration asked() {
        return asked;
    }

    /// Sets the cap.
    ///
    /// @param days 1 to [#MOST_DAYS]
    /// @return number of the entry
    long set(int days, String who, String why) {
        return ledger.record(transaction -> write(transaction, days, who, why));
    }

    private static long write(LedgerTransaction transaction, int days, String who, String why)
            throws SQLException {
        String meta =
                Json.mapper()
                        .createObjectNode()
                        .put("days", days)
                        .put("who", who)
                        .put("why", why)
                        .toString();
        long seq = transaction.append(EntryKind.WINDOW, meta.getBytes(StandardCharsets.UTF_8));
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                "insert into hunt_window (seq, days, who, why, recorded) values (?, ?, ?, ?, ?)")) {
            insert.setLong(1, seq);
            insert.setInt(2, days);
            insert.setString(3, who);
            insert.setString(4, why);
            insert.setObject(5, transaction.now().atOffset(java.time.ZoneOffset.UTC));
            insert.executeUpdate();
        }
        return seq;
    }
}
