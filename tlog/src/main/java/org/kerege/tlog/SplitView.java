package org.kerege.tlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evidence that a log showed two histories, to be checked by anyone who has the log's key: two heads that it signed,
/// of which the second cannot extend the first. Either both have one size and two roots; or a proof shows that the
/// beginning of the larger has another root than the smaller, which the log signed too.
///
/// @param smaller the head with fewer entries, or either of two equal ones
/// @param smallerRootInLarger the root that the larger head's tree has at the smaller's size
/// @param proof from that root to the larger head's, empty when the sizes are equal
public record SplitView(
        SignedNote smaller, SignedNote larger, Hash smallerRootInLarger, List<Hash> proof) {

    public SplitView {
        proof = List.copyOf(proof);
    }

    /// Whether this proves against the log with this key that it showed two histories.
    public boolean holds(VerifierKey log) {
        if (!smaller.isSignedBy(log) || !larger.isSignedBy(log)) {
            return false;
        }
        Checkpoint before = Checkpoint.parse(smaller.text());
        Checkpoint after = Checkpoint.parse(larger.text());
        return before.origin().equals(after.origin())
                && before.origin().equals(log.name())
                && !before.root().equals(smallerRootInLarger)
                && MerkleProof.extendsTree(
                        before.size(), smallerRootInLarger, after.size(), after.root(), proof);
    }

    /// Evidence from two heads, if they and a consistency proof that failed suffice; null when they prove nothing
    /// (the proof may merely be wrong).
    ///
    /// A log that forks gives a proof that is right for its second history. Whatever root that proof starts from can
    /// be computed from it.
    public static @Nullable SplitView find(
            VerifierKey log, SignedNote one, SignedNote other, List<Hash> proof) {
        boolean inOrder =
                Checkpoint.parse(one.text()).size() <= Checkpoint.parse(other.text()).size();
        SignedNote smaller = inOrder ? one : other;
        SignedNote larger = inOrder ? other : one;
        Checkpoint before = Checkpoint.parse(smaller.text());
        Checkpoint after = Checkpoint.parse(larger.text());
        Hash root =
                before.size() == after.size()
                        ? after.root()
                        : MerkleProof.oldRoot(before.size(), after.size(), proof);
        if (root == null) {
            return null;
        }
        SplitView evidence =
                new SplitView(
                        smaller, larger, root, before.size() == after.size() ? List.of() : proof);
        return evidence.holds(log) ? evidence : null;
    }

    /// Evidence from two heads and the tree behind the larger one.
    public static @Nullable SplitView find(
            VerifierKey log, SignedNote smaller, SignedNote larger, TreeNodes tree) {
        long oldSize = Checkpoint.parse(smaller.text()).size();
        long newSize = Checkpoint.parse(larger.text()).size();
        if (oldSize > newSize || newSize > tree.size()) {
            return null;
        }
        SplitView evidence =
                new SplitView(
                        smaller,
                        larger,
                        tree.root(oldSize),
                        tree.consistencyProof(oldSize, newSize));
        return evidence.holds(log) ? evidence : null;
    }
}
