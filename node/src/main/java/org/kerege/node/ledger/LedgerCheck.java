package org.kerege.node.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds the ledger against its own leaves: numbers without a gap, times that never go back, and each payload that is
/// still there the one its leaf commits to.
public final class LedgerCheck {

    private static final int MOST_FAULTS = 20;
    private static final int FETCH = 1_000;
    private static final Map<Integer, EntryKind> KINDS =
            Arrays.stream(EntryKind.values())
                    .collect(Collectors.toMap(EntryKind::number, Function.identity()));

    private final List<String> faults = new ArrayList<>();
    private long entries;
    private @Nullable Instant before;

    private LedgerCheck() {}

    /// What a check found.
    ///
    /// @param entries how many were looked at
    /// @param faults each in one sentence, at most 20
    public record Result(long entries, List<String> faults) {

        public Result {
            faults = List.copyOf(faults);
        }

        public boolean sound() {
            return faults.isEmpty();
        }
    }

    /// Checks every entry. The connection is in a transaction.
    public static Result all(Connection connection) throws SQLException {
        return from(connection, 0);
    }

    /// Checks the last entries alone. The connection is in a transaction.
    public static Result last(Connection connection, int count) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(seq) from ledger_entry")) {
            row.next();
            return from(connection, Math.max(0, row.getLong(1) - count + 1));
        }
    }

    private static Result from(Connection connection, long first) throws SQLException {
        LedgerCheck check = new LedgerCheck();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet row =
                    statement.executeQuery(
                            "select e.seq, e.kind, e.recorded_at, e.leaf, p.salt, p.meta, p.body"
                                    + " from ledger_entry e left join ledger_payload p using (seq)"
                                    + " where e.seq >= "
                                    + first
                                    + " order by e.seq")) {
                while (row.next() && check.faults.size() < MOST_FAULTS) {
                    check.look(row, first);
                }
            }
        }
        return new Result(check.entries, check.faults);
    }

    private void look(ResultSet row, long first) throws SQLException {
        long seq = row.getLong(1);
        if (seq != first + entries) {
            faults.add("entry " + (first + entries) + " is missing");
            entries = seq - first;
        }
        entries++;
        Instant recorded = row.getObject(3, OffsetDateTime.class).toInstant();
        if (before != null && recorded.isBefore(before)) {
            faults.add("entry " + seq + " is dated before the one in front of it");
        }
        before = recorded;
        EntryKind kind = KINDS.get(row.getInt(2));
        byte[] salt = row.getBytes(5);
        if (kind == null) {
            faults.add("entry " + seq + " is of a kind that is not known: " + row.getInt(2));
        } else if (salt != null
                && !Arrays.equals(
                        row.getBytes(4),
                        Leaf.hash(
                                Leaf.bytes(
                                        kind, recorded, salt, row.getBytes(6), row.getBytes(7))))) {
            faults.add("entry " + seq + " holds another payload than its leaf commits to");
        }
    }
}
