package org.kerege.tlog;

import java.util.ArrayList;
import java.util.List;

/// The complete subtrees of a Merkle tree, wherever they are kept, and what follows from them: roots of every size
/// and both kinds of proof. Source: RFC 6962 §2.1, RFC 9162 §2.1.
///
/// A range of leaves is split at the largest power of two below its length; the left part is always one complete
/// subtree, so that a root or a proof needs at most two lookups a level.
public interface TreeNodes {

    /// The hash over the leaves `index * 2^level` to `(index + 1) * 2^level`, the end excluded; all of them must be in
    /// the tree.
    Hash node(int level, long index);

    /// How many leaves there are.
    long size();

    /// The root over the first `size` leaves.
    ///
    /// @throws IndexOutOfBoundsException when there are fewer
    default Hash root(long size) {
        requireWithin(size);
        return size == 0 ? Hash.OF_EMPTY_TREE : range(0, size);
    }

    /// The proof that leaf `index` is in the tree of the first `size` leaves: hashes from the leaf's sibling upward.
    ///
    /// @throws IndexOutOfBoundsException unless `index < size` and there are `size` leaves
    default List<Hash> inclusionProof(long index, long size) {
        requireWithin(size);
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("leaf " + index + " of a tree of " + size);
        }
        List<Hash> proof = new ArrayList<>();
        path(index, 0, size, proof);
        return proof;
    }

    /// The proof that the tree of `oldSize` leaves is the beginning of the tree of `newSize` leaves; empty when the
    /// sizes are equal or the old tree is.
    ///
    /// @throws IndexOutOfBoundsException unless `oldSize <= newSize` and there are `newSize` leaves
    default List<Hash> consistencyProof(long oldSize, long newSize) {
        requireWithin(newSize);
        if (oldSize < 0 || oldSize > newSize) {
            throw new IndexOutOfBoundsException("from size " + oldSize + " to size " + newSize);
        }
        List<Hash> proof = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            subproof(oldSize, 0, newSize, true, proof);
        }
        return proof;
    }

    private void requireWithin(long size) {
        if (size < 0 || size > size()) {
            throw new IndexOutOfBoundsException("size " + size + " of a tree of " + size());
        }
    }

    private Hash range(long from, long to) {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            int level = Long.numberOfTrailingZeros(length);
            return node(level, from >>> level);
        }
        long middle = from + split(length);
        return Hash.ofNode(range(from, middle), range(middle, to));
    }

    private void path(long index, long from, long to, List<Hash> proof) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, proof);
            proof.add(range(middle, to));
        } else {
            path(index, middle, to, proof);
            proof.add(range(from, middle));
        }
    }

    /// @param whole whether the old tree's part of this range is all that the old tree is, so that its root is known
    ///     to the verifier and left out
    private void subproof(long oldSize, long from, long to, boolean whole, List<Hash> proof) {
        if (oldSize == to) {
            if (!whole) {
                proof.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (oldSize <= middle) {
            subproof(oldSize, from, middle, whole, proof);
            proof.add(range(middle, to));
        } else {
            subproof(oldSize, middle, to, false, proof);
            proof.add(range(from, middle));
        }
    }

    private static long split(long length) {
        return Long.highestOneBit(length - 1);
    }
}
