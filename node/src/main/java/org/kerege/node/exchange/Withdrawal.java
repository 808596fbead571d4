package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes versions of a recalled object out of every collection, erases them where that is asked, and bars them from
/// coming in again.
public final class Withdrawal implements Work<Withdrawal.Outcome> {

    /// Sorts behind every version.
    private static final String ALL = "9";

    private final StixId object;
    private final @Nullable String source;
    private final String upTo;
    private final boolean revoked;
    private final boolean erase;
    private final String recall;

    /// @param source whose claims alone are concerned; null for everybody's
    /// @param upTo sortable text of the last version concerned; null for all
    /// @param revoked whether the object was revoked, so that no later version is taken but one that says so
    /// @param erase whether payloads are deleted as well
    /// @param recall identifier of the recall
    public Withdrawal(
            StixId object,
            @Nullable String source,
            @Nullable String upTo,
            boolean revoked,
            boolean erase,
            String recall) {
        this.object = object;
        this.source = source;
        this.upTo = upTo == null ? ALL : upTo;
        this.revoked = revoked;
        this.erase = erase;
        this.recall = recall;
    }

    /// What was done.
    ///
    /// @param versions how many versions were concerned
    /// @param others whether such versions stay that other sources claim
    /// @param later whether a later version is held
    /// @param collections numbers of the collections that changed
    /// @param erased entries whose payload is gone
    public record Outcome(
            int versions,
            boolean others,
            boolean later,
            Set<Integer> collections,
            List<Erasure.Erased> erased) {}

    @Override
    public Outcome run(LedgerTransaction transaction) throws SQLException {
        Connection connection = transaction.connection();
        List<Long> concerned = new ArrayList<>();
        List<Long> withReceived = new ArrayList<>();
        boolean others = false;
        boolean later = false;
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select v.seq, v.version, v.source, (convert_from(p.meta, 'UTF8')::json ->> 'received')::bigint
                        from object_version v join ledger_payload p using (seq) where v.object_id = ?\
                        """)) {
            select.setString(1, object.toString());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getString(2).compareTo(upTo) > 0) {
                        later = true;
                    } else if (source != null && !source.equals(row.getString(3))) {
                        others = true;
                    } else {
                        concerned.add(row.getLong(1));
                        withReceived.add(row.getLong(1));
                        long received = row.getLong(4);
                        if (!row.wasNull()) {
                            withReceived.add(received);
                        }
                    }
                }
            }
        }
        Set<Integer> collections = takeOut(transaction, concerned);
        List<Erasure.Erased> erased =
                erase && !concerned.isEmpty()
                        ? Erasure.erase(transaction, withReceived, "recalled", recall)
                        : List.of();
        bar(connection);
        return new Outcome(concerned.size(), others, later, collections, erased);
    }

    private Set<Integer> takeOut(LedgerTransaction transaction, List<Long> concerned)
            throws SQLException {
        Map<Integer, List<Long>> removed = new TreeMap<>();
        Connection connection = transaction.connection();
        Array numbers = connection.createArrayOf("bigint", concerned.toArray());
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "delete from addition where seq = any(?) returning collection, seq")) {
            delete.setArray(1, numbers);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    removed.computeIfAbsent(row.getInt(1), _ -> new ArrayList<>())
                            .add(row.getLong(2));
                }
            }
        }
        removed.forEach((collection, seqs) -> {
            ObjectNode meta =
                    Json.mapper()
                            .createObjectNode()
                            .put("number", collection)
                            .put("because", "recalled by " + recall);
            ArrayNode entries = meta.putArray("entries");
            seqs.stream().distinct().forEach(entries::add);
            transaction.append(EntryKind.REMOVAL, meta.toString().getBytes(StandardCharsets.UTF_8));
        });
        return removed.keySet();
    }

    private void bar(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into recalled (object_id, source, up_to, final, recall) values (?, ?, ?, ?, ?)
                        on conflict do nothing\
                        """)) {
            insert.setString(1, object.toString());
            insert.setString(2, source == null ? "" : source);
            insert.setString(3, upTo);
            insert.setBoolean(4, revoked);
            insert.setString(5, recall);
            insert.executeUpdate();
        }
    }
}
