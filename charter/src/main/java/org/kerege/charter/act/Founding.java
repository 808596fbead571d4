package org.kerege.charter.act;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kerege.charter.Fields;
import org.kerege.charter.rotation.RotationFile;
import org.kerege.charter.rule.DecisionRule;
import org.kerege.charter.rule.DecisionRuleFile;
import org.kerege.charter.rule.Quorum;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.WitnessPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How an alliance comes to be: a charter is laid before its founders, and they sign it.
final class Founding {

    private final AllianceState state;

    Founding(AllianceState state) {
        this.state = state;
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
        for (Fields.Item item : content.items("members", Content.MAX_ITEMS)) {
            add(Fields.of(item.value(), item.pointer()), at, members, keys);
        }
        int founders = members.size();
        if (founders < Quorum.FLOOR) {
            throw Refusal.malformed("an alliance has at least " + Quorum.FLOOR + " members");
        }
        int majority = founders / 2 + 1;
        int council =
                content.has("council") ? content.number("council", majority, founders) : majority;
        int needed =
                content.has("signatures")
                        ? content.number("signatures", Quorum.FLOOR, founders)
                        : founders;
        int asking = 2;
        Duration wait = Duration.ofDays(7);
        if (content.has("extraordinary")) {
            Fields extraordinary = content.object("extraordinary");
            asking = extraordinary.number("members", 1, founders);
            wait = Duration.ofDays(extraordinary.number("days", 0, 3_650));
        }
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
        state.councilThreshold = council;
        state.packDigest = packDigest(act.content());
        state.extraordinaryMembers = asking;
        state.extraordinaryWait = wait;
        state.signaturesNeeded = needed;
        List<Party> depositary = keys.get(act.key());
        if (depositary != null) {
            sign(depositary.getFirst(), at);
        }
    }

    /// SHA-256 of the rules in canonical form, by which a closing act says what it counts by.
    private static String packDigest(JsonNode charter) {
        ObjectNode pack = Json.mapper().createObjectNode();
        pack.set("rule", charter.path("rule"));
        if (charter.has("rules")) {
            pack.set("rules", charter.path("rules"));
        }
        return Act.sha256(CanonicalJson.write(pack));
    }

    private static void add(
            Fields member,
            Instant at,
            Map<String, AllianceState.Member> members,
            Map<String, List<Party>> keys) {
        String id = member.text("id");
        VerifierKey key = Content.key(member);
        String name = member.optionalText("name");
        int weight = member.has("weight") ? member.number("weight", 0, 2_000_000_000) : 1;
        if (keys.containsKey(key.name()) || members.containsKey(id)) {
            throw Refusal.malformed("'" + id + "' or its key is listed twice");
        }
        members.put(
                id,
                new AllianceState.Member(
                        id, name == null ? id : name, weight, AllianceState.Standing.INVITED));
        Party party = new Party(key, id, null, Content.next(member), at, null);
        keys.put(key.name(), new ArrayList<>(List.of(party)));
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

    /// A founder signs. Who signs after the charter came into force joins the rotation then.
    void sign(Party party, Instant at) {
        String member = party.member();
        if (!state.signed.add(member)) {
            throw Refusal.malformed(member + " has signed the charter already");
        }
        if (state.inForce != null) {
            state.changeRotation(AllianceState.rotationChange("readmission", member), at);
            state.stand(member, AllianceState.Standing.MEMBER, at);
        } else if (state.signed.size() >= state.signaturesNeeded) {
            state.inForce = at;
            for (String founder : List.copyOf(state.members.keySet())) {
                if (state.signed.contains(founder)) {
                    state.stand(founder, AllianceState.Standing.MEMBER, at);
                } else {
                    state.changeRotation(AllianceState.rotationChange("suspension", founder), at);
                }
            }
        }
    }
}
