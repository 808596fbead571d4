package org.kerege.node.gate;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The marking-definitions that this node holds. A definition never changes, so one that was found is kept.
final class HeldMarkings {

    private static final int MOST_KEPT = 10_000;

    private final JdbcClient database;
    private final ConcurrentHashMap<StixId, StixObject> found = new ConcurrentHashMap<>();

    HeldMarkings(JdbcClient database) {
        this.database = database;
    }

    @Nullable StixObject find(StixId id) {
        StixObject kept = found.get(id);
        if (kept != null) {
            return kept;
        }
        Optional<StixObject> held =
                database.sql(
                                """
                                select p.body from object_version v join ledger_payload p using (seq)
                                where v.object_id = ? order by v.first_hand desc, v.version, v.seq limit 1\
                                """)
                        .param(id.toString())
                        .query((row, _) -> StixObject.read(row.getBytes(1)))
                        .optional();
        if (found.size() >= MOST_KEPT) {
            found.clear();
        }
        held.ifPresent(marking -> found.put(id, marking));
        return held.orElse(null);
    }
}
