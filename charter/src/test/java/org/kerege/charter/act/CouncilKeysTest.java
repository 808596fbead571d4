package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.day;
import static org.kerege.charter.act.SmallAlliance.key;
import static org.kerege.charter.act.SmallAlliance.object;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The keys of whoever chairs are the council's: replaced by a threshold of the keys before and of the keys after, revoked
/// by k of n whoever chairs.
class CouncilKeysTest {

    private static final Instant MARCH = day("2024-03-01");

    private final SmallAlliance alliance = new SmallAlliance();

    private void assertRefused(Act act, Verdict.Reason reason, String why) {
        assertThat(alliance.verdict(act))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(reason);
                            assertThat(refused.why()).contains(why);
                        });
    }

    private String replacement(String member, String newKey, @Nullable String proof) {
        ObjectNode measure =
                object("{\"kind\":\"replace-key\"}")
                        .put("member", member)
                        .put("key", key(newKey).verifier().toString());
        if (proof != null) {
            measure.put("proof", proof);
        }
        return measure.toString();
    }

    private String proof(String member, String newKey) {
        return Possession.prove(key(newKey), alliance.founding.digest(), member);
    }

    private Act replace(String closer, String newKey, Instant at, String... voters) {
        return alliance.decide(closer, replacement("A", newKey, proof("A", newKey)), at, voters);
    }

    @Test
    void the_chair_does_not_change_its_own_key() {
        Act added =
                alliance.act(
                        "A", Kind.KEY_ADDED, "{\"key\":\"" + key("A2").verifier() + "\"}", MARCH);
        Act rotated =
                alliance.act(
                        "A", Kind.KEY_ROTATED, "{\"key\":\"" + key("A2").verifier() + "\"}", MARCH);
        assertRefused(added, Verdict.Reason.NOT_ENTITLED, "its key is changed by the council");
        assertRefused(rotated, Verdict.Reason.NOT_ENTITLED, "replace-key that 2 members");
    }

    @Test
    void the_council_replaces_the_chairs_key_by_its_threshold_before_and_after() {
        Act decision = replace("A", "A2", MARCH, "A", "B");
        assertThat(alliance.verdict(decision)).isInstanceOf(Verdict.InForce.class);
        alliance.authors.put("A2", new Author(key("A2"), null));
        Act byNew = alliance.act("A2", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-02"));
        Act byOld = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-02"));
        assertThat(alliance.verdict(byNew)).isInstanceOf(Verdict.InForce.class);
        assertRefused(byOld, Verdict.Reason.EXPIRED_KEY, "may sign from");
    }

    @Test
    void a_threshold_of_the_keys_before_is_not_enough_without_that_of_the_keys_after() {
        // A and B by their present keys; after the change A's key has shown nothing.
        Act decision = alliance.decide("A", replacement("A", "A2", null), MARCH, "A", "B");
        assertThat(alliance.verdict(decision)).isInstanceOf(Verdict.InForce.class);
        var json = alliance.replay().state().json().at("/decisions/0");
        assertThat(json.path("result").asString()).isEqualTo("rejected");
        assertThat(json.at("/trace/1/clauses/0/holds").asBoolean()).isTrue();
        assertThat(json.at("/trace/1/clauses/1/holds").asBoolean()).isFalse();
        assertThat(json.at("/trace/1/clauses/1/figures").asString()).isEqualTo("1 [B] of 2 needed");
    }

    @Test
    void a_threshold_of_the_keys_after_is_not_enough_without_that_of_the_keys_before() {
        Act decision = replace("A", "A2", MARCH, "B");
        assertThat(alliance.verdict(decision)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.replay().state().json().at("/decisions/0/result").asString())
                .isEqualTo("rejected");
    }

    @Test
    void a_proof_for_another_member_or_another_alliance_is_none() {
        for (String wrong :
                List.of(
                        proof("B", "A2"),
                        proof("A", "A3"),
                        Possession.prove(key("A2"), "0".repeat(64), "A"),
                        "not base64!")) {
            SmallAlliance other = new SmallAlliance();
            other.decide("A", replacement("A", "A2", wrong), MARCH, "A", "B");
            assertThat(other.replay().state().json().at("/decisions/0/result").asString())
                    .isEqualTo("rejected");
        }
    }

    @Test
    void who_does_not_chair_closes_a_change_of_keys_and_ends_it_no_earlier_than_it_is_adopted() {
        Act early = replace("B", "A2", MARCH, "B");
        assertRefused(early, Verdict.Reason.NOT_ENTITLED, "not adopted yet");
        Act late = replace("B", "A2", day("2024-03-02"), "B", "C");
        assertThat(alliance.verdict(late)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void k_of_n_members_revoke_a_stolen_key_of_the_chair_without_the_chair() {
        String revoke = "{\"kind\":\"revoke-key\",\"key\":\"a.example\"}";
        Act alone = alliance.decide("B", revoke, MARCH, "B");
        assertRefused(alone, Verdict.Reason.NOT_ENTITLED, "not adopted yet");
        Act both = alliance.decide("B", revoke, day("2024-03-02"), "A", "B", "C");
        assertThat(alliance.verdict(both)).isInstanceOf(Verdict.InForce.class);
        Act thief = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-03"));
        assertRefused(thief, Verdict.Reason.EXPIRED_KEY, "may sign from");
        // The chair stays with the member, which gets a key from the council.
        assertThat(alliance.replay().state().rotation().chairAt(day("2024-03-04")).member())
                .isEqualTo("A");
        replace("C", "A2", day("2024-03-05"), "B", "C");
        alliance.authors.put("A2", new Author(key("A2"), null));
        Act back = alliance.act("A2", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-06"));
        assertThat(alliance.verdict(back)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void the_owner_of_a_key_has_no_say_in_its_revocation() {
        Act decision =
                alliance.decide(
                        "A", "{\"kind\":\"revoke-key\",\"key\":\"b.example\"}", MARCH, "A", "B");
        assertThat(alliance.verdict(decision)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.replay().state().json().at("/decisions/0/result").asString())
                .isEqualTo("rejected");
    }

    @Test
    void a_key_that_committed_itself_adds_no_other_and_is_replaced_by_that_one_alone() {
        String next = Act.sha256(key("B2").verifier().toString().getBytes(StandardCharsets.UTF_8));
        Act committed =
                alliance.act(
                        "B",
                        Kind.KEY_ROTATED,
                        "{\"key\":\"%s\",\"next\":\"%s\"}".formatted(key("B1").verifier(), next),
                        MARCH);
        assertThat(alliance.verdict(committed)).isInstanceOf(Verdict.InForce.class);
        alliance.authors.put("B1", new Author(key("B1"), null));
        Act added =
                alliance.act(
                        "B1",
                        Kind.KEY_ADDED,
                        "{\"key\":\"" + key("B3").verifier() + "\"}",
                        day("2024-03-02"));
        Act other =
                alliance.act(
                        "B1",
                        Kind.KEY_ROTATED,
                        "{\"key\":\"" + key("B3").verifier() + "\"}",
                        day("2024-03-03"));
        Act right =
                alliance.act(
                        "B1",
                        Kind.KEY_ROTATED,
                        "{\"key\":\"" + key("B2").verifier() + "\"}",
                        day("2024-03-04"));
        assertRefused(added, Verdict.Reason.NOT_ENTITLED, "adds no other");
        assertRefused(other, Verdict.Reason.NOT_ENTITLED, "another next key");
        assertThat(alliance.verdict(right)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void a_chain_of_twelve_replaced_keys_holds_and_no_link_of_it_can_be_altered() {
        List<Act> decisions = new ArrayList<>();
        String current = "A";
        for (int version = 1; version <= 12; version++) {
            String fresh = "A-v" + version;
            Instant at = MARCH.plus(Duration.ofDays(version));
            Act proposal =
                    alliance.act(
                            current,
                            Kind.PROPOSE,
                            "{\"title\":\"Key\",\"measures\":["
                                    + replacement("A", fresh, proof("A", fresh))
                                    + "]}",
                            at);
            decisions.add(alliance.close(current, proposal, at, current, "B"));
            alliance.authors.put(fresh, new Author(key(fresh), null));
            current = fresh;
        }
        assertThat(decisions).allMatch(act -> alliance.verdict(act) instanceof Verdict.InForce);
        Act last = alliance.act(current, Kind.CONVENE, "{\"title\":\"S\"}", day("2024-06-01"));
        assertThat(alliance.verdict(last)).isInstanceOf(Verdict.InForce.class);

        for (int i = 0; i < alliance.acts.size(); i++) {
            TimedAct timed = alliance.acts.get(i);
            for (String field : List.of("number", "previous", "content", "key", "created")) {
                if (timed.act().json().has(field)) {
                    Act mutated = mutated(timed.act(), field);
                    List<TimedAct> acts = new ArrayList<>(alliance.acts);
                    acts.set(i, new TimedAct(mutated, timed.witnessed()));
                    assertThat(Replay.of(acts).verdicts().get(mutated.digest()))
                            .as(field + " of " + timed.act())
                            .isNotInstanceOf(Verdict.InForce.class);
                }
            }
        }
    }

    private static Act mutated(Act act, String field) {
        ObjectNode json = act.json();
        switch (field) {
            case "number" -> json.put("number", act.number() == 1 ? 1 : act.number() + 1);
            case "previous" -> json.put("previous", "0".repeat(64));
            case "content" -> json.withObject("/content").put("more", true);
            case "key" -> json.put("key", act.key() + "x");
            default -> json.put("created", "2024-01-01T00:00:00.001Z");
        }
        if (field.equals("number") && act.number() == 1) {
            json.put("kind", act.kind() + "x");
        }
        return Act.read(json);
    }
}
