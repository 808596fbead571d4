package org.kerege.charter.act;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.rotation.Rotation;
import org.kerege.charter.rotation.RotationFile;
import org.kerege.charter.rotation.Tenure;
import org.kerege.charter.rule.DecisionRule;
import org.kerege.charter.rule.Voter;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the acts of an alliance amount to. Only [Replay] changes it; it is a function of the acts and their times.
public final class AllianceState {

    /// How a member stands.
    enum Standing {
        /// Named by the founding act and has not signed it.
        INVITED,
        MEMBER,
        SUSPENDED,
        WITHDRAWN
    }

    /// How an organisation stands from an instant on.
    ///
    /// @param standing `member`, `suspended`, `withdrawn`, `observer` or `partner`
    public record Since(Instant at, String organisation, String standing) {}

    /// A member, its weight for rules that weigh, and how it stands.
    record Member(String id, String name, long weight, Standing standing) {
        Member as(Standing other) {
            return new Member(id, name, weight, other);
        }
    }

    @Nullable String alliance;
    int signaturesNeeded;
    final Set<String> signed = new TreeSet<>();
    @Nullable Instant inForce;
    @Nullable DecisionRule rule;
    final Map<String, DecisionRule> ruleByMeasure = new HashMap<>();
    final Map<String, Member> members = new TreeMap<>();
    final Set<String> observers = new TreeSet<>();
    final Set<String> partners = new TreeSet<>();
    final Map<String, List<Party>> keys = new TreeMap<>();
    String packDigest = "";
    int councilThreshold;
    int extraordinaryMembers;
    Duration extraordinaryWait = Duration.ZERO;
    final Map<String, SessionRequest> sessionRequests = new LinkedHashMap<>();
    final Map<String, Session> sessions = new LinkedHashMap<>();
    final Map<String, Proposal> proposals = new LinkedHashMap<>();
    final Map<String, ObjectNode> offices = new TreeMap<>();
    final Map<String, ObjectNode> mandates = new TreeMap<>();
    final Map<String, List<ObjectNode>> mandateRecords = new TreeMap<>();
    final List<ObjectNode> programmes = new ArrayList<>();
    final List<ObjectNode> statements = new ArrayList<>();
    final List<ObjectNode> decisions = new ArrayList<>();
    final Map<String, Map<String, ObjectNode>> followUps = new TreeMap<>();
    final Map<String, String> accepted = new TreeMap<>();

    /// Who has signed the inventory of a handover, by its instant: the inventory's digest by member.
    final Map<String, Map<String, String>> closures = new TreeMap<>();

    private final List<Since> standings = new ArrayList<>();
    String policy = "";

    private @Nullable ObjectNode pack;
    private @Nullable Rotation rotation;
    private @Nullable Tenure lastTenure;

    AllianceState() {}

    /// Whether there is a founding act; the charter is in force once enough founders have signed.
    public boolean isFounded() {
        return alliance != null;
    }

    /// Digest of the founding act.
    ///
    /// @throws IllegalStateException when there is none
    public String alliance() {
        return Objects.requireNonNullElseGet(
                alliance,
                () -> {
                    throw new IllegalStateException("no charter was adopted");
                });
    }

    /// The witness policy of the charter, as text; see C2SP tlog-policy.
    public String policy() {
        return policy;
    }

    /// The chair through time.
    ///
    /// @throws IllegalStateException when no charter was adopted
    public Rotation rotation() {
        Rotation current = rotation;
        if (current == null) {
            throw new IllegalStateException("no charter was adopted");
        }
        return current;
    }

    /// Since when the charter is in force; null while signatures are missing.
    public @Nullable Instant inForce() {
        return inForce;
    }

    void found(ObjectNode rotationPack, String digest) {
        alliance = digest;
        pack = rotationPack.deepCopy();
        refreshRotation();
    }

    /// Lays one more decision over the rotation.
    ///
    /// @param decided when it was decided; it reaches back no further
    void changeRotation(ObjectNode change, Instant decided) {
        ObjectNode current = Objects.requireNonNull(pack);
        ObjectNode longer = current.deepCopy();
        longer.withArray("decisions").add(change.deepCopy().put("decided", decided.toString()));
        pack = longer;
        try {
            refreshRotation();
        } catch (IllegalArgumentException e) {
            pack = current;
            refreshRotation();
            throw Refusal.malformed("the rotation cannot change so: " + e.getMessage());
        }
    }

    private void refreshRotation() {
        rotation = RotationFile.read(Objects.requireNonNull(pack), "/rotation");
        lastTenure = null;
    }

    /// Who chairs at an instant of the replay. The replay goes forward, so the last answer mostly holds still.
    @Nullable String chair(Instant at) {
        Tenure known = lastTenure;
        if (known == null
                || at.isBefore(known.from())
                || (known.until() != null && !at.isBefore(known.until()))) {
            known = rotation().chairAt(at);
            lastTenure = known;
        }
        return known.member();
    }

    /// Who decides at `at`.
    ///
    /// @param concerned the member whose suspension or exclusion is decided: it has no say, and the quorum is of all
    ///     others, whoever of them is suspended; null for any other matter
    List<Voter> voters(@Nullable Session session, Instant at, @Nullable String concerned) {
        List<Voter> voters = new ArrayList<>();
        for (Member member : members.values()) {
            boolean hasVote = member.standing() == Standing.MEMBER;
            boolean belongs = hasVote || member.standing() == Standing.SUSPENDED;
            if (belongs && !member.id().equals(concerned)) {
                voters.add(
                        new Voter(
                                member.id(),
                                member.weight(),
                                !hasVote && concerned == null,
                                hasVote
                                        && (session == null
                                                || session.accredits(member.id(), at))));
            }
        }
        return voters;
    }

