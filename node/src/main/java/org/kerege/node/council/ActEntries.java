package org.kerege.node.council;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.kerege.charter.act.ActEntry;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.node.witness.LedgerLog;

/// The entries by which this node's ledger holds acts, one for each act, whatever the bytes are in which it came. They
/// stand at the beginning of a batch of their own: the place of an act in the ledger, which its proof tells to whoever may
/// read the act, says no more than a head does about how much else the ledger holds.
final class ActEntries {

    private static final String FIND =
            """
            select a.digest, a.seq, e.recorded_at, p.salt from act_entry a
            join ledger_entry e on e.seq = a.seq join ledger_payload p on p.seq = a.seq where a.digest = any(?)
            """;

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

    private final Ledger ledger;
    private final DataSource database;

    ActEntries(Ledger ledger, DataSource database) {
        this.ledger = ledger;
        this.database = database;
    }

    /// Where an act stands in the ledger.
    ///
    /// @param opening what opens its leaf to whoever has the act
    record Entry(long seq, byte[] opening) {}

    /// The entries of acts, made for those that have none.
    ///
    /// @param digests of the acts
    Map<String, Entry> of(Collection<String> digests) {
        Map<String, Entry> held = find(digests);
        if (held.size() < digests.size()) {
            ledger.record(transaction -> append(transaction, digests));
            held = find(digests);
        }
        return held;
    }

    private static void fillBatch(LedgerTransaction transaction) {
        while (transaction.nextSeq() % LedgerLog.BATCH != 0) {
            transaction.append(EntryKind.PADDING, NOTHING);
        }
    }

    private static boolean append(LedgerTransaction transaction, Collection<String> digests)
            throws SQLException {
        try (PreparedStatement known =
                        transaction
                                .connection()
                                .prepareStatement("select 1 from act_entry where digest = ?");
                PreparedStatement insert =
                        transaction
                                .connection()
                                .prepareStatement("insert into act_entry values (?, ?)")) {
            fillBatch(transaction);
            for (String digest : digests) {
                known.setString(1, digest);
                try (ResultSet row = known.executeQuery()) {
                    if (row.next()) {
                        continue;
                    }
                }
                insert.setString(1, digest);
                insert.setLong(2, transaction.append(EntryKind.ACT, ActEntry.ledgerMeta(digest)));
                insert.executeUpdate();
            }
            fillBatch(transaction);
        }
        return true;
    }

    private Map<String, Entry> find(Collection<String> digests) {
        Map<String, Entry> entries = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.put(
                            row.getString(1),
                            new Entry(
                                    row.getLong(2),
                                    ActEntry.opening(
                                            row.getObject(3, OffsetDateTime.class).toInstant(),
                                            row.getBytes(4))));
                }
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the entries of acts cannot be read now", e);
        }
        return entries;
    }
}
