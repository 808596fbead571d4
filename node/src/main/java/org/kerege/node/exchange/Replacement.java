package org.kerege.node.exchange;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.CopyRows;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;

/// Moves objects to where the gate places them now. The additions made before stay with those who read them before
/// and may read them still; a new addition, hidden from these, is for the others. Answers how many were moved.
final class Replacement implements Work<Integer> {

    private final Gate gate;
    private final String because;
    private final List<Move> moves;

    /// @param because why they are moved, in a few words
    Replacement(Gate gate, String because, List<Move> moves) {
        this.gate = gate;
        this.because = because;
        this.moves = List.copyOf(moves);
    }

    /// One version in one collection, and where it goes.
    record Move(int collection, long seq, String objectId, Placement before, Placement after) {

        Move to(Placement other) {
            return new Move(collection, seq, objectId, before, other);
        }
    }

    @Override
    public Integer run(LedgerTransaction transaction) throws SQLException {
        Map<Integer, List<Move>> byCollection = new TreeMap<>();
        for (Move move : moves) {
            byCollection.computeIfAbsent(move.collection(), _ -> new ArrayList<>()).add(move);
        }
        for (Map.Entry<Integer, List<Move>> entry : byCollection.entrySet()) {
            int collection = entry.getKey();
            Instant last = CollectionDates.last(transaction, collection);
            Placings placings = new Placings();
            Map<Long, Standing> standing =
                    narrow(transaction, collection, entry.getValue(), placings);
            add(transaction, collection, entry.getValue(), standing, last, placings);
            CollectionDates.keepLast(
                    transaction, collection, last.plus(entry.getValue().size(), ChronoUnit.MICROS));
            placings.record(transaction, collection, because);
        }
        keepVersions(transaction, byCollection.values());
        return moves.size();
    }

    /// An addition of a version that moves, the last one when there are several.
    private record Standing(
            String objectId, String version, String type, String specVersion, boolean superseded) {}

    /// Whoever reads the additions made before and may not read the object where it goes reads them no longer.
    ///
    /// @return the last addition of each version
    private Map<Long, Standing> narrow(
            LedgerTransaction transaction, int collection, List<Move> moves, Placings placings)
            throws SQLException {
        Map<Long, Placement> after = new HashMap<>();
        moves.forEach(move -> after.put(move.seq(), move.after()));
        Map<Long, Standing> last = new HashMap<>();
        Columns rows = new Columns("timestamptz", "bigint", "int", "int");
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                select date_added, seq, audience, closure, unless_audience, unless_closure,
                                    object_id, version, type, spec_version, superseded
                                from addition where collection = ? and seq = any(?)
                                order by date_added\
                                """)) {
            select.setInt(1, collection);
            select.setArray(
                    2, transaction.connection().createArrayOf("bigint", after.keySet().toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long seq = row.getLong(2);
                    last.put(
                            seq,
                            new Standing(
                                    row.getString(7),
                                    row.getString(8),
                                    row.getString(9),
                                    row.getString(10),
                                    row.getBoolean(11)));
                    Placement was = new Placement(row.getInt(3), row.getInt(4));
                    Placement still = gate.both(was, Objects.requireNonNull(after.get(seq)));
                    if (!still.equals(was)) {
                        Instant date = row.getObject(1, OffsetDateTime.class).toInstant();
                        rows.row(date.toString(), seq, still.audience(), still.closure());
                        placings.add(date, seq, still, unless(row));
                    }
                }
            }
        }
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                update addition a set audience = m.audience, closure = m.closure,
                                    was_audience = a.audience, was_closure = a.closure
                                from unnest(?, ?, ?, ?) m(date_added, seq, audience, closure)
                                where a.collection = ? and a.date_added = m.date_added and a.seq = m.seq\
                                """)) {
            update.setInt(rows.bind(update), collection);
            update.executeUpdate();
        }
        return last;
    }

    private static @Nullable Placement unless(ResultSet row) throws SQLException {
        int audience = row.getInt(5);
        return row.wasNull() ? null : new Placement(audience, row.getInt(6));
    }

    /// @param standing where each version stands; one that was taken out meanwhile is not added again
    private static void add(
            LedgerTransaction transaction,
            int collection,
            List<Move> moves,
            Map<Long, Standing> standing,
            Instant last,
            Placings placings)
            throws SQLException {
        CopyRows additions =
                new CopyRows(
                        "addition",
                        List.of(
                                "collection",
                                "date_added",
                                "seq",
                                "object_id",
                                "version",
                                "type",
                                "spec_version",
                                "audience",
                                "closure",
                                "superseded",
                                "unless_audience",
                                "unless_closure"));
        Instant date = last;
        for (Move move : moves) {
            date = date.plus(1, ChronoUnit.MICROS);
            placings.add(date, move.seq(), move.after(), move.before());
            placings.move(move.seq(), move.after());
            Standing stands = standing.get(move.seq());
            if (stands != null) {
                additions
                        .row()
                        .integer(collection)
                        .timestamp(date)
                        .bigint(move.seq())
                        .text(stands.objectId())
                        .text(stands.version())
                        .text(stands.type())
                        .text(stands.specVersion())
                        .integer(move.after().audience())
                        .integer(move.after().closure())
                        .bool(stands.superseded())
                        .integer(move.before().audience())
                        .integer(move.before().closure());
            }
        }
        additions.send(transaction.connection());
    }

    /// A version in several collections keeps what it was given in the last of them, as the ledger says it last.
    private static void keepVersions(
            LedgerTransaction transaction, Iterable<List<Move>> byCollection) throws SQLException {
        Map<Long, Placement> after = new HashMap<>();
        byCollection.forEach(all -> all.forEach(move -> after.put(move.seq(), move.after())));
        Columns rows = new Columns("bigint", "int", "int");
        after.forEach((seq, place) -> rows.row(seq, place.audience(), place.closure()));
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                update object_version v set audience = m.audience, closure = m.closure
                                from unnest(?, ?, ?) m(seq, audience, closure) where v.seq = m.seq\
                                """)) {
            rows.bind(update);
            update.executeUpdate();
        }
    }
}
