package org.kerege.charter.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.JsonNode;

/// Replays acts into a state. The result is a function of the set of acts and their times: the order in which they
/// arrived does not matter.
///
/// Acts are taken in the order of their times. An act is ready when all that it builds on has been taken: the act before
/// it in its key's chain, and those that it follows. Its time is the latest of its own and theirs; acts of one time are
/// taken in the order of their digests. So what is witnessed later never changes what was in force before.
public final class Replay {

    private final AllianceState state = new AllianceState();
    private final Deeds deeds = new Deeds(state);
    private final BiPredicate<Act, VerifierKey> signatures;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final List<Misbehaviour> misbehaviours = new ArrayList<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Chain> chains = new HashMap<>();

    /// An act in the replay. Its digest does not cover the signature: whoever spoils the signature of a copy must not
    /// spoil the act, so all copies are kept and one good one is enough.
    private static final class Node {
        private final Act act;
        private List<Act> copies;
        private Instant witnessed;
        private Instant time;
        private int missing;
        private final List<Node> dependents = new ArrayList<>();

        Node(Act act, Instant witnessed) {
            this.act = act;
            this.copies = List.of(act);
            this.witnessed = witnessed;
            this.time = witnessed;
        }

        /// The same act once more. In two logs it counts from its first time.
        void add(Act copy, Instant seen) {
            if (copies.stream().noneMatch(one -> one.signature().equals(copy.signature()))) {
                copies = new ArrayList<>(copies);
                copies.add(copy);
            }
            if (seen.isBefore(witnessed)) {
                witnessed = seen;
                time = seen;
            }
        }
    }

    private static final class Chain {
        private final Map<Long, List<Node>> byNumber = new HashMap<>();
        private final Map<Long, Act> taken = new HashMap<>();
        private final Set<Long> doubled = new HashSet<>();
        private @Nullable Instant frozen;
    }

    private Replay(BiPredicate<Act, VerifierKey> signatures) {
        this.signatures = signatures;
    }

    /// Replays acts, checking every signature, on all processors.
    public static Replay of(List<TimedAct> acts) {
        Signers signers = new Signers();
        signers.add(acts.stream().map(TimedAct::act).toList());
        return of(acts, signers);
    }

    /// Replays acts whose signatures the caller checks, or remembers to have checked.
    ///
    /// @param signatures whether the act is signed by the key
    public static Replay of(List<TimedAct> acts, BiPredicate<Act, VerifierKey> signatures) {
        Replay replay = new Replay(signatures);
        replay.run(acts);
        return replay;
    }

    /// What all acts amount to.
    public AllianceState state() {
        return state;
    }

    /// What became of each act, by digest.
    public Map<String, Verdict> verdicts() {
        return Collections.unmodifiableMap(verdicts);
    }

    /// Who signed two different acts of one number.
    public List<Misbehaviour> misbehaviours() {
        return List.copyOf(misbehaviours);
    }

    private void run(List<TimedAct> acts) {
        for (TimedAct timed : acts) {
            String digest = timed.act().digest();
            Instant witnessed = timed.witnessed();
            if (witnessed == null) {
                verdicts.putIfAbsent(digest, new Verdict.Pending());
                continue;
            }
            Node before = nodes.get(digest);
            if (before == null) {
                nodes.put(digest, new Node(timed.act(), witnessed));
                verdicts.remove(digest);
            } else {
                before.add(timed.act(), witnessed);
            }
        }
        PriorityQueue<Node> ready =
                new PriorityQueue<>(
                        Comparator.comparing((Node node) -> node.time)
                                .thenComparing(node -> node.act.digest()));
        for (Node node : nodes.values()) {
            chain(node.act)
                    .byNumber
                    .computeIfAbsent(node.act.number(), _ -> new ArrayList<>(1))
                    .add(node);
            for (String needed : needs(node.act)) {
                node.missing++;
                Node on = nodes.get(needed);
                if (on != null) {
                    on.dependents.add(node);
                }
            }
            if (node.missing == 0) {
                ready.add(node);
            }
        }
        while (!ready.isEmpty()) {
            Node node = ready.poll();
            verdicts.put(node.act.digest(), take(node));
            for (Node dependent : node.dependents) {
                if (node.time.isAfter(dependent.time)) {
                    dependent.time = node.time;
                }
                if (--dependent.missing == 0) {
                    ready.add(dependent);
                }
            }
        }
        for (Node node : nodes.values()) {
            if (!verdicts.containsKey(node.act.digest())) {
                verdicts.put(node.act.digest(), stuck(node));
            }
        }
    }

    private static Set<String> needs(Act act) {
        Set<String> needs = new HashSet<>(act.follows());
        if (act.previous() != null) {
            needs.add(act.previous());
        }
        if (act.alliance() != null) {
            needs.add(act.alliance());
        }
        return needs;
    }

