package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.day;

import org.junit.jupiter.api.Test;

/// Who loses its vote, by whose decision, and what the last ones with a vote cannot do.
class StandingTest {

    private static final String SUSPEND_C = "{\"kind\":\"suspend-member\",\"member\":\"C\"}";
    private static final String SUSPEND_A = "{\"kind\":\"suspend-member\",\"member\":\"A\"}";

    private final SmallAlliance alliance = new SmallAlliance();

    private String standing(String member) {
        return alliance.replay().state().json().at("/members/" + member + "/standing").asString();
    }

    @Test
    void the_member_concerned_neither_hinders_nor_carries_its_own_suspension() {
        Act proposal =
                alliance.act(
                        "A",
                        Kind.PROPOSE,
                        "{\"title\":\"P\",\"measures\":[" + SUSPEND_C + "]}",
                        day("2024-03-01"));
        String about = "\"proposal\":\"" + proposal.digest() + "\"";
        Act against =
                alliance.act(
                        "C",
                        Kind.VOTE,
                        "{\"position\":\"against\"," + about + "}",
                        day("2024-03-02"));
        Act byA =
                alliance.act(
                        "A", Kind.VOTE, "{\"position\":\"for\"," + about + "}", day("2024-03-02"));
        Act byB =
                alliance.act(
                        "B", Kind.VOTE, "{\"position\":\"for\"," + about + "}", day("2024-03-02"));
        alliance.act(
                "A",
                Kind.DECISION,
                "{%s,\"votes\":[\"%s\",\"%s\",\"%s\"]}"
                        .formatted(about, against.digest(), byA.digest(), byB.digest()),
                day("2024-03-03"));
        assertThat(standing("C")).isEqualTo("suspended");
    }

    @Test
    void one_suspension_does_not_make_the_next_one_easier() {
        alliance.decide("A", SUSPEND_C, day("2024-03-01"), "A", "B");
        alliance.decide(
                "A", "{\"kind\":\"suspend-member\",\"member\":\"B\"}", day("2024-03-02"), "A");
        assertThat(standing("B")).isEqualTo("member");
        assertThat(alliance.replay().state().json().at("/decisions/1/result").asString())
                .isEqualTo("rejected");
    }

    @Test
    void a_suspension_is_decided_by_itself_and_never_by_silence() {
        Act two =
                alliance.act(
                        "A",
                        Kind.PROPOSE,
                        "{\"title\":\"P\",\"measures\":[%s,%s]}".formatted(SUSPEND_C, SUSPEND_A),
                        day("2024-03-01"));
        assertThat(alliance.verdict(two)).isInstanceOf(Verdict.Refused.class);
        Act one =
                alliance.act(
                        "A",
                        Kind.PROPOSE,
                        "{\"title\":\"P\",\"measures\":[" + SUSPEND_C + "]}",
                        day("2024-03-01"));
        Act silence =
                alliance.act(
                        "A",
                        Kind.SILENCE_OPENED,
                        "{\"proposal\":\"%s\",\"deadline\":\"2024-03-10T12:00:00Z\",\"notice_hours\":24,\"to_session\":\"2024-03-20T12:00:00Z\"}"
                                .formatted(one.digest()),
                        day("2024-03-02"));
        assertThat(alliance.verdict(silence)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_chair_cannot_keep_the_others_from_suspending_it() {
        Act closed = alliance.decide("B", SUSPEND_A, day("2024-03-01"), "B", "C");
        assertThat(alliance.verdict(closed)).isInstanceOf(Verdict.InForce.class);
        assertThat(standing("A")).isEqualTo("suspended");
        assertThat(alliance.replay().state().rotation().chairAt(day("2024-03-02")).member())
                .isNull();
    }

    @Test
    void while_the_chair_is_vacant_any_member_with_a_vote_convenes() {
        alliance.decide("B", SUSPEND_A, day("2024-03-01"), "B", "C");
        Act byC = alliance.act("C", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-02"));
        Act byA = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-02"));
        assertThat(alliance.verdict(byC)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.verdict(byA)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_member_leaves_by_its_own_act_and_signs_no_more() {
        Act left = alliance.act("C", Kind.WITHDRAW, "{}", day("2024-03-01"));
        Act after = alliance.act("C", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-02"));
        assertThat(alliance.verdict(left)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.verdict(after)).isInstanceOf(Verdict.Refused.class);
        assertThat(alliance.replay().state().rotation().chairAt(day("2026-02-01")).member())
                .isEqualTo("A");
    }

    @Test
    void a_name_of_a_key_is_bound_once() {
        Act taken =
                alliance.act(
                        "B",
                        Kind.KEY_ADDED,
                        "{\"key\":\"" + SmallAlliance.key("A").verifier() + "\"}",
                        day("2024-03-01"));
        assertThat(alliance.verdict(taken)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_key_signs_until_the_time_that_it_was_added_for() {
        alliance.act(
                "B",
                Kind.KEY_ADDED,
                "{\"key\":\"%s\",\"until\":\"2024-06-01T00:00:00Z\"}"
                        .formatted(SmallAlliance.key("B2").verifier()),
                day("2024-03-01"));
        alliance.authors.put("B2", new Author(SmallAlliance.key("B2"), null));
        Act within = alliance.act("B2", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-05-31"));
        Act late = alliance.act("B2", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-06-01"));
        assertThat(alliance.verdict(within)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.verdict(late))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(Verdict.Reason.EXPIRED_KEY));
    }
}
