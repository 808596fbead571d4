package org.kerege.node.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.tlog.Hash;
import org.kerege.tlog.MerkleProof;
import org.kerege.tlog.MerkleTree;
import org.kerege.tlog.TilePath;
import org.postgresql.ds.PGSimpleDataSource;

class LedgerTreeTest {

    private static final int ENTRIES = 3 * 256 + 44;

    private static Ledger ledger;
    private static DataSource database;

    @BeforeAll
    static void fill() {
        Postgres postgres = TestDatabases.laidOut();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        database = source;
        Instant now = Instant.parse("2025-01-01T00:00:00Z");
        ledger = Ledger.open(postgres, Clock.fixed(now, ZoneOffset.UTC));
        append(ENTRIES);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static void append(int number) {
        ledger.record(transaction -> {
            for (int i = 0; i < number; i++) {
                transaction.append(EntryKind.REVIEW, "{}".getBytes(StandardCharsets.UTF_8));
            }
            return true;
        });
    }

    /// The tree over all leaves as they lie in the store.
    private static MerkleTree whole() throws SQLException {
        MerkleTree tree = new MerkleTree();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select leaf from ledger_entry order by seq")) {
            while (row.next()) {
                tree.appendHash(Hash.of(row.getBytes(1)));
            }
        }
        return tree;
    }

    @Test
    void has_the_roots_and_proofs_of_the_tree_over_all_entries() throws SQLException {
        LedgerTree tree = new LedgerTree(database);
        long size = tree.advance();
        MerkleTree whole = whole();
        assertThat(size).isEqualTo(whole.size()).isGreaterThanOrEqualTo(ENTRIES);
        for (long at : new long[] {1, 2, 255, 256, 257, 511, 512, 700, ENTRIES, size}) {
            assertThat(tree.root(at)).as("size " + at).isEqualTo(whole.root(at));
            assertThat(tree.consistencyProof(at, size)).isEqualTo(whole.consistencyProof(at, size));
        }
        for (long index : new long[] {0, 3, 255, 256, 600, ENTRIES - 1}) {
            assertThat(
                            MerkleProof.includes(
                                    whole.node(0, index),
                                    index,
                                    size,
                                    whole.root(),
                                    tree.inclusionProof(index, size)))
                    .isTrue();
        }
    }

    @Test
    void grows_with_the_ledger_and_one_built_anew_is_the_same() throws SQLException {
        LedgerTree tree = new LedgerTree(database);
        long before = tree.advance();
        append(300);
        assertThat(tree.advance()).isEqualTo(before + 300);
        LedgerTree anew = new LedgerTree(database);
        assertThat(anew.advance()).isEqualTo(before + 300);
        assertThat(anew.root(before + 300))
                .isEqualTo(tree.root(before + 300))
                .isEqualTo(whole().root());
    }

    @Test
    void gives_tiles_of_both_levels() throws SQLException {
        LedgerTree tree = new LedgerTree(database);
        tree.advance();
        MerkleTree whole = whole();
        for (String path :
                new String[] {"tile/0/000", "tile/0/002", "tile/0/003.p/9", "tile/1/000.p/3"}) {
            TilePath tile = TilePath.parse(path);
            assertThat(tile.hashes(tree)).as(path).isEqualTo(tile.hashes(whole));
        }
    }
}
