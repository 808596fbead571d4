package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Moves objects to where the gate places them now. The additions made before stay with those who read them before
/// and may read them still; a new addition, hidden from these, is for the others. Answers how many were moved.
final class Replacement implements Work<Integer> {

    private final Gate gate;
    private final List<Move> moves;

    Replacement(Gate gate, List<Move> moves) {
        this.gate = gate;
        this.moves = List.copyOf(moves);
    }

    /// One version in one collection, and where it goes.
    record Move(int collection, long seq, String objectId, Placement before, Placement after) {}

    /// An addition made before.
    private record Row(Instant dateAdded, Placement placement) {}

    @Override
    public Integer run(LedgerTransaction transaction) throws SQLException {
        Map<Integer, List<Move>> byCollection = new TreeMap<>();
        for (Move move : moves) {
            byCollection.computeIfAbsent(move.collection(), _ -> new ArrayList<>()).add(move);
        }
        for (Map.Entry<Integer, List<Move>> entry : byCollection.entrySet()) {
            Instant date = lastDate(transaction, entry.getKey());
            for (Move move : entry.getValue()) {
                date = date.plus(1, ChronoUnit.MICROS);
                narrow(transaction, move);
                add(transaction, move, date);
                keepVersion(transaction, move);
            }
            keepLastDate(transaction, entry.getKey(), date);
            record(transaction, entry.getKey(), entry.getValue());
        }
        return moves.size();
    }

    private void narrow(LedgerTransaction transaction, Move move) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                "select date_added, audience, closure from addition"
                                        + " where collection = ? and seq = ?")) {
            select.setInt(1, move.collection());
            select.setLong(2, move.seq());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(
                            new Row(
                                    row.getObject(1, OffsetDateTime.class).toInstant(),
                                    new Placement(row.getInt(2), row.getInt(3))));
                }
            }
        }
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                "update addition set audience = ?, closure = ?"
                                        + " where collection = ? and date_added = ? and seq = ?")) {
            for (Row row : rows) {
                Placement still = gate.both(row.placement(), move.after());
                update.setInt(1, still.audience());
                update.setInt(2, still.closure());
                update.setInt(3, move.collection());
                update.setObject(4, row.dateAdded().atOffset(ZoneOffset.UTC));
                update.setLong(5, move.seq());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void add(LedgerTransaction transaction, Move move, Instant date)
            throws SQLException {
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                insert into addition (collection, date_added, seq, object_id, version, type,
                                    spec_version, audience, closure, superseded, unless_audience, unless_closure)
                                select collection, ?, seq, object_id, version, type, spec_version, ?, ?, superseded,
                                    ?, ?
                                from addition where collection = ? and seq = ? order by date_added desc limit 1\
                                """)) {
            insert.setObject(1, date.atOffset(ZoneOffset.UTC));
            insert.setInt(2, move.after().audience());
            insert.setInt(3, move.after().closure());
            insert.setInt(4, move.before().audience());
            insert.setInt(5, move.before().closure());
            insert.setInt(6, move.collection());
            insert.setLong(7, move.seq());
            insert.executeUpdate();
        }
    }

    private static void keepVersion(LedgerTransaction transaction, Move move) throws SQLException {
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                "update object_version set audience = ?, closure = ? where seq = ?")) {
            update.setInt(1, move.after().audience());
            update.setInt(2, move.after().closure());
            update.setLong(3, move.seq());
            update.executeUpdate();
        }
    }

    private static Instant lastDate(LedgerTransaction transaction, int collection)
            throws SQLException {
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

    private static void keepLastDate(LedgerTransaction transaction, int collection, Instant last)
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

    private static void record(LedgerTransaction transaction, int collection, List<Move> moves) {
        ObjectNode meta = Json.mapper().createObjectNode().put("collection", collection);
        meta.put("because", "something it stands on arrived");
        ArrayNode entries = meta.putArray("entries");
        moves.forEach(move -> entries.add(move.seq()));
        transaction.append(EntryKind.ADDITION, meta.toString().getBytes(StandardCharsets.UTF_8));
    }
}
