package org.kerege.tlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks proofs made by any log, from the proof, the sizes and the roots alone. Source: RFC 9162 §2.1.3.2 and
/// §2.1.4.2.
///
/// Both walk from the bottom of the tree to its top with two counters: where the proven node stands in its level,
/// and where the level's last node stands. A node that is a right child, or the lonely last of its level, meets its
/// left neighbour; every other one meets its right neighbour.
public final class MerkleProof {

    private MerkleProof() {}

    /// Whether `proof` shows that the leaf with hash `leaf` stands at `index` of the tree with `size` leaves and this
    /// root.
    public static boolean includes(Hash leaf, long index, long size, Hash root, List<Hash> proof) {
        if (index < 0 || index >= size) {
            return false;
        }
        long at = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash neighbour : proof) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = Hash.ofNode(neighbour, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Hash.ofNode(hash, neighbour);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /// Whether `proof` shows that the tree of `oldSize` leaves and root `oldRoot` is the beginning of the tree of
    /// `newSize` leaves and root `newRoot`. The empty tree begins every tree, and needs an empty proof.
    public static boolean extendsTree(
            long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
        if (oldSize < 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == 0 && !oldRoot.equals(Hash.OF_EMPTY_TREE)) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && oldRoot.equals(newRoot);
        }
        if (oldSize == 0) {
            return proof.isEmpty();
        }
        Ends ends = climb(oldSize, oldRoot, newSize, proof);
        return ends != null && ends.oldRoot().equals(oldRoot) && ends.newRoot().equals(newRoot);
    }

    /// The root from which a consistency proof starts, whatever root was claimed; null when the proof does not tell,
    /// because the old tree is complete and its root left out, or because the proof has another length than its
    /// sizes ask for.
    static @Nullable Hash oldRoot(long oldSize, long newSize, List<Hash> proof) {
        if (oldSize < 1 || oldSize >= newSize || Long.bitCount(oldSize) == 1) {
            return null;
        }
        Ends ends = climb(oldSize, Hash.OF_EMPTY_TREE, newSize, proof);
        return ends == null ? null : ends.oldRoot();
    }

    private record Ends(Hash oldRoot, Hash newRoot) {}

    /// @param oldRoot where to start when the old tree is complete: the proof leaves that node out
    private static @Nullable Ends climb(
            long oldSize, Hash oldRoot, long newSize, List<Hash> proof) {
        if (proof.isEmpty()) {
            return null;
        }
        boolean complete = Long.bitCount(oldSize) == 1;
        Hash start = complete ? oldRoot : proof.getFirst();
        long at = oldSize - 1;
        long last = newSize - 1;
        while ((at & 1) == 1) {
            at >>>= 1;
            last >>>= 1;
        }
        Hash oldHash = start;
        Hash newHash = start;
        for (Hash neighbour : complete ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return null;
            }
            if ((at & 1) == 1 || at == last) {
                oldHash = Hash.ofNode(neighbour, oldHash);
                newHash = Hash.ofNode(neighbour, newHash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                newHash = Hash.ofNode(newHash, neighbour);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 ? new Ends(oldHash, newHash) : null;
    }
}
