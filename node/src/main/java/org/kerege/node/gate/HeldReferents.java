package org.kerege.node.gate;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.References;
import org.kerege.gate.Referents;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.StixId;

/// What this node holds behind identifiers, for one piece of work: look-ups are made for many at once and kept.
final class HeldReferents implements Referents {

    private static final int PREPARED_DEPTH = 4;

    private final Connection connection;
    private final Map<StixId, Found> found = new HashMap<>();

    private record Found(@Nullable Referent referent) {}

    private record Newest(StixId id, int audience, Set<Integer> all) {}

    HeldReferents(Connection connection) {
        this.connection = connection;
    }

    /// Number of the last entry of the ledger; -1 when it has none.
    long lastEntry() {
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select coalesce(max(seq), -1) from ledger_entry");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new StoreUnavailable("the ledger cannot be read now", e);
        }
    }

    /// The audiences of what is held of `ids`, in its newest version.
    Map<StixId, Integer> audiences(Collection<StixId> ids) {
        try {
            Map<StixId, Integer> audiences = new HashMap<>();
            newest(ids).values().forEach(one -> audiences.put(one.id(), one.audience()));
            return audiences;
        } catch (SQLException e) {
            throw new StoreUnavailable("what is held cannot be read now", e);
        }
    }

    /// Looks up many at once, and what they stand on.
    void prepareDeep(Collection<StixId> ids) {
        Collection<StixId> level = ids;
        for (int depth = 0; depth < PREPARED_DEPTH && !level.isEmpty(); depth++) {
            prepare(level);
            Set<StixId> next = new HashSet<>();
            for (StixId id : level) {
                Found one = found.get(id);
                if (one != null && one.referent() != null) {
                    next.addAll(one.referent().references().all());
                }
            }
            next.removeAll(found.keySet());
            level = next;
        }
    }

    private void prepare(Collection<StixId> ids) {
        Set<StixId> unknown = new HashSet<>(ids);
        unknown.removeAll(found.keySet());
        if (unknown.isEmpty()) {
            return;
        }
        try {
            Map<Long, Newest> newest = newest(unknown);
            Map<Long, References> references = references(newest.keySet());
            unknown.forEach(id -> found.put(id, new Found(null)));
            newest.forEach((seq, one) ->
                    found.put(
                            one.id(),
                            new Found(
                                    new Referent(
                                            one.audience(),
                                            references.getOrDefault(seq, References.NONE),
                                            one.all()))));
        } catch (SQLException e) {
            throw new StoreUnavailable("what objects refer to cannot be read now", e);
        }
    }

    @Override
    public @Nullable Referent find(StixId id) {
        prepare(Set.of(id));
        Found kept = found.get(id);
        return kept == null ? null : kept.referent();
    }

    private Map<Long, Newest> newest(Collection<StixId> ids) throws SQLException {
        Map<Long, Newest> newest = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select distinct on (object_id) seq, object_id, audience,
                            array_agg(audience) over (partition by object_id)
                        from object_version where object_id = any(?)
                        order by object_id, version desc, first_hand desc, seq\
                        """)) {
            select.setArray(1, array("text", ids.stream().map(StixId::toString).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    newest.put(
                            row.getLong(1),
                            new Newest(
                                    StixId.parse(row.getString(2)),
                                    row.getInt(3),
                                    Set.copyOf(
                                            Arrays.asList(
                                                    (Integer[]) row.getArray(4).getArray()))));
                }
            }
        }
        return newest;
    }

    private Map<Long, References> references(Set<Long> seqs) throws SQLException {
        Map<Long, Map<Integer, Set<StixId>>> slots = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select seq, slot, target from reference where seq = any(?) and slot >= ?")) {
            select.setArray(1, array("bigint", seqs.toArray()));
            select.setInt(2, ReferenceRows.OPTIONAL);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    slots.computeIfAbsent(row.getLong(1), _ -> new TreeMap<>())
                            .computeIfAbsent(row.getInt(2), _ -> new HashSet<>())
                            .add(StixId.parse(row.getString(3)));
                }
            }
        }
        Map<Long, References> references = new HashMap<>();
        slots.forEach((seq, bySlot) -> references.put(seq, references(bySlot)));
        return references;
    }

    private static References references(Map<Integer, Set<StixId>> bySlot) {
        List<Set<StixId>> lists = new ArrayList<>();
        bySlot.forEach((slot, targets) -> {
            if (slot > ReferenceRows.NEEDED) {
                lists.add(targets);
            }
        });
        return new References(
                bySlot.getOrDefault(ReferenceRows.NEEDED, Set.of()),
                lists,
                bySlot.getOrDefault(ReferenceRows.OPTIONAL, Set.of()));
    }

    private Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
