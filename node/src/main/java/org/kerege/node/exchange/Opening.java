package org.kerege.node.exchange;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerege.gate.Placement;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;

/// Adds versions of a collection again, for one reader alone, in the order given. Those that are not in the collection
/// any more are passed over. Answers how many were added.
final class Opening implements Work<Integer> {

    private final int collection;
    private final int reader;
    private final List<Long> seqs;

    /// @param reader its number
    /// @param seqs numbers of the versions, each once
    Opening(int collection, int reader, List<Long> seqs) {
        this.collection = collection;
        this.reader = reader;
        this.seqs = List.copyOf(seqs);
    }

    @Override
    public Integer run(LedgerTransaction transaction) throws SQLException {
        Map<Long, Placement> places = places(transaction);
        Instant date = CollectionDates.last(transaction, collection);
        Placings placings = new Placings(reader);
        Columns rows = new Columns("bigint", "timestamptz");
        for (long seq : seqs) {
            Placement place = places.get(seq);
            if (place != null) {
                date = date.plus(1, ChronoUnit.MICROS);
                rows.row(seq, date.toString());
                placings.add(date, seq, place, null);
            }
        }
        add(transaction, rows);
        CollectionDates.keepLast(transaction, collection, date);
        placings.record(transaction, collection, "opened to a reader");
        return placings.added().size();
    }

    /// Where the versions stand now, by the last addition that is for everyone.
    private Map<Long, Placement> places(LedgerTransaction transaction) throws SQLException {
        Map<Long, Placement> places = new HashMap<>();
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                select distinct on (seq) seq, audience, closure from addition
                                where collection = ? and seq = any(?) and reader is null
                                order by seq, date_added desc\
                                """)) {
            select.setInt(1, collection);
            select.setArray(
                    2, transaction.connection().createArrayOf("bigint", seqs.toArray(Long[]::new)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    places.put(row.getLong(1), new Placement(row.getInt(2), row.getInt(3)));
                }
            }
        }
        return places;
    }

    private void add(LedgerTransaction transaction, Columns rows) throws SQLException {
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                insert into addition (collection, date_added, seq, object_id, version, type,
                                    spec_version, audience, closure, superseded, reader)
                                select distinct on (a.seq) a.collection, m.date_added, a.seq, a.object_id, a.version,
                                    a.type, a.spec_version, a.audience, a.closure, a.superseded, ?
                                from unnest(?, ?) m(seq, date_added)
                                    join addition a on a.collection = ? and a.seq = m.seq and a.reader is null
                                order by a.seq, a.date_added desc\
                                """)) {
            insert.setInt(1, reader);
            insert.setInt(rows.bind(insert, 2), collection);
            insert.executeUpdate();
        }
    }
}