    void stand(String id, Standing standing, Instant at) {
        members.put(id, Objects.requireNonNull(members.get(id)).as(standing));
        noteStanding(id, standing.name().toLowerCase(Locale.ROOT), at);
    }

    void noteStanding(String organisation, String standing, Instant at) {
        standings.add(new Since(at, organisation, standing));
    }

    /// Every change of how an organisation stands, in the order of their times.
    public List<Since> standings() {
        return List.copyOf(standings);
    }

    /// Lets a key speak for whom it belongs to.
    void bind(Party party) {
        requireFree(party);
        keys.computeIfAbsent(party.key().name(), _ -> new ArrayList<>(1)).add(party);
    }

    /// Refuses a key whose name is taken: the chain of acts runs by name, so a name is bound once. The same key may
    /// have one mandate after another.
    void requireFree(Party party) {
        for (Party other : keys.getOrDefault(party.key().name(), List.of())) {
            boolean renewed =
                    other.key().equals(party.key())
                            && other.member().equals(party.member())
                            && other.mandate() != null
                            && party.mandate() != null;
            if (!renewed) {
                throw Refusal.malformed("the key name " + party.key().name() + " is taken");
            }
        }
    }

    static ObjectNode rotationChange(String kind, String member) {
        return Json.mapper().createObjectNode().put("kind", kind).put("member", member);
    }

    /// Whether a key of this name is a member's own at `at`.
    boolean speaksFor(String keyName, String member, Instant at) {
        return keys.getOrDefault(keyName, List.of()).stream()
                .anyMatch(party ->
                        party.mandate() == null
                                && party.member().equals(member)
                                && party.isValidAt(at));
    }

    /// How many members change a chair's key: as the charter says, and never less than more than half.
    int councilThreshold() {
        return Math.max(councilThreshold, councilSize() / 2 + 1);
    }

    /// How many members belong to the council, with a vote or suspended.
    private int councilSize() {
        return (int)
                members.values().stream()
                        .filter(member ->
                                member.standing() == Standing.MEMBER
                                        || member.standing() == Standing.SUSPENDED)
                        .count();
    }

    /// Members with a vote.
    Set<String> votingMembers() {
        Set<String> voting = new TreeSet<>();
        members.values().stream()
                .filter(member -> member.standing() == Standing.MEMBER)
                .forEach(member -> voting.add(member.id()));
        return voting;
    }

    /// SHA-256 of [#json] in canonical form: equal on every node that has the same acts with the same times.
    public String digest() {
        return Act.sha256(CanonicalJson.write(json()));
    }

    /// All of the state as one document; lists are in the order of the acts.
    public ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("alliance", alliance);
        json.put("in_force", inForce == null ? null : inForce.toString());
        json.put("signatures_needed", signaturesNeeded);
        json.put("council_threshold", councilThreshold);
        json.put("pack", packDigest);
        addAll(json.putArray("signed"), signed);
        ObjectNode memberList = json.putObject("members");
        members.forEach((id, member) ->
                memberList
                        .putObject(id)
                        .put("name", member.name())
                        .put("weight", member.weight())
                        .put("standing", member.standing().name().toLowerCase(Locale.ROOT)));
        addAll(json.putArray("observers"), observers);
        addAll(json.putArray("partners"), partners);
        ObjectNode keyList = json.putObject("keys");
        keys.forEach((name, parties) -> {
            ArrayNode list = keyList.putArray(name);
            parties.forEach(party -> list.add(json(party)));
        });
        json.set("rotation", pack == null ? Json.mapper().nullNode() : pack);
        ArrayNode requestList = json.putArray("session_requests");
        sessionRequests
                .values()
                .forEach(request -> {
                    ObjectNode one = requestList.addObject().put("act", request.digest);
                    one.put("title", request.title).put("session", request.session);
                    ObjectNode by = one.putObject("by");
                    request.by.forEach((member, at) -> by.put(member, at.toString()));
                });
        ArrayNode sessionList = json.putArray("sessions");
        sessions.values().forEach(session -> sessionList.add(session.json()));
        ArrayNode proposalList = json.putArray("proposals");
        proposals.values().forEach(proposal -> proposalList.add(proposal.json()));
        json.set("decisions", array(decisions));
        json.set("offices", object(offices));
        json.set("mandates", object(mandates));
        ObjectNode records = json.putObject("mandate_records");
        mandateRecords.forEach((mandate, list) -> records.set(mandate, array(list)));
        json.set("programmes", array(programmes));
        json.set("statements", array(statements));
        ObjectNode follow = json.putObject("follow_up");
        followUps.forEach((decision, byMember) -> follow.set(decision, object(byMember)));
        ObjectNode items = json.putObject("accepted");
        accepted.forEach(items::put);
        ObjectNode closed = json.putObject("closures");
        closures.forEach((handover, byMember) -> {
            ObjectNode signed = closed.putObject(handover);
            byMember.forEach(signed::put);
        });
        return json;
    }

    private static ObjectNode json(Party party) {
        Instant until = party.until();
        return Json.mapper()
                .createObjectNode()
                .put("key", party.key().toString())
                .put("member", party.member())
                .put("mandate", party.mandate())
                .put("next", party.next())
                .put("from", party.from().toString())
                .put("until", until == null ? null : until.toString());
    }

    private static void addAll(ArrayNode list, Set<String> texts) {
        texts.forEach(list::add);
    }

    private static ArrayNode array(List<ObjectNode> objects) {
        ArrayNode list = Json.mapper().createArrayNode();
        objects.forEach(list::add);
        return list;
    }

    private static ObjectNode object(Map<String, ? extends JsonNode> byName) {
        ObjectNode object = Json.mapper().createObjectNode();
        byName.forEach(object::set);
        return object;
    }
}
