package org.kerege.node.exchange;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.kerege.gate.HeldObject;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.StixObject;

/// Where versions are placed, each in every collection that it is in.
///
/// @param objects the versions, one for each of `places`
record Places(List<Replacement.Move> places, List<HeldObject> objects) {

    /// Reads the places of versions.
    ///
    /// @param seqs numbers of their entries
    static Places of(Collection<Long> seqs, Gate gate, Connection connection) throws SQLException {
        List<Replacement.Move> places = new ArrayList<>();
        List<HeldObject> objects = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select distinct on (a.collection, a.seq) a.collection, a.seq, a.object_id, a.audience,
                            a.closure, c.default_marking, p.body
                        from addition a join collection c on c.number = a.collection
                            join ledger_payload p on p.seq = a.seq
                        where a.seq = any(?) and a.reader is null
                        order by a.collection, a.seq, a.date_added desc\
                        """)) {
            select.setArray(1, connection.createArrayOf("bigint", seqs.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Placement here = new Placement(row.getInt(4), row.getInt(5));
                    objects.add(
                            new HeldObject(
                                    StixObject.read(row.getBytes(7)),
                                    here,
                                    gate.rules(row.getString(6))));
                    places.add(
                            new Replacement.Move(
                                    row.getInt(1), row.getLong(2), row.getString(3), here, here));
                }
            }
        }
        return new Places(places, objects);
    }

    /// The moves that lead to other placements; none for what stays.
    ///
    /// @param after one for each of `places`
    List<Replacement.Move> to(List<Placement> after) {
        List<Replacement.Move> moves = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (!after.get(i).equals(places.get(i).before())) {
                moves.add(places.get(i).to(after.get(i)));
            }
        }
        return moves;
    }

    /// Moves what belongs elsewhere.
    ///
    /// @param after one for each of `places`
    /// @param because why it is moved, in a few words
    /// @return numbers of the collections in which something moved
    List<Integer> move(
            List<Placement> after, Gate gate, String because, LedgerTransaction transaction)
            throws SQLException {
        List<Replacement.Move> moves = to(after);
        if (!moves.isEmpty()) {
            new Replacement(gate, because, moves).run(transaction);
        }
        return moves.stream().map(Replacement.Move::collection).distinct().toList();
    }
}
