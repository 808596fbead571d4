package org.kerege.tlog;

import java.util.ArrayList;
import java.util.List;

/// A Merkle tree in memory that only grows: 64 bytes a leaf, appended in amortised constant time. Not thread-safe.
public final class MerkleTree implements TreeNodes {

    private static final int CHUNK_HASHES = 256;

    /// For each level, its complete nodes in chunks of 256 hashes; a node never moves once written.
    private final List<List<byte[]>> levels = new ArrayList<>();

    private long size;

    /// Appends a leaf with these bytes.
    ///
    /// @return its index
    public long append(byte[] entry) {
        return appendHash(Hash.ofLeaf(entry));
    }

    /// Appends a leaf whose hash is known.
    ///
    /// @return its index
    public long appendHash(Hash leaf) {
        long index = size;
        Hash node = leaf;
        int level = 0;
        put(0, index, node);
        // Each trailing one bit of the index is a left neighbour that this leaf completes.
        for (long at = index; (at & 1) == 1; at >>>= 1) {
            node = Hash.ofNode(node(level, at - 1), node);
            level++;
            put(level, at >>> 1, node);
        }
        size++;
        return index;
    }

    @Override
    public long size() {
        return size;
    }

    /// The root over all leaves.
    public Hash root() {
        return root(size);
    }

    @Override
    public Hash node(int level, long index) {
        byte[] chunk = levels.get(level).get(Math.toIntExact(index / CHUNK_HASHES));
        return Hash.from(chunk, (int) (index % CHUNK_HASHES) * Hash.BYTES);
    }

    private void put(int level, long index, Hash node) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<byte[]> chunks = levels.get(level);
        int within = (int) (index % CHUNK_HASHES);
        if (within == 0) {
            chunks.add(new byte[CHUNK_HASHES * Hash.BYTES]);
        }
        node.copyTo(chunks.getLast(), within * Hash.BYTES);
    }
}
