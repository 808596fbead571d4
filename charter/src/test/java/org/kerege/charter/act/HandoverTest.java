package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.day;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/// What passes from one chair to the next, and what cannot before its time.
class HandoverTest {

    private static final Instant HANDOVER = Instant.parse("2025-01-01T00:00:00Z");

    private final SmallAlliance alliance = new SmallAlliance();

    private static Verdict verdict(Replay replay, Act act) {
        return Objects.requireNonNull(replay.verdicts().get(act.digest()));
    }

    @Test
    void two_hundred_open_items_are_handed_over_and_none_is_lost() {
        for (int i = 0; i < 200; i++) {
            alliance.act("A", Kind.PROPOSE, "{\"title\":\"P" + i + "\"}", day("2024-11-01"));
        }
        AllianceState state = alliance.replay().state();
        Dossier dossier = Dossier.of(state, day("2024-12-01"));
        assertThat(dossier.items().stream().filter(item -> item.id().startsWith("proposal:")))
                .hasSize(200);
        List<Dossier.Item> items = dossier.items();
        for (Dossier.Item item : items.subList(1, items.size())) {
            alliance.act(
                    "B", Kind.ITEM_ACCEPTED, "{\"item\":\"" + item.id() + "\"}", day("2024-12-02"));
        }
        Dossier almost = Dossier.of(alliance.replay().state(), day("2024-12-03"));
        assertThat(almost.isComplete()).isFalse();
        assertThat(almost.items().stream().filter(item -> item.acceptedBy() == null)).hasSize(1);
        // What is not accepted does not hinder the change of chair.
        assertThat(alliance.replay().state().rotation().chairAt(HANDOVER).member()).isEqualTo("B");
    }

