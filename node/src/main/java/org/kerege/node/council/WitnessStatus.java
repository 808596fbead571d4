package org.kerege.node.council;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Shown;
import org.kerege.node.witness.LedgerLog;
import org.kerege.node.witness.Watch;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.NoteSignature;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.VerifierKey;

/// How the ledger is witnessed, and what this node has witnessed.
///
/// @param log name of this node's log
/// @param size of the last head; -1 while none is signed
/// @param root of the last head, empty while there is none
/// @param quorum whether those who cosigned it are enough by the charter's policy
/// @param witnesses of the policy, by name
/// @param cosigned number of entries of the last head that this node cosigned, by log
/// @param caught logs that showed two histories, oldest first
public record WitnessStatus(
        String log,
        long size,
        String root,
        boolean quorum,
        List<Cosigner> witnesses,
        Map<String, Long> cosigned,
        List<Caught> caught) {

    /// A witness of the policy.
    ///
    /// @param at when it cosigned the last head; empty where it has not
    public record Cosigner(String name, String at) {}

    /// A log with the two heads that it signed.
    public record Caught(String log, String smaller, String larger) {}

    static WitnessStatus of(CharterView view, LedgerLog log, Watch watch) {
        SignedNote head = log.head().orElse(null);
        Checkpoint last = head == null ? null : Checkpoint.parse(head.text());
        List<Cosigner> witnesses = new ArrayList<>();
        Set<String> gave = new HashSet<>();
        new TreeMap<>(view.witnesses())
                .forEach((name, key) -> {
                    Instant at = head == null ? null : cosignedAt(head, key);
                    if (at != null) {
                        gave.add(name);
                    }
                    witnesses.add(new Cosigner(Shown.text(name), at == null ? "" : at.toString()));
                });
        Map<String, Long> cosigned = new TreeMap<>();
        watch.cosigned().forEach((origin, seen) -> cosigned.put(Shown.text(origin), seen.size()));
        return new WitnessStatus(
                Shown.text(log.verifier().name()),
                last == null ? -1 : last.size(),
                last == null ? "" : last.root().toString(),
                view.policy().isQuorum(gave),
                witnesses,
                cosigned,
                watch.splitViews().stream()
                        .map(found ->
                                new Caught(
                                        Shown.text(found.origin()),
                                        Shown.text(found.evidence().smaller().toString()),
                                        Shown.text(found.evidence().larger().toString())))
                        .toList());
    }

    private static @Nullable Instant cosignedAt(SignedNote head, VerifierKey key) {
        for (NoteSignature signature : head.signatures()) {
            Instant at = signature.cosignedAt(head.text(), key).orElse(null);
            if (at != null) {
                return at;
            }
        }
        return null;
    }
}
