package org.kerege.node.witness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.tlog.Hash;
import org.kerege.tlog.MerkleTree;
import org.kerege.tlog.TreeNodes;

/// The Merkle tree over the ledger's entries. The store has a hash for each entry; what is above blocks of 256 is held
/// in memory (a quarter of a byte for each entry), what is below is hashed again from the store when it is asked for.
/// Built by reading the ledger once, then grows with it. Thread-safe.
final class LedgerTree implements TreeNodes {

    private static final int BLOCK_LEVEL = 8;
    private static final int BLOCK = 1 << BLOCK_LEVEL;
    private static final int FETCH = 64 * BLOCK;
    private static final int KEPT_BLOCKS = 64;
    private static final String LEAVES =
            "select leaf from ledger_entry where seq >= ? order by seq limit ?";

    private final DataSource database;

    // Guarded by this.
    private final MerkleTree blocks = new MerkleTree();
    private MerkleTree last = new MerkleTree();
    private final Map<Long, MerkleTree> recent =
            new LinkedHashMap<>(KEPT_BLOCKS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, MerkleTree> eldest) {
                    return size() > KEPT_BLOCKS;
                }
            };

    LedgerTree(DataSource database) {
        this.database = database;
    }

    /// Takes in what the ledger has gained.
    ///
    /// @return the size
    synchronized long advance() {
        List<Hash> leaves;
        do {
            leaves = leaves(size(), FETCH);
            for (Hash leaf : leaves) {
                last.appendHash(leaf);
                if (last.size() == BLOCK) {
                    blocks.appendHash(last.root());
                    last = new MerkleTree();
                }
            }
        } while (leaves.size() == FETCH);
        return size();
    }

    @Override
    public synchronized long size() {
        return blocks.size() * BLOCK + last.size();
    }

    @Override
    public synchronized Hash node(int level, long index) {
        if (level >= BLOCK_LEVEL) {
            return blocks.node(level - BLOCK_LEVEL, index);
        }
        int perBlock = BLOCK >> level;
        long block = index / perBlock;
        MerkleTree tree = block == blocks.size() ? last : recent.computeIfAbsent(block, this::read);
        return tree.node(level, index % perBlock);
    }

    private MerkleTree read(long block) {
        MerkleTree tree = new MerkleTree();
        leaves(block * BLOCK, BLOCK).forEach(tree::appendHash);
        return tree;
    }

    private List<Hash> leaves(long from, int limit) {
        List<Hash> leaves = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(LEAVES)) {
            statement.setLong(1, from);
            statement.setInt(2, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    leaves.add(Hash.of(row.getBytes(1)));
                }
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the ledger cannot be read now", e);
        }
        return leaves;
    }
}