    @Test
    void an_item_that_is_not_accepted_hinders_the_closing_and_not_the_change_of_chair() {
        for (int i = 0; i < 3; i++) {
            alliance.act("A", Kind.PROPOSE, "{\"title\":\"P" + i + "\"}", day("2024-11-01"));
        }
        Dossier dossier = Dossier.of(alliance.replay().state(), day("2024-12-01"));
        List<String> ids = dossier.items().stream().map(Dossier.Item::id).toList();
        String closing =
                "{\"handover\":\"%s\",\"inventory\":\"%s\"}"
                        .formatted(HANDOVER, dossier.inventory());
        String rest = "[\"" + String.join("\",\"", ids.subList(1, ids.size())) + "\"]";
        alliance.act("B", Kind.ITEM_ACCEPTED, "{\"items\":" + rest + "}", day("2024-12-02"));
        Act early = alliance.act("B", Kind.DOSSIER_CLOSED, closing, HANDOVER.plusSeconds(1));
        Act chairs = alliance.act("B", Kind.CONVENE, "{\"title\":\"S\"}", HANDOVER.plusSeconds(2));
        Act unknown =
                alliance.act(
                        "B",
                        Kind.ITEM_ACCEPTED,
                        "{\"item\":\"proposal:none\"}",
                        HANDOVER.plusSeconds(3));
        assertThat(verdict(alliance.replay(), early))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .isEqualTo(
                                                "1 items are not accepted, such as "
                                                        + ids.getFirst()));
        assertThat(verdict(alliance.replay(), chairs)).isInstanceOf(Verdict.InForce.class);
        assertThat(verdict(alliance.replay(), unknown)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void both_sides_sign_the_inventory_and_nobody_else_does() {
        alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-11-01"));
        Dossier dossier = Dossier.of(alliance.replay().state(), day("2024-12-01"));
        List<String> ids = dossier.items().stream().map(Dossier.Item::id).toList();
        alliance.act(
                "B",
                Kind.ITEM_ACCEPTED,
                "{\"items\":[\"" + String.join("\",\"", ids) + "\"]}",
                day("2024-12-02"));
        String closing =
                "{\"handover\":\"%s\",\"inventory\":\"%s\"}"
                        .formatted(HANDOVER, dossier.inventory());
        Act byA = alliance.act("A", Kind.DOSSIER_CLOSED, closing, day("2024-12-03"));
        Act byB = alliance.act("B", Kind.DOSSIER_CLOSED, closing, day("2024-12-03"));
        Act byC = alliance.act("C", Kind.DOSSIER_CLOSED, closing, day("2024-12-03"));
        Act other =
                alliance.act(
                        "A",
                        Kind.DOSSIER_CLOSED,
                        closing.replace(dossier.inventory(), "0".repeat(64)),
                        day("2024-12-03"));
        Replay replay = alliance.replay();
        assertThat(verdict(replay, byA)).isInstanceOf(Verdict.InForce.class);
        assertThat(verdict(replay, byB)).isInstanceOf(Verdict.InForce.class);
        assertThat(verdict(replay, byC)).isInstanceOf(Verdict.Refused.class);
        assertThat(verdict(replay, other)).isInstanceOf(Verdict.Refused.class);
        assertThat(replay.state().json().path("closures").path(HANDOVER.toString())).hasSize(2);
    }

    private static void traceOfTheNextChair(long seed) {
        Random random = new Random(seed);
        SmallAlliance alliance = new SmallAlliance();
        Act proposal = alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-02-01"));
        Instant at = day("2024-03-01");
        Act session = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", at);
        String about = "\"proposal\":\"" + proposal.digest() + "\"";
        String within = "\"session\":\"" + session.digest() + "\"";
        for (int i = 0; i < 6; i++) {
            at = at.plusSeconds(1 + random.nextInt(90 * 86_400));
            Act act =
                    switch (random.nextInt(5)) {
                        case 0 -> alliance.act("B", Kind.CONVENE, "{\"title\":\"S\"}", at);
                        case 1 ->
                                alliance.act("B", Kind.AGENDA, "{\"items\":[]," + within + "}", at);
                        case 2 ->
                                alliance.act(
                                        "B",
                                        Kind.PRESENCE,
                                        "{\"present\":[\"B\"]," + within + "}",
                                        at);
                        case 3 ->
                                alliance.act(
                                        "B", Kind.DECISION, "{\"votes\":[]," + about + "}", at);
                        default ->
                                alliance.act(
                                        "B",
                                        Kind.SILENCE_OPENED,
                                        "{\"deadline\":\"2027-01-01T00:00:00Z\",\"notice_hours\":1,\"to_session\":\"2027-01-02T00:00:00Z\","
                                                + about
                                                + "}",
                                        at);
                    };
            boolean chairs =
                    !at.isBefore(HANDOVER) && at.isBefore(Instant.parse("2026-01-01T00:00:00Z"));
            if (!chairs) {
                assertThat(verdict(alliance.replay(), act)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Property(tries = 300)
    void the_next_chair_writes_nothing_before_its_time(@ForAll long seed) {
        traceOfTheNextChair(seed);
    }

    @Tag("long")
    @Property(tries = 10_000)
    void the_next_chair_writes_nothing_before_its_time_in_ten_thousand_traces(@ForAll long seed) {
        traceOfTheNextChair(seed);
    }

    @Test
    void follow_up_is_counted_from_the_acts_of_the_members() {
        Act decision =
                alliance.decide(
                        "A",
                        "{\"kind\":\"statement\",\"title\":\"T\"}",
                        day("2024-03-01"),
                        "A",
                        "B");
        String about = "\"decision\":\"" + decision.digest() + "\"";
        alliance.act(
                "A", Kind.FOLLOW_UP, "{\"status\":\"signed\"," + about + "}", day("2024-04-01"));
        Act done =
                alliance.act(
                        "A",
                        Kind.FOLLOW_UP,
                        "{\"status\":\"implemented\",\"evidence\":[\"law 7\"]," + about + "}",
                        day("2024-05-01"));
        alliance.act(
                "B", Kind.FOLLOW_UP, "{\"status\":\"reserved\"," + about + "}", day("2024-05-02"));
        var report =
                FollowUpReport.of(alliance.replay().state(), day("2024-06-01")).at("/decisions/0");
        assertThat(report.at("/members/A/status").asString()).isEqualTo("implemented");
        assertThat(report.at("/members/A/act").asString()).isEqualTo(done.digest());
        assertThat(report.at("/members/A/evidence/0").asString()).isEqualTo("law 7");
        assertThat(report.at("/counts/reserved").asInt()).isEqualTo(1);
        assertThat(report.at("/counts/nothing").asInt()).isEqualTo(1);
        assertThat(report.path("overdue")).isEmpty();
    }

    @Test
    void who_has_not_carried_out_a_decision_after_its_day_is_overdue() {
        Act proposal =
                alliance.act(
                        "A",
                        Kind.PROPOSE,
                        "{\"title\":\"P\",\"due\":\"2024-05-31\"}",
                        day("2024-03-01"));
        Act decision = alliance.close("A", proposal, day("2024-03-02"), "A", "B", "C");
        alliance.act(
                "A",
                Kind.FOLLOW_UP,
                "{\"status\":\"implemented\",\"decision\":\"" + decision.digest() + "\"}",
                day("2024-05-01"));
        AllianceState state = alliance.replay().state();
        assertThat(FollowUpReport.of(state, day("2024-05-31")).at("/decisions/0/overdue"))
                .isEmpty();
        assertThat(
                        FollowUpReport.of(state, day("2024-06-01"))
                                .at("/decisions/0/overdue")
                                .toString())
                .isEqualTo("[\"B\",\"C\"]");
    }

    @Test
    void a_key_that_committed_itself_to_the_next_one_is_replaced_by_no_other() {
        byte[] committed =
                SmallAlliance.key("B3").verifier().toString().getBytes(StandardCharsets.UTF_8);
        alliance.act(
                "B",
                Kind.KEY_ROTATED,
                "{\"key\":\"%s\",\"next\":\"%s\"}"
                        .formatted(SmallAlliance.key("B2").verifier(), Act.sha256(committed)),
                day("2024-03-01"));
        alliance.authors.put("B2", new Author(SmallAlliance.key("B2"), null));
        Act thief = rotate("Thief");
        Act owner = rotate("B3");
        Replay replay = alliance.replay();
        assertThat(verdict(replay, thief)).isInstanceOf(Verdict.Refused.class);
        assertThat(verdict(replay, owner)).isInstanceOf(Verdict.InForce.class);
    }

    private Act rotate(String to) {
        return alliance.act(
                "B2",
                Kind.KEY_ROTATED,
                "{\"key\":\"" + SmallAlliance.key(to).verifier() + "\"}",
                day("2024-03-02"));
    }
}
