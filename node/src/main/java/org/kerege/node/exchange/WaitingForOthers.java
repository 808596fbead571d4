package org.kerege.node.exchange;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.ReferenceRows;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.StixId;

/// Objects that waited for something they stand on, a marking or an object they refer to. When it arrives they are
/// placed again, and whatever stands on them in turn, in batches. Whoever becomes a reader by it gets the object by
/// an addition of its own, with a new date, so that no cursor misses it; whoever had it before sees nothing new.
public final class WaitingForOthers {

    private static final int BATCH = 1_000;
    private static final Admission.SeqRange NONE = new Admission.SeqRange(0, 0);

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

    /// Places again what stands on a submission that has just been recorded. Its own objects were placed together,
    /// each knowing the others, so of them only those are looked at that stand on something else than the gate took
    /// it for.
    ///
    /// @param admitted what was recorded
    /// @param standOn what the submission refers to beyond itself
    /// @param asOf number of the last entry that the gate surely knew of when it placed the submission
    void settle(Admission.Admitted admitted, Set<StixId> standOn, long asOf) {
        try (Connection connection = database.getConnection()) {
            Admission.SeqRange own = admitted.entries();
            Set<String> changed = changedSince(connection, standOn, asOf, own.begin());
            changed.addAll(admitted.displaced());
            Set<Long> waiting = standingOn(connection, changed, NONE);
            waiting.addAll(standingOn(connection, admitted.recorded(), own));
            placeAgain(connection, waiting);
        } catch (SQLException e) {
            throw new StoreUnavailable("what waited cannot be placed now", e);
        }
    }

    /// Places again what stands on objects that have moved.
    ///
    /// @param moved their identifiers
    void follow(Set<String> moved) {
        try (Connection connection = database.getConnection()) {
            placeAgain(connection, standingOn(connection, moved, NONE));
        } catch (SQLException e) {
            throw new StoreUnavailable("what waited cannot be placed now", e);
        }
    }

    private void placeAgain(Connection connection, Set<Long> first) throws SQLException {
        Set<Long> waiting = first;
        Set<Long> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            seen.addAll(waiting);
            Set<String> moved = new HashSet<>();
            List<Long> all = List.copyOf(waiting);
            for (int from = 0; from < all.size(); from += BATCH) {
                moved.addAll(
                        move(connection, all.subList(from, Math.min(all.size(), from + BATCH))));
            }
            waiting = standingOn(connection, moved, NONE);
            waiting.removeAll(seen);
        }
    }

    /// Those of `ids` of which something was recorded after entry `asOf` and before entry `before`.
    private static Set<String> changedSince(
            Connection connection, Set<StixId> ids, long asOf, long before) throws SQLException {
        Set<String> changed = new HashSet<>();
        if (ids.isEmpty() || before == asOf + 1) {
            return changed;
        }
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select object_id from object_version"
                                + " where object_id = any(?) and seq > ? and seq < ?")) {
            select.setArray(
                    1,
                    connection.createArrayOf("text", ids.stream().map(StixId::toString).toArray()));
            select.setLong(2, asOf);
            select.setLong(3, before);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    changed.add(row.getString(1));
                }
            }
        }
        return changed;
    }

    /// Numbers of the versions that are marked with one of `targets` or stand on it by a reference; not those that
    /// may refer to whatever they like.
    ///
    /// @param without numbers that are not looked at
    private Set<Long> standingOn(
            Connection connection, Set<String> targets, Admission.SeqRange without)
            throws SQLException {
        Set<Long> standing = new HashSet<>();
        if (targets.isEmpty()) {
            return standing;
        }
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select distinct r.seq from reference r
                        where r.target = any(?) and hashtextextended(r.target, 0) =
                                any(array(select hashtextextended(one, 0) from unnest(?) one))
                            and (r.seq < ? or r.seq >= ?)
                            and (r.slot = ? or exists (
                                select 1 from addition a where a.seq = r.seq and a.closure <> all(?)))\
                        """)) {
            Array all = connection.createArrayOf("text", targets.toArray());
            select.setArray(1, all);
            select.setArray(2, all);
            select.setLong(3, without.begin());
            select.setLong(4, without.end());
            select.setInt(5, ReferenceRows.MARKING);
            select.setObject(6, gate.openClosures());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    standing.add(row.getLong(1));
                }
            }
        }
        return standing;
    }

    /// Moves those of the versions `seqs` that now belong elsewhere.
    ///
    /// @return identifiers of the objects that were moved
    private Set<String> move(Connection connection, List<Long> seqs) throws SQLException {
        Places places = Places.of(seqs, gate, connection);
        List<Replacement.Move> moves = places.to(gate.placeAgain(places.objects(), connection));
        if (moves.isEmpty()) {
            return Set.of();
        }
        ledger.record(new Replacement(gate, "something it stands on arrived", moves));
        Set<String> moved = new HashSet<>();
        for (Replacement.Move move : moves) {
            moved.add(move.objectId());
            catalogue.collection(move.collection()).ifPresent(changes::changed);
        }
        return moved;
    }
}
