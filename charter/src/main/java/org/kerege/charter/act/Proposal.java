package org.kerege.charter.act;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.rule.Matter;
import org.kerege.charter.rule.Position;
import org.kerege.charter.rule.SilenceProcedure;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A proposal from its making to its end.
final class Proposal {

    /// Put to a session because not everybody had received it: it can still be decided there.
    static final String TO_SESSION = "put-to-session";

    /// Somebody broke the silence.
    static final String BROKEN = "broken";

    /// A vote as it stands.
    ///
    /// @param key name of the key that signed it
    record Vote(String act, Position position, String key) {}

    /// A silence procedure's times.
    ///
    /// @param act digest of the act that opened it
    record Silence(
            String act, Instant opened, Instant deadline, Duration notice, Instant toSession) {

        ObjectNode json() {
            return Json.mapper()
                    .createObjectNode()
                    .put("act", act)
                    .put("opened", opened.toString())
                    .put("deadline", deadline.toString())
                    .put("notice_hours", notice.toHours())
                    .put("to_session", toSession.toString());
        }
    }

    final String digest;
    final String member;
    final String title;
    final Matter matter;
    final Instant made;
    final List<JsonNode> measures = new ArrayList<>();

    /// The last vote of each member.
    final Map<String, Vote> votes = new TreeMap<>();

    final Map<String, String> reservations = new TreeMap<>();
    final Map<String, Instant> receipts = new TreeMap<>();
    final Map<String, Instant> objections = new TreeMap<>();
    @Nullable Silence silence;

    /// Silence procedures that ended without a decision, oldest first.
    final List<ObjectNode> earlier = new ArrayList<>();

    /// By when members carry it out at home; null where it says nothing.
    @Nullable LocalDate due;

    /// How it ended: `adopted`, `rejected`, `broken`, `put-to-session`; null while it is open.
    @Nullable String result;

    Proposal(String digest, String member, String title, Matter matter, Instant made) {
        this.digest = digest;
        this.member = member;
        this.title = title;
        this.matter = matter;
        this.made = made;
    }

    /// Whether a measure takes a member's vote from it.
    private static boolean concernsStanding(JsonNode measure) {
        String kind = measure.path("kind").asString("");
        return kind.equals(Measures.SUSPEND) || kind.equals(Measures.EXCLUDE);
    }

    /// Whether a measure ends or replaces a key.
    static boolean changesKeys(JsonNode measure) {
        String kind = measure.path("kind").asString("");
        return kind.equals(Measures.REVOKE_KEY) || kind.equals(Measures.REPLACE_KEY);
    }

    /// Whether a measure is the only one of its proposal.
    static boolean standsAlone(JsonNode measure) {
        return concernsStanding(measure) || changesKeys(measure);
    }

    /// Begins a silence procedure, with receipts and objections of its own.
    void begin(Silence fresh) {
        if (silence != null) {
            end(String.valueOf(result));
        }
        result = null;
        silence = fresh;
    }

    /// Ends the silence procedure; how it stood is kept.
    void end(String how) {
        Silence ended = silence;
        if (ended != null) {
            ObjectNode kept = ended.json().put("ended", how);
            kept.set("receipts", times(receipts));
            kept.set("objections", times(objections));
            earlier.add(kept);
        }
        silence = null;
        receipts.clear();
        objections.clear();
    }

    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("act", digest).put("member", member);
        json.put("title", title).put("result", result);
        measures.forEach(json.putArray("measures")::add);
        ObjectNode positions = json.putObject("votes");
        votes.forEach(
                (by, vote) -> positions.put(by, vote.position().name().toLowerCase(Locale.ROOT)));
        ArrayNode acts = json.putArray("vote_acts");
        votes.values().forEach(vote -> acts.add(vote.act()));
        ObjectNode reserved = json.putObject("reservations");
        reservations.forEach(reserved::put);
        json.set("silence", silence == null ? Json.mapper().nullNode() : silence.json());
        json.set("receipts", times(receipts));
        json.set("objections", times(objections));
        earlier.forEach(json.putArray("earlier_silences")::add);
        return json;
    }

    private static ObjectNode times(Map<String, Instant> byMember) {
        ObjectNode times = Json.mapper().createObjectNode();
        byMember.forEach((by, at) -> times.put(by, at.toString()));
        return times;
    }

    /// The member whose suspension or exclusion is proposed; null where nobody's is.
    @Nullable String concerned() {
        return measures.stream()
                .filter(Proposal::concernsStanding)
                .map(measure -> measure.path("member").asString(""))
                .findFirst()
                .orElse(null);
    }

    SilenceProcedure procedure(Set<String> members) {
        Silence times = silence;
        if (times == null) {
            throw Refusal.malformed("no silence procedure was opened on this proposal");
        }
        return new SilenceProcedure(
                times.opened(),
                times.deadline(),
                times.notice(),
                times.toSession(),
                members,
                receipts,
                objections,
                reservations.keySet());
    }
}
