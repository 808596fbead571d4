package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes versions of an object out of a collection. The versions themselves stay on record; put back they count as
/// added anew. Answers how many were taken out. Source: TAXII 2.1 §5.7.
final class Removal implements Work<Integer> {

    private final Collection collection;
    private final Source source;
    private final List<Held> held;

    Removal(Collection collection, Source source, List<Held> held) {
        this.collection = collection;
        this.source = source;
        this.held = held;
    }

    @Override
    public Integer run(LedgerTransaction transaction) throws SQLException {
        List<Long> removed = new ArrayList<>();
        try (PreparedStatement delete =
                transaction
                        .connection()
                        .prepareStatement(
                                "delete from addition where collection = ? and seq = any(?) returning seq")) {
            delete.setInt(1, collection.number());
            delete.setArray(
                    2,
                    transaction
                            .connection()
                            .createArrayOf(
                                    "bigint", held.stream().map(Held::seq).toArray(Long[]::new)));
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    removed.add(row.getLong(1));
                }
            }
        }
        if (removed.isEmpty()) {
            return 0;
        }
        ObjectNode meta =
                Json.mapper()
                        .createObjectNode()
                        .put("collection", collection.id().toString())
                        .put("number", collection.number())
                        .put("source", source.organisation())
                        .put("account", source.account());
        ArrayNode entries = meta.putArray("entries");
        removed.forEach(entries::add);
        transaction.append(EntryKind.REMOVAL, meta.toString().getBytes(StandardCharsets.UTF_8));
        uncover(transaction);
        return removed.size();
    }

    /// Versions that only those taken out had overtaken are the last ones again.
    private void uncover(LedgerTransaction transaction) throws SQLException {
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                update addition a set superseded = false
                                where a.collection = ? and a.object_id = any(?) and a.superseded
                                  and not exists (select 1 from addition b
                                      where b.collection = a.collection and b.object_id = a.object_id
                                        and (b.spec_version, b.version) > (a.spec_version, a.version))\
                                """)) {
            update.setInt(1, collection.number());
            update.setArray(
                    2,
                    transaction
                            .connection()
                            .createArrayOf(
                                    "text",
                                    held.stream()
                                            .map(Held::objectId)
                                            .distinct()
                                            .toArray(String[]::new)));
            update.executeUpdate();
        }
    }
}
