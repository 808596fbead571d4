package org.kerege.node.exchange;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;

/// Objects that waited for something they stand on, a marking or an object they refer to. When it arrives they are
/// placed again, and whatever stands on them in turn, in batches. Whoever becomes a reader by it gets the object by
/// an addition of its own, with a new date, so that no cursor misses it; whoever had it before sees nothing new.
public final class WaitingForOthers {

    private static final int BATCH = 1_000;

    private final DataSource database;
    private final Ledger ledger;
    private final Gate gate;
    private final Changes changes;
    private final Catalogue catalogue;

    WaitingForOthers(
            DataSource database, Ledger ledger, Gate gate, Changes changes, Catalogue catalogue) {
        this.database = database;
        this.ledger = ledger;
        this.gate = gate;
        this.changes = changes;
        this.catalogue = catalogue;
    }

    /// Places again what waited for objects that have just been recorded.
    ///
    /// @param arrived identifiers of these objects
    /// @param missing what they refer to and was not held when they were placed; another submission may have brought
    ///     it meanwhile
    void settle(Collection<StixId> arrived, Set<StixId> missing) {
        Set<String> targets = new HashSet<>();
        arrived.forEach(id -> targets.add(id.toString()));
        Set<Long> seen = new HashSet<>();
        try (Connection connection = database.getConnection()) {
            targets.addAll(held(connection, missing));
            while (!targets.isEmpty()) {
                List<Replacement.Move> moves = moves(connection, targets, seen);
                targets.clear();
                for (int from = 0; from < moves.size(); from += BATCH) {
                    List<Replacement.Move> batch =
                            moves.subList(from, Math.min(moves.size(), from + BATCH));
                    ledger.record(new Replacement(gate, batch));
                    batch.forEach(move -> targets.add(move.objectId()));
                    batch.forEach(move ->
                            catalogue.collection(move.collection()).ifPresent(changes::changed));
                }
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("what waited cannot be placed now", e);
        }
    }

    private static Set<String> held(Connection connection, Set<StixId> ids) throws SQLException {
        Set<String> held = new HashSet<>();
        if (ids.isEmpty()) {
            return held;
        }
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select distinct object_id from object_version where object_id = any(?)")) {
            select.setArray(
                    1,
                    connection.createArrayOf("text", ids.stream().map(StixId::toString).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    held.add(row.getString(1));
                }
            }
        }
        return held;
    }

    /// What has to move because of `targets`; each version is looked at once.
    private List<Replacement.Move> moves(Connection connection, Set<String> targets, Set<Long> seen)
            throws SQLException {
        List<Replacement.Move> moves = new ArrayList<>();
        Set<Long> here = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select distinct on (a.collection, a.seq) a.collection, a.seq, a.object_id, a.audience,
                            a.closure, c.default_marking, p.body
                        from addition a join collection c on c.number = a.collection
                            join ledger_payload p on p.seq = a.seq
                        where a.seq in (select seq from reference where target = any(?))
                        order by a.collection, a.seq, a.date_added desc\
                        """)) {
            select.setArray(1, connection.createArrayOf("text", targets.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long seq = row.getLong(2);
                    if (seen.contains(seq)) {
                        continue;
                    }
                    here.add(seq);
                    Placement before = new Placement(row.getInt(4), row.getInt(5));
                    Placement after =
                            placedAgain(connection, row.getBytes(7), before, row.getString(6));
                    if (!after.equals(before)) {
                        moves.add(
                                new Replacement.Move(
                                        row.getInt(1), seq, row.getString(3), before, after));
                    }
                }
            }
        }
        seen.addAll(here);
        return moves;
    }

    private Placement placedAgain(
            Connection connection, byte[] body, Placement before, @Nullable String defaultMarking) {
        return gate.placeAgain(StixObject.read(body), before, defaultMarking, connection);
    }
}
