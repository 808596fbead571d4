package org.kerege.tlog;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Watches other logs: cosigns a head only when it extends the last head that it cosigned. A log that shows it two
/// histories is caught, and the proof of it kept. Source: C2SP tlog-witness, "add-checkpoint". Thread-safe.
public final class Witness {

    /// Where a witness remembers, for each log, the last head that it cosigned. What was stored must survive a crash
    /// before [#store] returns: a witness that forgets can be made to cosign a second history.
    public interface Memory {

        /// The last cosigned head of the log of this name; null when there is none.
        @Nullable SignedNote latest(String origin);

        void store(String origin, SignedNote checkpoint);
    }

    /// What a request to cosign meets. Only [Cosigned] carries a signature.
    public sealed interface Answer {

        /// The head extends what was seen before.
        record Cosigned(NoteSignature cosignature) implements Answer {}

        /// The log is not one that this witness watches. HTTP 404 in the protocol.
        record UnknownLog(String origin) implements Answer {}

        /// The note is not signed by its log. HTTP 403.
        record NotSigned(String origin) implements Answer {}

        /// The sizes of the request do not fit one another. HTTP 400.
        record WrongSize(long oldSize, long newSize) implements Answer {}

        /// The requester started from another size than the last that was cosigned. HTTP 409.
        record Stale(long latestSize) implements Answer {}

        /// The proof does not show that the log has only grown. HTTP 422.
        ///
        /// @param evidence of two histories when the request itself proves it, else null
        record Inconsistent(String why, @Nullable SplitView evidence) implements Answer {}
    }

    private final SigningKey key;
    private final Map<String, VerifierKey> logs;
    private final Memory memory;
    private final Clock clock;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /// @param logs the watched logs' keys by origin
    public Witness(SigningKey key, Map<String, VerifierKey> logs, Memory memory, Clock clock) {
        if (key.verifier().type() != KeyType.COSIGNATURE) {
            throw new IllegalArgumentException("a witness signs with a cosignature key");
        }
        this.key = key;
        this.logs = Map.copyOf(logs);
        this.memory = memory;
        this.clock = clock;
    }

    /// The key that others put into their policies.
    public VerifierKey verifier() {
        return key.verifier();
    }

    /// Cosigns `note` if it extends the head of `oldSize` that was cosigned last.
    ///
    /// @throws MalformedLog when `note` is no checkpoint
    public Answer addCheckpoint(long oldSize, List<Hash> proof, SignedNote note) {
        Checkpoint head = Checkpoint.parse(note.text());
        VerifierKey log = logs.get(head.origin());
        if (log == null) {
            return new Answer.UnknownLog(head.origin());
        }
        if (!note.isSignedBy(log)) {
            return new Answer.NotSigned(head.origin());
        }
        if (oldSize > head.size()) {
            return new Answer.WrongSize(oldSize, head.size());
        }
        // Check and store are one step: of two heads that arrive at once, the second meets the
        // first.
        synchronized (locks.computeIfAbsent(head.origin(), _ -> new Object())) {
            return judge(oldSize, proof, note, head, log);
        }
    }

    private Answer judge(
            long oldSize, List<Hash> proof, SignedNote note, Checkpoint head, VerifierKey log) {
        SignedNote latestNote = memory.latest(head.origin());
        Checkpoint latest = latestNote == null ? null : Checkpoint.parse(latestNote.text());
        long latestSize = latest == null ? 0 : latest.size();
        if (oldSize != latestSize) {
            return new Answer.Stale(latestSize);
        }
        Hash latestRoot = latest == null ? Hash.OF_EMPTY_TREE : latest.root();
        if (!MerkleProof.extendsTree(latestSize, latestRoot, head.size(), head.root(), proof)) {
            SplitView evidence =
                    latestNote == null ? null : SplitView.find(log, latestNote, note, proof);
            return new Answer.Inconsistent(
                    "the head of size "
                            + head.size()
                            + " is not proven to extend the one of size "
                            + latestSize,
                    evidence);
        }
        memory.store(head.origin(), note);
        return new Answer.Cosigned(key.cosign(note.text(), clock.instant()));
    }

    /// A memory that lasts as long as the process, for tests and for tools that run once.
    public static Memory forgetful() {
        Map<String, SignedNote> latest = new ConcurrentHashMap<>();
        return new Memory() {
            @Override
            public @Nullable SignedNote latest(String origin) {
                return latest.get(origin);
            }

            @Override
            public void store(String origin, SignedNote checkpoint) {
                latest.put(origin, checkpoint);
            }
        };
    }
}
