package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes every version of an object off this node for good: payloads and salts are deleted, with the bytes that versions
/// were upgraded from, and all rows made of them; the commitments in the ledger stay and say nothing without the salts.
/// The entry that records it names numbers of entries alone: an identifier may be made from what was erased.
public final class Erasure implements Work<List<Erasure.Erased>> {

    /// Tables with rows made of an entry.
    private static final List<String> ROWS =
            List.of(
                    "addition",
                    "reference",
                    "object_version",
                    "person_review",
                    "release_deed",
                    "release_request");

    private final StixId object;
    private final String reason;
    private final String by;

    /// @param reason why, without anything that is to be erased
    /// @param by who decided it
    public Erasure(StixId object, String reason, String by) {
        this.object = object;
        this.reason = reason;
        this.by = by;
    }

    /// An entry whose payload is gone.
    ///
    /// @param leaf its hash in the ledger, in hexadecimal, which tells it in a backup as well
    public record Erased(long seq, String leaf) {}

    @Override
    public List<Erased> run(LedgerTransaction transaction) throws SQLException {
        SortedSet<Long> entries = entries(transaction.connection());
        if (entries.isEmpty()) {
            return List.of();
        }
        forgetStatuses(transaction.connection());
        return erase(transaction, List.copyOf(entries), reason, by);
    }

    /// Erases entries by number and records it; those without a payload are passed over.
    static List<Erased> erase(
            LedgerTransaction transaction, List<Long> entries, String reason, String by)
            throws SQLException {
        Connection connection = transaction.connection();
        Array numbers = connection.createArrayOf("bigint", entries.toArray());
        for (String table : ROWS) {
            deleteFrom(table, numbers, connection);
        }
        List<Erased> erased = new ArrayList<>();
        try (PreparedStatement delete =
                connection.prepareStatement(
                        """
                        with gone as (delete from ledger_payload where seq = any(?) returning seq)
                        select e.seq, e.leaf from ledger_entry e join gone using (seq) order by e.seq\
                        """)) {
            delete.setArray(1, numbers);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    erased.add(
                            new Erased(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2))));
                }
            }
        }
        if (!erased.isEmpty()) {
            ObjectNode meta = Json.mapper().createObjectNode().put("reason", reason).put("by", by);
            ArrayNode list = meta.putArray("entries");
            erased.forEach(one -> list.add(one.seq()));
            transaction.append(EntryKind.ERASURE, meta.toString().getBytes(StandardCharsets.UTF_8));
        }
        return erased;
    }

    /// A backup of an older program may not have the table yet.
    private static void deleteFrom(String table, Array numbers, Connection connection)
            throws SQLException {
        try (PreparedStatement look = connection.prepareStatement("select to_regclass(?)")) {
            look.setString(1, table);
            try (ResultSet row = look.executeQuery()) {
                row.next();
                if (row.getString(1) == null) {
                    return;
                }
            }
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from " + table + " where seq = any(?)")) {
            delete.setArray(1, numbers);
            delete.executeUpdate();
        }
    }

    /// The object's versions, what was received where they were upgraded from it, and reviews, which name it.
    private SortedSet<Long> entries(Connection connection) throws SQLException {
        SortedSet<Long> entries = new TreeSet<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select v.seq, (convert_from(p.meta, 'UTF8')::json ->> 'received')::bigint
                        from object_version v join ledger_payload p using (seq) where v.object_id = ?
                        union all select seq, null from person_review where object_id = ?
                        union all select seq, null from release_deed where object_id = ?
                        union all select seq, null from release_request where object_id = ?\
                        """)) {
            for (int parameter = 1; parameter <= 4; parameter++) {
                select.setString(parameter, object.toString());
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(row.getLong(1));
                    long received = row.getLong(2);
                    if (!row.wasNull()) {
                        entries.add(received);
                    }
                }
            }
        }
        return entries;
    }

    /// A status of a submission lists the identifiers that it brought.
    private void forgetStatuses(Connection connection) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from status where position(? in body) > 0")) {
            delete.setBytes(1, object.toString().getBytes(StandardCharsets.US_ASCII));
            delete.executeUpdate();
        }
    }
}
