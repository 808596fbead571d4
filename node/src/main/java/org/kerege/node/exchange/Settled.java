package org.kerege.node.exchange;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far what waited for others has been placed again. Objects are recorded in one transaction and what waited for
/// them is placed in others, so that a node can die between the two; this mark in the store says from where a fresh
/// start must look again. It is written now and then and always lags behind: to settle twice changes nothing.
///
/// Safe for several threads.
final class Settled {

    private static final long NOTED_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /// Pieces under way by the last entry that was there before each, and how many have it.
    private final TreeMap<Long, Integer> open = new TreeMap<>();

    /// The least of those of which it is not known what became of them.
    private @Nullable Long failed;

    private long notedNanos = System.nanoTime();

    /// A piece is about to be recorded.
    ///
    /// @param asOf number of the last entry before it, or of an earlier one
    synchronized void begin(long asOf) {
        open.merge(asOf, 1, Integer::sum);
    }

    /// A piece has been recorded and what waited for it has been placed, or nothing of it was recorded.
    synchronized void end(long asOf) {
        open.compute(asOf, (_, pieces) -> pieces == null || pieces == 1 ? null : pieces - 1);
    }

    /// It is not known whether a piece was recorded, or what waited for it could not be placed.
    synchronized void fail(long asOf) {
        end(asOf);
        failed = failed == null ? asOf : Math.min(failed, asOf);
    }

    /// From which entry on all must be settled once more because something failed.
    synchronized Optional<Long> failedFrom() {
        return Optional.ofNullable(failed);
    }

    /// All after that entry has been settled once more.
    synchronized void mended(long from) {
        if (failed != null && failed >= from) {
            failed = null;
        }
    }

    /// Number of the last entry up to which all was settled when it was noted; -1 for none.
    static long through(Connection connection) throws SQLException {
        return number(connection, "select coalesce((select through from settled), -1)");
    }

    /// Notes how far all is settled, if that was not done a moment ago.
    void noteNowAndThen(Connection connection) throws SQLException {
        synchronized (this) {
            if (System.nanoTime() - notedNanos < NOTED_EVERY_NANOS) {
                return;
            }
            notedNanos = System.nanoTime();
        }
        note(connection);
    }

    /// Notes how far all is settled.
    void note(Connection connection) throws SQLException {
        // Asked before it is looked what is under way: what begins later has later numbers.
        long last = number(connection, "select coalesce(max(seq), -1) from ledger_entry");
        long through;
        synchronized (this) {
            through = open.isEmpty() ? last : Math.min(last, open.firstKey());
            through = failed == null ? through : Math.min(through, failed);
        }
        try (PreparedStatement keep =
                connection.prepareStatement(
                        "insert into settled (through) values (?) on conflict (one)"
                                + " do update set through = excluded.through"
                                + " where settled.through < excluded.through")) {
            keep.setLong(1, through);
            keep.executeUpdate();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
