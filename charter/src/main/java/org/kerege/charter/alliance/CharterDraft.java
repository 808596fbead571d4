package org.kerege.charter.alliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerege.charter.Fields;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Replay;
import org.kerege.charter.act.TimedAct;
import org.kerege.charter.act.Verdict;
import org.kerege.stix.Json;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.WitnessPolicy;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A charter as its founders write it down before anyone signs: what `adopt-charter` holds, with three liberties. A member
/// may be without a key, which is made where the charter is founded; the rotation need not repeat the members; witnesses
/// are a list of the lines of their policy, or left out where the members witness in one place. A property that is not
/// known is refused: a slip of the pen must not found another alliance.
public final class CharterDraft {

    private static final int MAX_MEMBERS = 1_000;
    private static final String WITNESSES = "witnesses";
    private static final String MEMBERS = "members";
    private static final String KEY = "key";

    private final ObjectNode content;

    private CharterDraft(ObjectNode content) {
        this.content = content;
    }

    /// Reads a draft.
    ///
    /// @throws MalformedCharter naming the property and what it must be
    public static CharterDraft read(byte[] utf8) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(utf8);
        } catch (JacksonException e) {
            throw new MalformedCharter("", "is not JSON: " + Json.reason(e));
        }
        Fields fields = Fields.of(json, "");
        fields.text("title");
        List<String> members = new ArrayList<>();
        for (Fields.Item item : fields.items(MEMBERS, MAX_MEMBERS)) {
            members.add(member(Fields.of(item.value(), item.pointer())));
        }
        if (members.size() < 2) {
            throw new MalformedCharter("/members", "an alliance has at least two members");
        }
        fields.object("rotation");
        fields.object("rule");
        for (String known :
                List.of(
                        "rules",
                        WITNESSES,
                        "signatures",
                        "council",
                        "extraordinary",
                        "depositary")) {
            fields.has(known);
        }
        fields.requireNoOther();
        ObjectNode content = (ObjectNode) json.deepCopy();
        fillRotation(content, members);
        joinPolicy(content);
        return new CharterDraft(content);
    }

    private static String member(Fields member) {
        String id = member.text("id");
        String key = member.optionalText(KEY);
        if (key != null) {
            try {
                VerifierKey.parse(key);
            } catch (MalformedLog e) {
                throw new MalformedCharter(member.at(KEY), String.valueOf(e.getMessage()));
            }
        }
        for (String known : List.of("name", "names", "next", "weight")) {
            member.has(known);
        }
        member.requireNoOther();
        return id;
    }

    private static void fillRotation(ObjectNode content, List<String> members) {
        ObjectNode rotation = (ObjectNode) content.path("rotation");
        if (!rotation.has("body")) {
            rotation.set("body", content.path("title"));
        }
        if (!rotation.has(MEMBERS)) {
            ArrayNode list = rotation.putArray(MEMBERS);
            for (int i = 0; i < members.size(); i++) {
                JsonNode names = content.path(MEMBERS).path(i).path("names");
                ObjectNode member = list.addObject().put("id", members.get(i));
                if (names.isObject()) {
                    member.set("names", names);
                }
            }
        }
        if (!rotation.has("decisions")) {
            rotation.putArray("decisions");
        }
    }

    private static void joinPolicy(ObjectNode content) {
        JsonNode lines = content.path(WITNESSES);
        if (lines.isArray()) {
            StringBuilder policy = new StringBuilder();
            lines.forEach(line -> policy.append(line.asString("")).append('\n'));
            content.put(WITNESSES, policy.toString());
        }
        if (content.has(WITNESSES)) {
            requirePolicy(content.path(WITNESSES).asString(""));
        }
    }

    private static void requirePolicy(String text) {
        try {
            if (!WitnessPolicy.parse(text).anyTwoQuorumsMeet()) {
                throw new MalformedCharter(
                        "/witnesses",
                        "two quorums need not meet: ask for more than half, so that no log shows"
                                + " two faces");
            }
        } catch (MalformedLog e) {
            throw new MalformedCharter("/witnesses", String.valueOf(e.getMessage()));
        }
    }

    /// The name of the alliance.
    public String title() {
        return content.path("title").asString("");
    }

    /// The members' identifiers in the order of the draft, with the key of each; null where it has none yet.
    public Map<String, JsonNode> keysByMember() {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        for (JsonNode member : content.path(MEMBERS)) {
            keys.put(member.path("id").asString(""), member.path(KEY));
        }
        return keys;
    }

    /// Whether the draft says who witnesses.
    public boolean hasWitnesses() {
        return content.has(WITNESSES);
    }

    /// Gives a member its key.
    public void bind(String member, VerifierKey key) {
        for (JsonNode one : content.path(MEMBERS)) {
            if (one.path("id").asString("").equals(member)) {
                ((ObjectNode) one).put(KEY, key.toString());
            }
        }
    }

    /// Says who witnesses, as a C2SP tlog-policy.
    public void witnesses(String policy) {
        content.put(WITNESSES, policy);
    }

    /// What the founding act holds.
    ///
    /// @throws MalformedCharter when a member has no key or nobody witnesses
    public ObjectNode content() {
        keysByMember()
                .forEach((member, key) -> {
                    if (!key.isString()) {
                        throw new MalformedCharter(
                                "/members",
                                "'"
                                        + member
                                        + "' has no key: ask it for what './kerege charter keys' says");
                    }
                });
        if (!hasWitnesses()) {
            throw new MalformedCharter(
                    "/witnesses", "is required: the lines that './kerege charter keys' says");
        }
        return content.deepCopy();
    }

    /// Refuses a founding act that no node would take for one.
    ///
    /// @throws MalformedCharter saying why
    public static void requireFounding(Act founding, Instant at) {
        Verdict verdict =
                Replay.of(List.of(new TimedAct(founding, at))).verdicts().get(founding.digest());
        if (verdict instanceof Verdict.Refused(Instant _, Verdict.Reason _, String why)) {
            throw new MalformedCharter("", why);
        }
    }
}
