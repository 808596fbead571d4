package org.kerege.charter.alliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.charter.act.Misbehaviour;
import org.kerege.charter.act.Replay;
import org.kerege.charter.act.Signers;
import org.kerege.charter.act.TimedAct;
import org.kerege.charter.act.Verdict;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.SplitView;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.WitnessPolicy;
import org.kerege.tlog.Witnessed;

/// What acts and their proofs show to someone who has nothing else: of each act whether it is authentic, by whom, whether
/// its author was entitled then, whether it is in force, and who witnessed it. What it all rests on is the founding act:
/// its members' keys and its witness policy. Whoever knows the digest of the right one names it.
public final class Verification {

    /// Of one act.
    ///
    /// @param witnesses when each witness cosigned the head that gives the act its time, by the witness's name
    /// @param proofFailures why proofs of it are not believed
    public record Finding(
            Act act,
            Verdict verdict,
            @Nullable Instant witnessed,
            Map<String, Instant> witnesses,
            Set<String> proofFailures) {

        /// Whether the act took effect and its effect had begun at `at`.
        public boolean isInForceAt(Instant at) {
            return verdict instanceof Verdict.InForce(Instant since) && !at.isBefore(since);
        }

        /// Whether the signature is that of the key that it names, as far as the key is known.
        public boolean isAuthentic() {
            return switch (verdict) {
                case Verdict.InForce _, Verdict.UnknownKind _ -> true;
                case Verdict.Pending _, Verdict.Waiting _ -> false;
                case Verdict.Refused refused ->
                        switch (refused.reason()) {
                            case UNKNOWN_KEY, WRONG_SIGNATURE, OTHER_ALLIANCE -> false;
                            case EXPIRED_KEY,
                                    BROKEN_CHAIN,
                                    DUPLICATE_NUMBER,
                                    KEY_FROZEN,
                                    NOT_ENTITLED,
                                    MALFORMED ->
                                    true;
                        };
            };
        }
    }

    private final Act charter;
    private final Replay replay;
    private final List<Finding> findings;
    private final List<SplitView> splitViews;

    private Verification(
            Act charter, Replay replay, List<Finding> findings, List<SplitView> splitViews) {
        this.charter = charter;
        this.replay = replay;
        this.findings = List.copyOf(findings);
        this.splitViews = List.copyOf(splitViews);
    }

    /// Judges acts by their proofs.
    ///
    /// @param founding digest of the founding act that is trusted; null for the only one there is
    /// @param knownAt acts witnessed later are left out
    /// @throws MalformedCharter when there is no founding act, several to choose from, or not the trusted one
    public static Verification of(
            List<ProvenAct> acts, @Nullable String founding, Instant knownAt) {
        Signers signers = new Signers();
        signers.add(acts.stream().map(ProvenAct::act).toList());
        return of(acts, founding, knownAt, new Proofs(), signers);
    }

    /// The same where earlier verifications are remembered.
    ///
    /// @param proofs what was found of proofs before; grows
    /// @param signatures whether an act is signed by a key
    public static Verification of(
            List<ProvenAct> acts,
            @Nullable String founding,
            Instant knownAt,
            Proofs proofs,
            BiPredicate<Act, VerifierKey> signatures) {
        Act charter = founding(acts, founding);
        WitnessPolicy policy =
                WitnessPolicy.parse(charter.content().path("witnesses").asString(""));
        List<TimedAct> timed = new ArrayList<>();
        Map<String, Witnessed> seen = new HashMap<>();
        Map<String, Set<String>> failures = new HashMap<>();
        List<ProvenAct> known = new ArrayList<>();
        for (ProvenAct proven : acts) {
            Act act = proven.act();
            boolean otherCharter =
                    act.kind().equals(Kind.ADOPT_CHARTER) && !act.digest().equals(charter.digest());
            if (otherCharter) {
                continue;
            }
            Set<String> why = new TreeSet<>();
            Witnessed first = proofs.earliest(proven, policy, why);
            if (first != null && first.since().isAfter(knownAt)) {
                continue;
            }
            known.add(proven);
            failures.put(act.digest(), why);
            if (first != null) {
                seen.put(act.digest(), first);
            }
            timed.add(new TimedAct(act, first == null ? null : first.since()));
        }
        Replay replay = Replay.of(timed, signatures);
        List<Finding> findings = new ArrayList<>();
        for (ProvenAct proven : known) {
            String digest = proven.act().digest();
            Witnessed first = seen.get(digest);
            findings.add(
                    new Finding(
                            proven.act(),
                            replay.verdicts().getOrDefault(digest, new Verdict.Pending()),
                            first == null ? null : first.since(),
                            first == null ? Map.of() : new TreeMap<>(first.cosigned()),
                            failures.getOrDefault(digest, Set.of())));
        }
        return new Verification(charter, replay, findings, splitViews(known, policy));
    }

    /// Logs of which the proofs show two heads of one size and two roots, both signed.
    private static List<SplitView> splitViews(List<ProvenAct> acts, WitnessPolicy policy) {
        Map<String, VerifierKey> logs = new HashMap<>();
        policy.logs().forEach(log -> logs.put(log.name(), log));
        Map<String, SignedNote> first = new HashMap<>();
        List<SplitView> found = new ArrayList<>();
        for (ProvenAct proven : acts) {
            for (LogProof proof : proven.proofs()) {
                SignedNote note = proof.checkpoint();
                Checkpoint head = Checkpoint.parse(note.text());
                VerifierKey log = logs.get(head.origin());
                SignedNote before = first.putIfAbsent(head.origin() + " " + head.size(), note);
                if (log != null && before != null && !before.text().equals(note.text())) {
                    SplitView evidence = SplitView.find(log, before, note, List.of());
                    if (evidence != null) {
                        found.add(evidence);
                    }
                }
            }
        }
        return found;
    }

    private static Act founding(List<ProvenAct> acts, @Nullable String digest) {
        List<Act> founding =
                acts.stream()
                        .map(ProvenAct::act)
                        .filter(act -> act.kind().equals(Kind.ADOPT_CHARTER))
                        .filter(act -> digest == null || act.digest().equals(digest))
                        .distinct()
                        .toList();
        if (founding.isEmpty()) {
            throw new MalformedCharter(
                    "",
                    digest == null
                            ? "there is no act that adopts a charter"
                            : "the charter " + digest + " is not here");
        }
        if (founding.size() > 1) {
            throw new MalformedCharter(
                    "", "several acts adopt a charter: name the digest of the one that is trusted");
        }
        return founding.getFirst();
    }

    /// The founding act that all rests on, whether or not it has its time yet.
    public Act charter() {
        return charter;
    }

    /// One finding for each act, in the order given.
    public List<Finding> findings() {
        return findings;
    }

    /// The state that follows.
    public Replay replay() {
        return replay;
    }

    /// Logs that showed two histories, by heads that the proofs of acts carry; each can be checked by anyone.
    public List<SplitView> splitViews() {
        return splitViews;
    }

    /// Two acts of one number by one key.
    public List<Misbehaviour> misbehaviours() {
        return replay.misbehaviours();
    }
}
