package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An alliance of A, B and C for tests: yearly chairs from 2024 in UTC, A first; decisions by consensus of at least two
/// thirds.
final class SmallAlliance {

    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    final Map<String, Author> authors = new HashMap<>();
    final List<TimedAct> acts = new ArrayList<>();
    final Act founding;

    SmallAlliance() {
        for (String member : List.of("A", "B", "C")) {
            authors.put(member, new Author(key(member), null));
        }
        founding = author("A").found(charter(), START);
        acts.add(new TimedAct(founding, START));
        act("B", Kind.SIGN_CHARTER, "{}", START);
        act("C", Kind.SIGN_CHARTER, "{}", START);
    }

    /// The same name gives the same key, so that a failing test fails again.
    static SigningKey key(String name) {
        byte[] seed = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 32);
        return SigningKey.fromSeed(name.toLowerCase(Locale.ROOT) + ".example", KeyType.LOG, seed);
    }

    static SigningKey witnessKey(String name) {
        byte[] seed = Arrays.copyOf(("w" + name).getBytes(StandardCharsets.UTF_8), 32);
        return SigningKey.fromSeed("w-" + name + ".example", KeyType.COSIGNATURE, seed);
    }

    static ObjectNode charter() {
        ObjectNode charter =
                object(
                        """
                        {"title": "Charter", "rule": {"kind": "consensus", "present": "2/3"},
                         "rotation": {"body": "Council", "zone": "UTC", "start": "2024-01-01",
                           "order": {"kind": "listed"}, "term": {"kind": "calendar", "months": 12},
                           "members": ["A", "B", "C"], "decisions": []}}
                        """);
        var members = charter.putArray("members");
        for (String member : List.of("A", "B", "C")) {
            members.addObject().put("id", member).put("key", key(member).verifier().toString());
        }
        charter.put("witnesses", "witness wa " + witnessKey("a").verifier() + "\nquorum wa\n");
        return charter;
    }

    Author author(String member) {
        return Objects.requireNonNull(authors.get(member));
    }

    static ObjectNode object(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    static Instant day(String day) {
        return Instant.parse(day + "T12:00:00Z");
    }

    /// An act of a member's own key, witnessed at `at`.
    Act act(String member, String kind, String content, Instant at, Act... follows) {
        Act act =
                author(member)
                        .sign(
                                kind,
                                founding.digest(),
                                Arrays.stream(follows).map(Act::digest).toList(),
                                object(content),
                                at);
        acts.add(new TimedAct(act, at));
        return act;
    }

    /// A proposal with one measure, voted for by `voters` and closed by `chair`, all at `at`.
    Act decide(String chair, String measure, Instant at, String... voters) {
        Act proposal =
                act(chair, Kind.PROPOSE, "{\"title\":\"P\",\"measures\":[" + measure + "]}", at);
        return close(chair, proposal, at, voters);
    }

    /// The votes of `voters` for a proposal and the act of `chair` that closes it, all at `at`.
    Act close(String chair, Act proposal, Instant at, String... voters) {
        List<Act> votes = new ArrayList<>();
        for (String voter : voters) {
            votes.add(
                    act(
                            voter,
                            Kind.VOTE,
                            "{\"position\":\"for\",\"proposal\":\"" + proposal.digest() + "\"}",
                            at,
                            proposal));
        }
        ObjectNode content = object("{\"proposal\":\"" + proposal.digest() + "\"}");
        var listed = content.putArray("votes");
        votes.forEach(vote -> listed.add(vote.digest()));
        votes.add(proposal);
        return act(chair, Kind.DECISION, content.toString(), at, votes.toArray(Act[]::new));
    }

    Replay replay() {
        return Replay.of(acts);
    }

    Verdict verdict(Act act) {
        return Objects.requireNonNull(replay().verdicts().get(act.digest()));
    }

    void assertInForce(Act act) {
        assertThat(verdict(act)).isInstanceOf(Verdict.InForce.class);
    }

    /// That an act is refused, with a reason that says `why`.
    void assertRefused(Act act, String why) {
        assertThat(verdict(act))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    /// What the state has at a JSON Pointer.
    JsonNode state(String pointer) {
        return replay().state().json().at(pointer);
    }
}