    /// Of an act that was never ready. Where its key's chain is known to go on otherwise, nothing that may still arrive
    /// can mend it.
    private Verdict stuck(Node node) {
        Act before = chain(node.act).taken.get(node.act.number() - 1);
        if (before == null || before.digest().equals(node.act.previous())) {
            return waiting(node.act);
        }
        try {
            party(node);
            throw brokenChain(node.act);
        } catch (Refusal e) {
            return new Verdict.Refused(node.time, e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private static Refusal brokenChain(Act act) {
        return new Refusal(
                Verdict.Reason.BROKEN_CHAIN,
                "it does not continue act " + (act.number() - 1) + " of " + act.key());
    }

    private Verdict waiting(Act act) {
        if (act.previous() != null && !nodes.containsKey(act.previous())) {
            return new Verdict.Waiting(
                    "act " + (act.number() - 1) + " of " + act.key() + " is not here");
        }
        return new Verdict.Waiting("an act that it follows is not here or waits itself");
    }

    private Chain chain(Act act) {
        return chains.computeIfAbsent(act.key(), _ -> new Chain());
    }

    private Verdict take(Node node) {
        Act act = node.act;
        Instant at = node.time;
        try {
            if (!state.isFounded() && act.kind().equals(Kind.ADOPT_CHARTER)) {
                return found(node);
            }
            if (!state.isFounded() || !state.alliance().equals(act.alliance())) {
                throw new Refusal(Verdict.Reason.OTHER_ALLIANCE, "it is of another alliance");
            }
            Party party = party(node);
            link(node);
            return deeds.apply(act, party, at)
                    ? new Verdict.InForce(at)
                    : new Verdict.UnknownKind(at);
        } catch (Refusal e) {
            return new Verdict.Refused(at, e.reason(), String.valueOf(e.getMessage()));
        } catch (MalformedCharter | MalformedLog e) {
            return new Verdict.Refused(
                    at, Verdict.Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private boolean isSignedBy(Node node, VerifierKey key) {
        return node.copies.stream().anyMatch(copy -> signatures.test(copy, key));
    }

    private Verdict found(Node node) {
        Act act = node.act;
        if (act.number() != 1) {
            throw Refusal.malformed("a founding act is the first of its key");
        }
        if (!isSignedBy(node, depositary(act))) {
            throw new Refusal(
                    Verdict.Reason.WRONG_SIGNATURE,
                    "the founding act is not signed by its depositary");
        }
        deeds.found(act, node.time);
        chain(act).taken.put(1L, act);
        return new Verdict.InForce(node.time);
    }

    /// The key of whom the charter names as its depositary, else that of the member who signed it.
    private static VerifierKey depositary(Act act) {
        List<JsonNode> named = new ArrayList<>(List.of(act.content().path("depositary")));
        act.content().path("members").forEach(member -> named.add(member.path("key")));
        for (JsonNode text : named) {
            if (text.isString()) {
                VerifierKey key = VerifierKey.parse(text.stringValue());
                if (key.name().equals(act.key())) {
                    return key;
                }
            }
        }
        throw new Refusal(
                Verdict.Reason.UNKNOWN_KEY,
                "the founding key is neither the depositary's nor a member's");
    }

    private Party party(Node node) {
        Act act = node.act;
        Instant at = node.time;
        List<Party> parties = state.keys.get(act.key());
        if (parties == null) {
            throw new Refusal(Verdict.Reason.UNKNOWN_KEY, "the key " + act.key() + " is unknown");
        }
        Party last = parties.getLast();
        for (Party party : parties) {
            if (party.isValidAt(at)) {
                last = party;
            }
        }
        if (!isSignedBy(node, last.key())) {
            throw new Refusal(
                    Verdict.Reason.WRONG_SIGNATURE,
                    "the signature is not that of the key " + act.key());
        }
        if (!last.isValidAt(at)) {
            throw new Refusal(
                    Verdict.Reason.EXPIRED_KEY,
                    "the key "
                            + act.key()
                            + " may sign from "
                            + last.from()
                            + " until "
                            + (last.until() == null ? "open" : last.until())
                            + ", not at "
                            + at);
        }
        AllianceState.Member member = state.members.get(last.member());
        if (member == null || member.standing() == AllianceState.Standing.WITHDRAWN) {
            throw Refusal.notEntitled(last.member() + " is no member any more");
        }
        return last;
    }

    /// Puts a signed act into its key's chain, or says why it does not fit.
    private void link(Node node) {
        Act act = node.act;
        Chain chain = chain(act);
        Act before = chain.taken.get(act.number() - 1);
        if (act.number() > 1 && (before == null || !before.digest().equals(act.previous()))) {
            throw brokenChain(act);
        }
        Act other = chain.taken.get(act.number());
        if (other == null) {
            other = twin(node, chain);
        }
        if (other != null) {
            if (chain.doubled.add(act.number())) {
                misbehaviours.add(new Misbehaviour(act.key(), act.number(), other, act));
            }
            chain.frozen = chain.frozen == null ? node.time : chain.frozen;
            throw new Refusal(
                    Verdict.Reason.DUPLICATE_NUMBER,
                    "number " + act.number() + " of " + act.key() + " is signed twice");
        }
        if (chain.frozen != null) {
            throw new Refusal(
                    Verdict.Reason.KEY_FROZEN,
                    "the key " + act.key() + " signed two acts of one number by " + chain.frozen);
        }
        chain.taken.put(act.number(), act);
    }

    /// Another act of the same number that was witnessed no later: then neither came first.
    private @Nullable Act twin(Node node, Chain chain) {
        for (Node other : chain.byNumber.getOrDefault(node.act.number(), List.of())) {
            if (other != node && !other.witnessed.isAfter(node.time)) {
                for (Party party : state.keys.getOrDefault(node.act.key(), List.of())) {
                    if (isSignedBy(other, party.key())) {
                        return other.act;
                    }
                }
            }
        }
        return null;
    }
}
