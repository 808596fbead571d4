package org.kerege.node.witness;

import java.util.ArrayList;
import java.util.List;
import org.kerege.tlog.Hash;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.SignedNote;

/// The body of a request to cosign: `old <size>`, the hashes of a consistency proof, an empty line, the signed head.
/// Source: C2SP tlog-witness, "add-checkpoint".
///
/// @param oldSize from which the log has grown
record CosignRequest(long oldSize, List<Hash> proof, SignedNote note) {

    /// Longest body that is read.
    static final int MAX_BYTES = 64 << 10;

    private static final String OLD = "old ";
    private static final int MAX_HASHES = 63;

    CosignRequest {
        proof = List.copyOf(proof);
    }

    /// @throws MalformedLog when the text has another form
    static CosignRequest parse(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0 || !text.startsWith(OLD)) {
            throw new MalformedLog("a request begins with 'old', a size, a proof, an empty line");
        }
        String[] lines = text.substring(0, blank).split("\n", -1);
        if (lines.length > MAX_HASHES + 1) {
            throw new MalformedLog("a consistency proof has at most " + MAX_HASHES + " hashes");
        }
        List<Hash> proof = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            proof.add(Hash.parse(lines[i]));
        }
        return new CosignRequest(
                size(lines[0].substring(OLD.length())),
                proof,
                SignedNote.parse(text.substring(blank + 2)));
    }

    private static long size(String text) {
        if (!text.matches("0|[1-9]\\d{0,17}")) {
            throw new MalformedLog("the old size is a decimal number");
        }
        return Long.parseLong(text);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(note).toString();
    }
}
