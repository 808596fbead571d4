package org.kerege.tlog;

import java.util.ArrayList;
import java.util.List;

/// That an entry is in a log, and who saw it there, to be checked without the log. Source: C2SP tlog-proof.
///
/// @param extra what the application needs besides, proven by nothing; empty when absent
/// @param index of the entry
/// @param proof hashes from the entry's sibling upward
/// @param checkpoint the head that contains it, with cosignatures
public record LogProof(byte[] extra, long index, List<Hash> proof, SignedNote checkpoint) {

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final int MAX_HASHES = 63;

    /// A proof without extra data.
    public LogProof(long index, List<Hash> proof, SignedNote checkpoint) {
        this(new byte[0], index, proof, checkpoint);
    }

    public LogProof {
        extra = extra.clone();
        proof = List.copyOf(proof);
        if (proof.size() > MAX_HASHES) {
            throw new MalformedLog("a proof has at most " + MAX_HASHES + " hashes");
        }
    }

    /// Reads a bundle.
    ///
    /// @throws MalformedLog when it has another form
    public static LogProof parse(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new MalformedLog("a proof is followed by an empty line and a checkpoint");
        }
        String[] lines = text.substring(0, blank).split("\n", -1);
        int at = 0;
        if (!lines[at++].equals(FIRST_LINE)) {
            throw new MalformedLog("a proof begins with " + FIRST_LINE);
        }
        byte[] extra = {};
        if (at < lines.length && lines[at].startsWith("extra ")) {
            extra = Base64Text.decode(lines[at++].substring("extra ".length()), "extra data");
        }
        if (at == lines.length || !lines[at].startsWith("index ")) {
            throw new MalformedLog("a proof has a line with the index");
        }
        long index = Decimal.parse(lines[at++].substring("index ".length()), "index");
        if (lines.length - at > MAX_HASHES) {
            throw new MalformedLog("a proof has at most " + MAX_HASHES + " hashes");
        }
        List<Hash> proof = new ArrayList<>();
        while (at < lines.length) {
            proof.add(Hash.parse(lines[at++]));
        }
        return new LogProof(extra, index, proof, SignedNote.parse(text.substring(blank + 2)));
    }

    /// What the proof shows of an entry: the checkpoint that contains it and who cosigned when.
    ///
    /// @throws Refused naming what fails: origin and log's signature, path, or quorum
    public Witnessed verify(Hash leaf, WitnessPolicy policy) {
        Witnessed witnessed = policy.judge(checkpoint);
        Checkpoint head = witnessed.checkpoint();
        if (!MerkleProof.includes(leaf, index, head.size(), head.root(), proof)) {
            throw new Refused(
                    "the entry is not at index "
                            + index
                            + " of the tree of "
                            + head.size()
                            + " entries with root "
                            + head.root());
        }
        return witnessed;
    }

    /// Why a checkpoint or a proof is not believed.
    public static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /// The bundle as it is stored, by custom in a file `.tlog-proof`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        if (extra.length > 0) {
            text.append("extra ").append(Base64Text.encode(extra)).append('\n');
        }
        text.append("index ").append(index).append('\n');
        proof.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
