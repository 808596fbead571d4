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
            narrow(transaction, collection, entry.getValue(), placings);
            add(transaction, collection, entry.getValue(), last, placings);
            CollectionDates.keepLast(
                    transaction, collection, last.plus(entry.getValue().size(), ChronoUnit.MICROS));
            placings.record(transaction, collection, because);
        }
        keepVersions(transaction, byCollection.values());
        return moves.size();
    }

    /// Whoever reads the additions made before and may not read the object where it goes reads them no longer.
    private void narrow(
            LedgerTransaction transaction, int collection, List<Move> moves, Placings placings)
            throws SQLException {
        Map<Long, Placement> after = new HashMap<>();
        moves.forEach(move -> after.put(move.seq(), move.after()));
        Columns rows = new Columns("timestamptz", "bigint", "int", "int");
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                "select date_added, seq, audience, closure, unless_audience, unless_closure from addition"
                                        + " where collection = ? and seq = any(?)")) {
            select.setInt(1, collection);
            select.setArray(
                    2, transaction.connection().createArrayOf("bigint", after.keySet().toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long seq = row.getLong(2);
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
    }

    private static @Nullable Placement unless(ResultSet row) throws SQLException {
        int audience = row.getInt(5);
        return row.wasNull() ? null : new Placement(audience, row.getInt(6));
    }

    private static void add(
            LedgerTransaction transaction,
            int collection,
            List<Move> moves,
            Instant last,
            Placings placings)
            throws SQLException {
        Columns rows = new Columns("bigint", "timestamptz", "int", "int", "int", "int");
        Instant date = last;
        for (Move move : moves) {
            date = date.plus(1, ChronoUnit.MICROS);
            placings.add(date, move.seq(), move.after(), move.before());
            placings.move(move.seq(), move.after());
            rows.row(
                    move.seq(),
                    date.toString(),
                    move.after().audience(),
                    move.after().closure(),
                    move.before().audience(),
                    move.before().closure());
        }
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                insert into addition (collection, date_added, seq, object_id, version, type,
                                    spec_version, audience, closure, superseded, unless_audience, unless_closure)
                                select distinct on (a.seq) a.collection, m.date_added, a.seq, a.object_id, a.version,
                                    a.type, a.spec_version, m.audience, m.closure, a.superseded, m.unless_audience,
                                    m.unless_closure
                                from unnest(?, ?, ?, ?, ?, ?)
                                        m(seq, date_added, audience, closure, unless_audience, unless_closure)
                                    join addition a on a.collection = ? and a.seq = m.seq and a.reader is null
                                order by a.seq, a.date_added desc\
                                """)) {
            insert.setInt(rows.bind(insert), collection);
            insert.executeUpdate();
        }
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
