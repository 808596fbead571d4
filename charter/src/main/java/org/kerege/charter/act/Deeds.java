package org.kerege.charter.act;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.charter.rotation.RotationFile;
import org.kerege.charter.rotation.Tenure;
import org.kerege.charter.rule.DecisionRule;
import org.kerege.charter.rule.DecisionRuleFile;
import org.kerege.charter.rule.Matter;
import org.kerege.charter.rule.Outcome;
import org.kerege.charter.rule.Position;
import org.kerege.charter.rule.Quorum;
import org.kerege.charter.rule.SilenceProcedure;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.WitnessPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What each kind of act does, and who may do it. Every method refuses before it changes anything.
final class Deeds {

    private static final int MAX_ITEMS = 1_000;

    private final AllianceState state;

    Deeds(AllianceState state) {
        this.state = state;
    }

    /// Does what `act` says.
    ///
    /// @param party who signed
    /// @return whether the kind is known
    boolean apply(Act act, Party party, Instant at) {
        if (party.mandate() != null && !act.kind().equals(Kind.MANDATE_RECORD)) {
            throw Refusal.notEntitled("the key of a mandate or office signs its records alone");
        }
        if (!act.kind().equals(Kind.SIGN_CHARTER)) {
            requireInForce(party);
        }
        Fields content = Fields.of(act.content(), "/content");
        switch (act.kind()) {
            case Kind.SIGN_CHARTER -> signCharter(party, at);
            case Kind.WITHDRAW -> {
                state.changeRotation(rotationChange("withdrawal", party.member()), at);
                state.stand(party.member(), AllianceState.Standing.WITHDRAWN, at);
            }
            case Kind.CONVENE -> {
                requireChair(party, at);
                content.text("title");
                state.sessions.put(act.digest(), new Session(act.digest(), act.content()));
            }
            case Kind.CREDENTIALS -> {
                Session session = session(content);
                session.credentials.put(party.member(), instant(content, "until"));
            }
            case Kind.AGENDA -> {
                requireChair(party, at);
                Session session = session(content);
                content.items("items", MAX_ITEMS);
                session.agenda = act.content().path("items");
            }
            case Kind.PRESENCE -> presence(content, party, at);
            case Kind.PROPOSE -> propose(act, content, party);
            case Kind.VOTE -> vote(act, content, party);
            case Kind.DECISION -> decide(act, content, party, at);
            case Kind.RESERVATION ->
                    proposal(content).reservations.put(party.member(), content.text("text"));
            case Kind.SILENCE_OPENED -> openSilence(content, party, at);
            case Kind.RECEIPT -> proposal(content).receipts.putIfAbsent(party.member(), at);
            case Kind.OBJECTION -> proposal(content).objections.putIfAbsent(party.member(), at);
            case Kind.SILENCE_CONCLUDED -> concludeSilence(act, content, at);
            case Kind.PROGRAMME -> programme(act, content, party, at);
            case Kind.KEY_ADDED -> addKey(content, party, at);
            case Kind.KEY_ROTATED -> {
                requireCommitted(key(content), party);
                addKey(content, party, at);
                end(act.key(), party.member(), at);
            }
            case Kind.KEY_REVOKED -> end(content.text("key"), party.member(), at);
            case Kind.JOINT_STATEMENT -> {
                content.text("title");
                state.statements.add(
                        act.content()
                                .deepCopy()
                                .put("act", act.digest())
                                .put("member", party.member()));
            }
            case Kind.FOLLOW_UP -> followUp(act, content, party);
            case Kind.MANDATE_RECORD -> {
                String mandate = party.mandate();
                if (mandate == null || !state.mandates.containsKey(mandate)) {
                    throw Refusal.notEntitled("only the key of a mandate records what it does");
                }
                state.mandateRecords
                        .computeIfAbsent(mandate, _ -> new ArrayList<>())
                        .add(
                                act.content()
                                        .deepCopy()
                                        .put("act", act.digest())
                                        .put("at", at.toString()));
            }
            case Kind.ITEM_ACCEPTED -> {
                if (!mayPrepare(party.member(), at)) {
                    throw Refusal.notEntitled(
                            party.member() + " neither chairs now nor chairs next");
                }
                state.accepted.put(content.text("item"), party.member());
            }
            case Kind.ADOPT_CHARTER ->
                    throw Refusal.malformed("this alliance has adopted its charter already");
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Lays a charter before its founders. It pins each one's key and is in force once they have signed: all of them,
    /// or as many as it says. A member that is its depositary has signed it with this act.
    void found(Act act, Instant at) {
        Fields content = Fields.of(act.content(), "/content");
        content.text("title");
        content.object("rotation");
        content.object("rule");
        DecisionRule rule = DecisionRuleFile.read(act.content().path("rule"), "/content/rule");
        Map<String, DecisionRule> rules = new TreeMap<>();
        if (content.has("rules")) {
            for (String kind : content.object("rules").names()) {
                rules.put(
                        kind,
                        DecisionRuleFile.read(
                                act.content().path("rules").path(kind), "/content/rules/" + kind));
            }
        }
        Map<String, AllianceState.Member> members = new TreeMap<>();
        Map<String, List<Party>> keys = new TreeMap<>();
        for (Fields.Item item : content.items("members", MAX_ITEMS)) {
            Fields member = Fields.of(item.value(), item.pointer());
            String id = member.text("id");
            VerifierKey key = key(member);
            String name = member.optionalText("name");
            int weight = member.has("weight") ? member.number("weight", 0, 2_000_000_000) : 1;
            if (keys.containsKey(key.name())
                    || members.put(
                                    id,
                                    new AllianceState.Member(
                                            id,
                                            name == null ? id : name,
                                            weight,
                                            AllianceState.Standing.INVITED))
                            != null) {
                throw Refusal.malformed("'" + id + "' or its key is listed twice");
            }
            Party party = new Party(key, id, null, next(member), at, null);
            keys.put(key.name(), new ArrayList<>(List.of(party)));
        }
        if (members.size() < Quorum.FLOOR) {
            throw Refusal.malformed("an alliance has at least " + Quorum.FLOOR + " members");
        }
        int needed =
                content.has("signatures")
                        ? content.number("signatures", Quorum.FLOOR, members.size())
                        : members.size();
        requireTurns(act.content().path("rotation"), members.keySet());
        String policy = content.text("witnesses");
        if (!WitnessPolicy.parse(policy).anyTwoQuorumsMeet()) {
            throw Refusal.malformed("two quorums of the witness policy need not meet");
        }
        state.found((ObjectNode) act.content().path("rotation"), act.digest());
        state.rule = rule;
        state.ruleByMeasure.putAll(rules);
        state.members.putAll(members);
        state.keys.putAll(keys);
        state.policy = policy;
        state.signaturesNeeded = needed;
        List<Party> depositary = keys.get(act.key());
        if (depositary != null) {
            signCharter(depositary.getFirst(), at);
        }
    }

    private static void requireTurns(JsonNode rotation, Set<String> members) {
        Set<String> rotating = new HashSet<>();
        RotationFile.read(rotation, "/content/rotation")
                .rules()
                .members()
                .forEach(member -> rotating.add(member.id()));
        if (!rotating.equals(members)) {
            throw Refusal.malformed("the rotation is not among the members of the charter");
        }
    }

    private void signCharter(Party party, Instant at) {
        String member = party.member();
        if (!state.signed.add(member)) {
            throw Refusal.malformed(member + " has signed the charter already");
        }
        if (state.inForce != null) {
            state.changeRotation(rotationChange("readmission", member), at);
            state.stand(member, AllianceState.Standing.MEMBER, at);
        } else if (state.signed.size() >= state.signaturesNeeded) {
            state.inForce = at;
            for (String founder : List.copyOf(state.members.keySet())) {
                if (state.signed.contains(founder)) {
                    state.stand(founder, AllianceState.Standing.MEMBER, at);
                } else {
                    state.changeRotation(rotationChange("suspension", founder), at);
                }
            }
        }
    }

    static ObjectNode rotationChange(String kind, String member) {
        return Json.mapper().createObjectNode().put("kind", kind).put("member", member);
    }

    private void requireInForce(Party party) {
        if (state.inForce == null) {
            throw Refusal.notEntitled(
                    "the charter is not in force: "
                            + state.signed.size()
                            + " have signed it, "
                            + state.signaturesNeeded
                            + " are needed");
        }
        AllianceState.Member member = state.members.get(party.member());
        if (member != null && member.standing() == AllianceState.Standing.INVITED) {
            throw Refusal.notEntitled(party.member() + " has not signed the charter");
        }
    }

    /// Refuses who does not chair. While the chair is vacant each member with a vote may do what the chair does: else
    /// nobody could call the session that fills it.
    private void requireChair(Party party, Instant at) {
        String chair = state.chair(at);
        if (chair == null && hasVote(party)) {
            return;
        }
        if (!party.member().equals(chair)) {
            throw Refusal.notEntitled(
                    "the chair at "
                            + at
                            + " is "
                            + (chair == null ? "vacant" : chair)
                            + ", not "
                            + party.member());
        }
    }

    /// Whether a member chairs now or holds the next term, and so may prepare it.
    private boolean mayPrepare(String member, Instant at) {
        if (member.equals(state.chair(at))) {
            return true;
        }
        Tenure now = state.rotation().chairAt(at, at);
        Instant end = now.until();
        return end != null && member.equals(state.rotation().chairAt(end, at).member());
    }

    private Session session(Fields content) {
        Session session = state.sessions.get(content.text("session"));
        if (session == null) {
            throw Refusal.malformed("there is no such session");
        }
        return session;
    }

    private Proposal proposal(Fields content) {
        Proposal proposal = state.proposals.get(content.text("proposal"));
        if (proposal == null) {
            throw Refusal.malformed("there is no such proposal");
        }
        if (proposal.result != null && !proposal.result.equals("put-to-session")) {
            throw Refusal.notEntitled("the proposal is closed: " + proposal.result);
        }
        return proposal;
    }

    private void presence(Fields content, Party party, Instant at) {
        requireChair(party, at);
        Session session = session(content);
        Set<String> present = members(content, "present");
        Set<String> absent = members(content, "absent");
        Set<String> both = new HashSet<>(present);
        both.retainAll(absent);
        if (!both.isEmpty()) {
            throw Refusal.malformed(both + " cannot be both present and absent");
        }
        session.present.clear();
        session.present.addAll(present);
        session.absent.clear();
        session.absent.addAll(absent);
    }

    private Set<String> members(Fields content, String name) {
        Set<String> members = new HashSet<>();
        for (Fields.Item item : content.items(name, MAX_ITEMS)) {
            String id = item.value().asString("");
            if (!state.members.containsKey(id)) {
                throw Refusal.malformed(item.pointer() + ": '" + id + "' is not a member");
            }
            members.add(id);
        }
        return members;
    }

    private void propose(Act act, Fields content, Party party) {
        requireVote(party);
        Matter matter =
                "procedure".equals(content.optionalText("matter"))
                        ? Matter.PROCEDURE
                        : Matter.SUBSTANCE;
        Proposal proposal =
                new Proposal(act.digest(), party.member(), content.text("title"), matter);
        proposal.due = content.has("due") ? content.read("due", LocalDate::parse, "a day") : null;
        for (Fields.Item item : content.items("measures", MAX_ITEMS)) {
            Fields.of(item.value(), item.pointer()).text("kind");
            proposal.measures.add(item.value());
        }
        if (proposal.measures.size() > 1
                && proposal.measures.stream().anyMatch(Proposal::concernsStanding)) {
            throw Refusal.malformed("a suspension or exclusion is decided by itself");
        }
        state.proposals.put(act.digest(), proposal);
    }

    private boolean hasVote(Party party) {
        AllianceState.Member member = state.members.get(party.member());
        return member != null && member.standing() == AllianceState.Standing.MEMBER;
    }

    private void requireVote(Party party) {
        if (!hasVote(party)) {
            throw Refusal.notEntitled(party.member() + " has no vote");
        }
    }

    private void vote(Act act, Fields content, Party party) {
        requireVote(party);
        Proposal proposal = proposal(content);
        Position position =
                switch (content.text("position")) {
                    case "for" -> Position.FOR;
                    case "against" -> Position.AGAINST;
                    case "abstain" -> Position.ABSTAIN;
                    default -> throw Refusal.malformed("a position is for, against or abstain");
                };
        proposal.votes.put(party.member(), new Proposal.Vote(act.digest(), position));
    }

    /// Closes a proposal. The closing act lists the votes that it counts; it may not leave out one that was witnessed
    /// before it, nor list one that is no member's last.
    private void decide(Act act, Fields content, Party party, Instant at) {
        Proposal proposal = proposal(content);
        String concerned = proposal.concerned();
        if (concerned != null && concerned.equals(state.chair(at))) {
            // Nobody keeps the others from deciding about itself.
            requireVote(party);
        } else {
            requireChair(party, at);
        }
        Session session = content.has("session") ? session(content) : null;
        Set<String> listed = new HashSet<>();
        for (Fields.Item item : content.items("votes", MAX_ITEMS)) {
            listed.add(item.value().asString(""));
        }
        Map<String, Position> positions = new TreeMap<>();
        proposal.votes.forEach((member, vote) -> {
            if (!listed.remove(vote.act())) {
                throw Refusal.malformed("the closing act leaves out the vote of " + member);
            }
            positions.put(member, vote.position());
        });
        if (!listed.isEmpty()) {
            throw Refusal.malformed("the closing act lists what is no vote in force");
        }
        ArrayNode trace = Json.mapper().createArrayNode();
        boolean adopted = true;
        for (DecisionRule rule : rules(proposal)) {
            Outcome outcome =
                    rule.decide(state.voters(session, at, concerned), positions, proposal.matter);
            adopted &= outcome.adopted();
            trace.add(trace(rule, outcome));
        }
        conclude(act, proposal, adopted ? "adopted" : "rejected", at, trace);
    }

    /// A proposal must satisfy the rule of each measure that it takes; a measure without a rule of its own, and a
    /// proposal without measures, come under the charter's general rule.
    private Set<DecisionRule> rules(Proposal proposal) {
        DecisionRule general = Objects.requireNonNull(state.rule);
        Set<DecisionRule> rules = new LinkedHashSet<>();
        for (JsonNode measure : proposal.measures) {
            DecisionRule own = state.ruleByMeasure.get(measure.path("kind").asString(""));
            rules.add(own == null ? general : own);
        }
        if (rules.isEmpty()) {
            rules.add(general);
        }
        return rules;
    }

    private static ObjectNode trace(DecisionRule rule, Outcome outcome) {
        ObjectNode trace = Json.mapper().createObjectNode().put("rule", rule.toString());
        ArrayNode counted = trace.putArray("counted");
        for (Outcome.Counted one : outcome.counted()) {
            counted.addObject()
                    .put("member", one.member())
                    .put("as", one.as().name().toLowerCase(Locale.ROOT))
                    .put("why", one.why());
        }
        ArrayNode clauses = trace.putArray("clauses");
        for (Outcome.Clause clause : outcome.clauses()) {
            clauses.addObject()
                    .put("name", clause.name())
                    .put("holds", clause.holds())
                    .put("figures", clause.figures());
        }
        ArrayNode bound = trace.putArray("bound");
        outcome.bound().forEach(bound::add);
        return trace;
    }

    private void conclude(Act act, Proposal proposal, String result, Instant at, JsonNode trace) {
        proposal.result = result;
        ObjectNode decision = Json.mapper().createObjectNode();
        decision.put("act", act.digest()).put("proposal", proposal.digest);
        decision.put("title", proposal.title).put("result", result).put("at", at.toString());
        decision.put("due", proposal.due == null ? null : proposal.due.toString());
        decision.set("trace", trace);
        state.decisions.add(decision);
        if (result.equals("adopted")) {
            ArrayNode measures = decision.putArray("measures");
            List<@Nullable String> failures =
                    new Measures(state, at, act.digest()).carryOut(proposal.measures);
            for (int i = 0; i < failures.size(); i++) {
                measures.addObject()
                        .put("kind", proposal.measures.get(i).path("kind").asString(""))
                        .put("failed", failures.get(i));
            }
        }
    }

    private void openSilence(Fields content, Party party, Instant at) {
        requireChair(party, at);
        Proposal proposal = proposal(content);
        if (proposal.silence != null) {
            throw Refusal.malformed("a silence procedure on this proposal was opened before");
        }
        if (proposal.concerned() != null) {
            throw Refusal.malformed("a suspension or exclusion is not decided by silence");
        }
        if (state.votingMembers().size() < Quorum.FLOOR) {
            throw Refusal.notEntitled("no member decides alone, in silence no more than aloud");
        }
        Proposal.Silence silence =
                new Proposal.Silence(
                        at,
                        instant(content, "deadline"),
                        Duration.ofHours(content.number("notice_hours", 0, 10_000)),
                        instant(content, "to_session"));
        if (!silence.deadline().isAfter(at) || silence.toSession().isBefore(silence.deadline())) {
            throw Refusal.malformed("the times of the silence procedure are not in order");
        }
        proposal.silence = silence;
    }

    private void concludeSilence(Act act, Fields content, Instant at) {
        Proposal proposal = proposal(content);
        SilenceProcedure procedure = proposal.procedure(state.votingMembers());
        ObjectNode trace = Json.mapper().createObjectNode().put("rule", "silence");
        trace.put("deadline", procedure.deadline().toString());
        switch (procedure.at(at)) {
            case SilenceProcedure.Status.Running(var without) ->
                    throw Refusal.notEntitled(
                            "the silence runs still; without receipt: " + without);
            case SilenceProcedure.Status.Adopted(var when, var _) -> {
                trace.put("complete", when.toString());
                conclude(act, proposal, "adopted", at, trace);
            }
            case SilenceProcedure.Status.Broken(var when, var by) -> {
                trace.put("broken", when.toString()).put("by", by.toString());
                conclude(act, proposal, "broken", at, trace);
            }
            case SilenceProcedure.Status.PutToSession(var when, var without) -> {
                trace.put("to_session", when.toString()).put("without_consent", without.toString());
                conclude(act, proposal, "put-to-session", at, trace);
            }
        }
    }

    private void programme(Act act, Fields content, Party party, Instant at) {
        if (!mayPrepare(party.member(), at)) {
            throw Refusal.notEntitled(party.member() + " neither chairs now nor chairs next");
        }
        if (content.items("points", MAX_ITEMS).isEmpty()) {
            throw Refusal.malformed("a programme has points");
        }
        state.programmes.add(
                act.content().deepCopy().put("act", act.digest()).put("member", party.member()));
    }

    private void followUp(Act act, Fields content, Party party) {
        String decision = content.text("decision");
        content.items("evidence", MAX_ITEMS);
        boolean adopted =
                state.decisions.stream()
                        .anyMatch(one ->
                                one.path("act").asString("").equals(decision)
                                        && one.path("result").asString("").equals("adopted"));
        if (!adopted) {
            throw Refusal.malformed("there is no such decision in force");
        }
        if (!List.of("signed", "notified", "ratified", "reserved", "implemented")
                .contains(content.text("status"))) {
            throw Refusal.malformed(
                    "a status is signed, notified, ratified, reserved or implemented");
        }
        state.followUps
                .computeIfAbsent(decision, _ -> new TreeMap<>())
                .put(party.member(), act.content().deepCopy().put("act", act.digest()));
    }

    private void addKey(Fields content, Party party, Instant at) {
        Instant until = content.has("until") ? instant(content, "until") : null;
        if (until != null && !until.isAfter(at)) {
            throw Refusal.malformed("the key would end before it begins");
        }
        state.bind(new Party(key(content), party.member(), null, next(content), at, until));
    }

    /// Whoever steals a key cannot replace it where the next one was committed before.
    private static void requireCommitted(VerifierKey key, Party party) {
        byte[] text = key.toString().getBytes(StandardCharsets.UTF_8);
        if (party.next() != null && !party.next().equals(Act.sha256(text))) {
            throw Refusal.notEntitled(
                    "the key " + party.key().name() + " committed itself to another next key");
        }
    }

    private static @Nullable String next(Fields content) {
        String next = content.optionalText("next");
        if (next != null && !next.matches("[0-9a-f]{64}")) {
            throw Refusal.malformed("'next' is a SHA-256 of 64 hexadecimal digits");
        }
        return next;
    }

    private void end(String name, String member, Instant at) {
        List<Party> parties = state.keys.getOrDefault(name, List.of());
        boolean own =
                parties.stream()
                        .anyMatch(party -> party.member().equals(member) && party.isValidAt(at));
        if (!own) {
            throw Refusal.notEntitled(member + " has no key " + name + " in force");
        }
        parties.replaceAll(party -> party.isValidAt(at) ? party.endedAt(at) : party);
    }

    private static VerifierKey key(Fields content) {
        VerifierKey key = VerifierKey.parse(content.text("key"));
        if (key.type() != KeyType.LOG) {
            throw Refusal.malformed("the key of " + key.name() + " is a witness's");
        }
        return key;
    }

    private static Instant instant(Fields content, String name) {
        String text = content.text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.malformed(name + " '" + text + "' is no instant");
        }
    }
}
