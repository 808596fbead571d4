package org.kerege.tlog;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A log that its owner signs: entries are appended, heads signed, cosignatures gathered, proofs made. Holds hashes,
/// not entries. Not thread-safe: one writer owns it.
public final class TransparencyLog {

    private final SigningKey key;
    private final MerkleTree tree = new MerkleTree();
    private @Nullable SignedNote head;

    /// An empty log, named as its key is.
    public TransparencyLog(SigningKey key) {
        this.key = key;
    }

    public String origin() {
        return key.verifier().name();
    }

    /// Appends an entry by its bytes.
    ///
    /// @return its index
    public long append(byte[] entry) {
        return tree.append(entry);
    }

    public TreeNodes tree() {
        return tree;
    }

    /// Signs the head over all entries; the same one again while nothing was appended.
    public SignedNote sign() {
        SignedNote latest = head;
        if (latest == null || Checkpoint.parse(latest.text()).size() != tree.size()) {
            latest = new Checkpoint(origin(), tree.size(), tree.root()).signedBy(key);
            head = latest;
        }
        return latest;
    }

    /// Signs the head and has it cosigned: each witness is asked, told from which size the log has grown if it
    /// remembers another one, and asked again.
    ///
    /// @return the head with the cosignatures of those who gave one
    public SignedNote sign(Collection<Witness> witnesses) {
        SignedNote note = sign();
        for (Witness witness : witnesses) {
            Witness.Answer answer = witness.addCheckpoint(0, List.of(), note);
            if (answer instanceof Witness.Answer.Stale(long size) && size <= tree.size()) {
                answer =
                        witness.addCheckpoint(size, tree.consistencyProof(size, tree.size()), note);
            }
            if (answer instanceof Witness.Answer.Cosigned(NoteSignature cosignature)) {
                note = note.with(List.of(cosignature));
            }
        }
        head = note;
        return note;
    }

    /// The proof of one entry in `checkpoint`, a head of this log.
    ///
    /// @throws IndexOutOfBoundsException when the head has no such entry
    public LogProof prove(long index, SignedNote checkpoint) {
        long size = Checkpoint.parse(checkpoint.text()).size();
        return new LogProof(index, tree.inclusionProof(index, size), checkpoint);
    }
}
