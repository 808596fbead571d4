package org.kerege.node.exchange;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.ReferenceRows;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.StixId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Objects that waited for something they stand on, a marking or an object they refer to. When it arrives they are
/// placed again, and whatever stands on them in turn, in batches. Whoever becomes a reader by it gets the object by
/// an addition of its own, with a new date, so that no cursor misses it; whoever had it before sees nothing new.
///
/// What a node did not come to before it died is done when it starts again, see [Settled].
public final class WaitingForOthers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingForOthers.class);

    private static final int BATCH = 1_000;
    private static final Admission.SeqRange NONE = new Admission.SeqRange(0, 0);

    private final DataSource database;
    private final Ledger ledger;
    private final Gate gate;
    private final Changes changes;
    private final Catalogue catalogue;
    private final Settled settled = new Settled();

    WaitingForOthers(
            DataSource database, Ledger ledger, Gate gate, Changes changes, Catalogue catalogue) {
        this.database = database;
        this.ledger = ledger;
        this.gate = gate;
        this.changes = changes;
        this.catalogue = catalogue;
    }

    /// Places again what a node that died had not come to. Called before anything is served.
    WaitingForOthers start() {
        try (Connection connection = database.getConnection()) {
            catchUp(connection);
        } catch (SQLException e) {
            throw new StoreUnavailable("what waited cannot be placed now", e);
        }
        return this;
    }

    private void catchUp(Connection connection) throws SQLException {
        settleAfter(Settled.through(connection), connection);
        settled.note(connection);
    }

    private void settleAfter(long seq, Connection connection) throws SQLException {
        Set<String> recorded = recordedAfter(connection, seq);
        if (!recorded.isEmpty()) {
            LOG.info("event=settling_what_waited objects={}", recorded.size());
            placeAgain(connection, standingOn(connection, recorded, NONE));
        }
    }

    /// Notes how far all is settled, so that the next start need not look.
    @Override
    public void close() {
        try (Connection connection = database.getConnection()) {
            settled.note(connection);
        } catch (SQLException e) {
            LOG.warn("event=settled_not_noted reason={}", e.getMessage());
        }
    }

    /// Records a piece and places again what waited for it.
    ///
    /// @param placed where the gate placed the piece
    /// @param piece records it
    Admission.Admitted settleAround(Gate.Placed placed, Supplier<Admission.Admitted> piece) {
        settled.begin(placed.asOf());
        try {
            Admission.Admitted admitted = piece.get();
            settle(admitted, placed.standOn(), placed.asOf());
            settled.end(placed.asOf());
            return admitted;
        } catch (RuntimeException e) {
            settled.fail(placed.asOf());
            throw e;
        }
    }

    /// Places again what stands on a submission that has just been recorded. Its own objects were placed together,
    /// each knowing the others, so of them only those are looked at that stand on something else than the gate took
    /// it for.
    ///
    /// @param admitted what was recorded
    /// @param standOn what the submission refers to beyond itself
    /// @param asOf number of the last entry that the gate surely knew of when it placed the submission
    private void settle(Admission.Admitted admitted, Set<StixId> standOn, long asOf) {
        try (Connection connection = database.getConnection()) {
            Admission.SeqRange own = admitted.entries();
            Set<String> changed = changedSince(connection, standOn, asOf, own.begin());
            changed.addAll(admitted.displaced());
            Set<Long> waiting = standingOn(connection, changed, NONE);
            waiting.addAll(standingOn(connection, admitted.recorded(), own));
            placeAgain(connection, waiting);
            Optional<Long> failed = settled.failedFrom();
            if (failed.isPresent()) {
                settleAfter(failed.get(), connection);
                settled.mended(failed.get());
            }
            settled.noteNowAndThen(connection);
        } catch (SQLException e) {
            throw new StoreUnavailable("what waited cannot be placed now", e);
        }
    }

    /// Places again what stands on an object that has moved.
    ///
    /// @param collections numbers of those in which it has moved, whose readers see something else from now on
    void follow(StixId moved, List<Integer> collections) {
        for (int collection : collections) {
            catalogue.collection(collection).ifPresent(changes::changed);
        }
        try (Connection connection = database.getConnection()) {
            placeAgain(connection, standingOn(connection, Set.of(moved.toString()), NONE));
        } catch (SQLException e) {
            throw new StoreUnavailable("what waited cannot be placed now", e);
        }
    }

    /// Places versions again, and what stands on those that move, and so on.
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

    private static Set<String> recordedAfter(Connection connection, long seq) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select object_id from object_version where seq > ?")) {
            select.setLong(1, seq);
            return column(select);
        }
    }

    private static Set<String> column(PreparedStatement select) throws SQLException {
        Set<String> values = new HashSet<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    /// Those of `ids` of which something was recorded after entry `asOf` and before entry `before`.
    private static Set<String> changedSince(
            Connection connection, Set<StixId> ids, long asOf, long before) throws SQLException {
        if (ids.isEmpty() || before == asOf + 1) {
            return new HashSet<>();
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
            return column(select);
        }
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
        Set<Long> referring = new HashSet<>();
        // Plain questions by key: in one with all conditions the planner, which knows little of
        // tables that grow,
        // goes through whole indexes.
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select seq, slot from reference
                        where target = any(?) and hashtextextended(target, 0) =
                            any(array(select hashtextextended(one, 0) from unnest(?) one))\
                        """)) {
            Array all = connection.createArrayOf("text", targets.toArray());
            select.setArray(1, all);
            select.setArray(2, all);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long seq = row.getLong(1);
                    if (seq < without.begin() || seq >= without.end()) {
                        (row.getInt(2) == ReferenceRows.MARKING ? standing : referring).add(seq);
                    }
                }
            }
        }
        referring.removeAll(standing);
        standing.addAll(bound(connection, referring));
        return standing;
    }

    /// Those of the versions `seqs` that stand on what they refer to in some collection.
    private Set<Long> bound(Connection connection, Set<Long> seqs) throws SQLException {
        Set<Long> bound = new HashSet<>();
        if (seqs.isEmpty()) {
            return bound;
        }
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select seq from addition where seq = any(?) and closure <> all(?)")) {
            select.setArray(1, connection.createArrayOf("bigint", seqs.toArray()));
            select.setObject(2, gate.openClosures());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    bound.add(row.getLong(1));
                }
            }
        }
        return bound;
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
