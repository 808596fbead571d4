package org.kerege.tlog;

import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: all that is needed to append and to know the root, at most 63 hashes. The
/// hashes are the roots of the complete subtrees that the size is made of, largest first. Not thread-safe.
public final class CompactRange {

    private final List<Hash> edge;
    private long size;

    /// The edge of the empty tree.
    public CompactRange() {
        this(0, List.of());
    }

    /// The edge of a tree of `size` leaves, as [#hashes] gave it.
    ///
    /// @throws MalformedLog when the number of hashes does not fit the size
    public CompactRange(long size, List<Hash> hashes) {
        if (size < 0 || Long.bitCount(size) != hashes.size()) {
            throw new MalformedLog(
                    "a tree of " + size + " leaves has no edge of " + hashes.size() + " hashes");
        }
        this.size = size;
        this.edge = new ArrayList<>(hashes);
    }

    /// Appends a leaf by its hash.
    public void append(Hash leaf) {
        Hash node = leaf;
        for (long at = size; (at & 1) == 1; at >>>= 1) {
            node = Hash.ofNode(edge.removeLast(), node);
        }
        edge.add(node);
        size++;
    }

    public long size() {
        return size;
    }

    /// Roots of the complete subtrees, largest first.
    public List<Hash> hashes() {
        return List.copyOf(edge);
    }

    /// The root over all leaves.
    public Hash root() {
        if (size == 0) {
            return Hash.OF_EMPTY_TREE;
        }
        Hash root = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) {
            root = Hash.ofNode(edge.get(i), root);
        }
        return root;
    }
}
