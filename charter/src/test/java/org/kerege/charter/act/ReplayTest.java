package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerege.charter.act.SmallAlliance.day;
import static org.kerege.charter.act.SmallAlliance.object;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerege.charter.MalformedCharter;
import tools.jackson.databind.node.ObjectNode;

class ReplayTest {

    private static final Instant HANDOVER = Instant.parse("2025-01-01T00:00:00Z");

    private final SmallAlliance alliance = new SmallAlliance();

    private void assertRefused(Act act, Verdict.Reason reason) {
        assertThat(alliance.verdict(act))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static final String SESSION = "{\"title\":\"S\"}";

    @Test
    void the_chair_convenes_until_the_handover_and_the_next_from_that_instant() {
        Act inTime = alliance.act("A", Kind.CONVENE, SESSION, HANDOVER.minusSeconds(1));
        Act late = alliance.act("A", Kind.CONVENE, SESSION, HANDOVER);
        Act next = alliance.act("B", Kind.CONVENE, SESSION, HANDOVER);
        assertThat(alliance.verdict(inTime)).isInstanceOf(Verdict.InForce.class);
        assertRefused(late, Verdict.Reason.NOT_ENTITLED);
        assertThat(alliance.verdict(next)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void an_act_that_claims_an_earlier_time_counts_from_when_it_was_witnessed() {
        Act backDated =
                alliance.author("A")
                        .sign(
                                Kind.CONVENE,
                                alliance.founding.digest(),
                                List.of(),
                                object(SESSION),
                                day("2024-06-01"));
        alliance.acts.add(new TimedAct(backDated, HANDOVER.plusSeconds(60)));
        assertRefused(backDated, Verdict.Reason.NOT_ENTITLED);
    }

    @Test
    void an_act_without_witnesses_is_pending() {
        Act act = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-01"));
        alliance.acts.removeLast();
        alliance.acts.add(new TimedAct(act, null));
        assertThat(alliance.verdict(act)).isInstanceOf(Verdict.Pending.class);
        assertThat(alliance.replay().state().json().path("sessions").size()).isZero();
    }

    @Test
    void a_decision_needs_its_quorum() {
        Act alone =
                alliance.decide(
                        "A",
                        "{\"kind\":\"suspend-member\",\"member\":\"C\"}",
                        day("2024-03-01"),
                        "A");
        assertThat(alliance.verdict(alone)).isInstanceOf(Verdict.InForce.class);
        ObjectNode state = alliance.replay().state().json();
        assertThat(state.at("/decisions/0/result").asString()).isEqualTo("rejected");
        assertThat(state.at("/members/C/standing").asString()).isEqualTo("member");

        alliance.decide(
                "A", "{\"kind\":\"suspend-member\",\"member\":\"C\"}", day("2024-03-02"), "A", "B");
        state = alliance.replay().state().json();
        assertThat(state.at("/decisions/1/result").asString()).isEqualTo("adopted");
        assertThat(state.at("/members/C/standing").asString()).isEqualTo("suspended");
    }

    @Test
    void a_closing_act_may_not_leave_out_a_vote() {
        Act proposal = alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-01"));
        alliance.act(
                "B",
                Kind.VOTE,
                "{\"position\":\"against\",\"proposal\":\"" + proposal.digest() + "\"}",
                day("2024-03-02"),
                proposal);
        Act closing =
                alliance.act(
                        "A",
                        Kind.DECISION,
                        "{\"votes\":[],\"proposal\":\"" + proposal.digest() + "\"}",
                        day("2024-03-03"),
                        proposal);
        assertRefused(closing, Verdict.Reason.MALFORMED);
    }

    @Test
    void a_swap_of_turns_by_decision_moves_the_chair_and_its_authority() {
        alliance.decide(
                "A",
                "{\"kind\":\"rotation\",\"decision\":{\"kind\":\"swap\",\"members\":[\"B\",\"C\"]}}",
                day("2024-05-01"),
                "A",
                "B",
                "C");
        Act byC = alliance.act("C", Kind.CONVENE, SESSION, HANDOVER);
        assertThat(alliance.verdict(byC)).isInstanceOf(Verdict.InForce.class);
        var rotation = alliance.replay().state().rotation();
        assertThat(rotation.chairAt(HANDOVER).member()).isEqualTo("C");
        assertThat(rotation.chairAt(HANDOVER, day("2024-04-30")).member()).isEqualTo("B");
    }

    @Test
    void a_kind_that_is_not_known_is_kept_without_effect() {
        Act act = alliance.act("A", "dissolve-everything", "{}", day("2024-02-01"));
        Act after = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-02"));
        assertThat(alliance.verdict(act)).isInstanceOf(Verdict.UnknownKind.class);
        assertThat(alliance.verdict(after)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void a_gap_in_a_chain_waits_for_what_is_missing() {
        Act missing = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-01"));
        Act after = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-02"));
        TimedAct first = alliance.acts.remove(alliance.acts.size() - 2);
        assertThat(alliance.verdict(after)).isInstanceOf(Verdict.Waiting.class);
        alliance.acts.add(first);
        assertThat(alliance.verdict(missing)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.verdict(after)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void two_acts_of_one_number_are_evidence_and_freeze_the_key() {
        Act first = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-01"));
        Author forked = new Author(SmallAlliance.key("A"), alliance.founding);
        Act second =
                forked.sign(
                        Kind.CONVENE,
                        alliance.founding.digest(),
                        List.of(),
                        object("{\"title\":\"other\"}"),
                        day("2024-02-01"));
        alliance.acts.add(new TimedAct(second, day("2024-03-01")));
        Act after = alliance.act("A", Kind.CONVENE, SESSION, day("2024-04-01"));

        assertThat(alliance.verdict(first)).isInstanceOf(Verdict.InForce.class);
        assertRefused(second, Verdict.Reason.DUPLICATE_NUMBER);
        assertRefused(after, Verdict.Reason.KEY_FROZEN);
        assertThat(alliance.replay().misbehaviours())
                .containsExactly(new Misbehaviour("a.example", 2, first, second));
    }

    @Test
    void two_acts_of_one_number_at_one_time_have_no_effect_either() {
        Act first = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-01"));
        Act second =
                new Author(SmallAlliance.key("A"), alliance.founding)
                        .sign(
                                Kind.CONVENE,
                                alliance.founding.digest(),
                                List.of(),
                                object("{\"title\":\"other\"}"),
                                day("2024-02-01"));
        alliance.acts.add(new TimedAct(second, day("2024-02-01")));
        assertThat(alliance.verdict(first)).isInstanceOf(Verdict.Refused.class);
        assertThat(alliance.verdict(second)).isInstanceOf(Verdict.Refused.class);
        assertThat(alliance.replay().misbehaviours()).isNotEmpty();
    }

    @Test
    void a_forged_twin_does_not_freeze_the_key_of_another() {
        Act honest = alliance.act("A", Kind.CONVENE, SESSION, day("2024-02-01"));
        ObjectNode forged = honest.json().deepCopy();
        forged.withObject("/content").put("title", "forged");
        Act twin = Act.read(forged);
        alliance.acts.add(new TimedAct(twin, day("2024-01-15")));
        assertRefused(twin, Verdict.Reason.WRONG_SIGNATURE);
        assertThat(alliance.verdict(honest)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.replay().misbehaviours()).isEmpty();
    }

    @Test
    void a_key_that_is_unknown_or_ended_signs_nothing() {
        Act stranger =
                new Author(SmallAlliance.key("X"), null)
                        .sign(
                                Kind.CONVENE,
                                alliance.founding.digest(),
                                List.of(),
                                object(SESSION),
                                day("2024-02-01"));
        alliance.acts.add(new TimedAct(stranger, day("2024-02-01")));
        assertRefused(stranger, Verdict.Reason.UNKNOWN_KEY);

        alliance.act(
                "B",
                Kind.KEY_ROTATED,
                "{\"key\":\"" + SmallAlliance.key("B2").verifier() + "\"}",
                day("2024-03-01"));
        Act byOld = alliance.act("B", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-02"));
        assertRefused(byOld, Verdict.Reason.EXPIRED_KEY);
        alliance.authors.put("B2", new Author(SmallAlliance.key("B2"), null));
        Act byNew = alliance.act("B2", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-03"));
        assertThat(alliance.verdict(byNew)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void a_mandate_signs_its_records_within_its_term_and_nothing_else() {
        alliance.decide(
                "A",
                """
                {"kind": "mandate", "title": "Special representative", "member": "B", "key": "%s",
                 "from": "2024-04-01T00:00:00Z", "until": "2024-10-01T00:00:00Z",
                 "tasks": ["contact"], "reports": ["2024-07-01"]}
                """
                        .formatted(SmallAlliance.key("SR").verifier()),
                day("2024-03-01"),
                "A",
                "B");
        alliance.authors.put("SR", new Author(SmallAlliance.key("SR"), null));
        String contact = "{\"task\":\"contact\",\"text\":\"met\"}";
        Act within = alliance.act("SR", Kind.MANDATE_RECORD, contact, day("2024-05-01"));
        Act beyond = alliance.act("SR", Kind.CONVENE, SESSION, day("2024-05-02"));
        Act lapsed = alliance.act("SR", Kind.MANDATE_RECORD, contact, day("2024-10-02"));
        assertThat(alliance.verdict(within)).isInstanceOf(Verdict.InForce.class);
        assertRefused(beyond, Verdict.Reason.NOT_ENTITLED);
        assertRefused(lapsed, Verdict.Reason.EXPIRED_KEY);
    }

    @Test
    void a_mandate_is_reported_from_its_records_with_what_was_not_done() {
        Act decision =
                alliance.decide(
                        "A",
                        """
                        {"kind": "mandate", "title": "Special representative", "holder": "N. N.",
                         "member": "B", "key": "%s", "from": "2024-04-01T00:00:00Z",
                         "until": "2024-10-01T00:00:00Z", "tasks": ["contact", "visit"],
                         "reports": ["2024-07-01", "2024-09-30"]}
                        """
                                .formatted(SmallAlliance.key("SR").verifier()),
                        day("2024-03-01"),
                        "A",
                        "B");
        alliance.authors.put("SR", new Author(SmallAlliance.key("SR"), null));
        Act met =
                alliance.act(
                        "SR",
                        Kind.MANDATE_RECORD,
                        "{\"task\":\"contact\",\"report\":\"2024-07-01\"}",
                        day("2024-06-30"));
        AllianceState state = alliance.replay().state();
        var report = MandateReport.all(state, day("2024-10-05")).path(decision.digest());
        assertThat(report.path("lapsed").asBoolean()).isTrue();
        assertThat(report.at("/tasks/contact/acts/0").asString()).isEqualTo(met.digest());
        assertThat(report.at("/unmet_tasks/0").asString()).isEqualTo("visit");
        assertThat(report.at("/undelivered_reports/0/due").asString()).isEqualTo("2024-09-30");
        assertThat(report.at("/undelivered_reports/0/overdue").asBoolean()).isTrue();
    }

    @Test
    void the_next_chair_accepts_the_dossier_before_the_handover_and_writes_after() {
        Act open = alliance.act("A", Kind.PROPOSE, "{\"title\":\"Open\"}", day("2024-11-01"));
        Dossier before = Dossier.of(alliance.replay().state(), day("2024-12-01"));
        assertThat(before.from()).isEqualTo("A");
        assertThat(before.to()).isEqualTo("B");
        assertThat(before.handover()).isEqualTo(HANDOVER);
        assertThat(before.items())
                .extracting(Dossier.Item::id)
                .containsExactly("proposal:" + open.digest(), "key:b.example");
        for (Dossier.Item item : before.items()) {
            alliance.act(
                    "B", Kind.ITEM_ACCEPTED, "{\"item\":\"" + item.id() + "\"}", day("2024-12-02"));
        }
        Act tooEarly = alliance.act("B", Kind.CONVENE, SESSION, HANDOVER.minusSeconds(1));
        Act inTime = alliance.act("B", Kind.CONVENE, SESSION, HANDOVER);
        assertThat(Dossier.of(alliance.replay().state(), day("2024-12-03")).isComplete()).isTrue();
        assertRefused(tooEarly, Verdict.Reason.NOT_ENTITLED);
        assertThat(alliance.verdict(inTime)).isInstanceOf(Verdict.InForce.class);
    }

    @Test
    void silence_is_concluded_from_receipts_and_objections_alone() {
        Act proposal = alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-01"));
        String about = "\"proposal\":\"" + proposal.digest() + "\"";
        alliance.act(
                "A",
                Kind.SILENCE_OPENED,
                "{"
                        + about
                        + ",\"deadline\":\"2024-03-10T12:00:00Z\",\"notice_hours\":24,"
                        + "\"to_session\":\"2024-03-20T12:00:00Z\"}",
                day("2024-03-02"),
                proposal);
        for (String member : List.of("A", "B", "C")) {
            alliance.act(member, Kind.RECEIPT, "{" + about + "}", day("2024-03-03"), proposal);
        }
        Act early =
                alliance.act(
                        "B",
                        Kind.SILENCE_CONCLUDED,
                        "{" + about + "}",
                        day("2024-03-09"),
                        proposal);
        Act late =
                alliance.act(
                        "B",
                        Kind.SILENCE_CONCLUDED,
                        "{" + about + "}",
                        day("2024-03-10"),
                        proposal);
        assertRefused(early, Verdict.Reason.NOT_ENTITLED);
        assertThat(alliance.verdict(late)).isInstanceOf(Verdict.InForce.class);
        assertThat(alliance.replay().state().json().at("/decisions/0/result").asString())
                .isEqualTo("adopted");
    }

    @Test
    void refuses_what_is_no_act_naming_the_property() {
        ObjectNode act = alliance.founding.json();
        for (String name :
                List.of("id", "kind", "key", "number", "content", "signature", "created")) {
            ObjectNode without = act.deepCopy();
            without.remove(name);
            assertThatThrownBy(() -> Act.read(without))
                    .isInstanceOf(MalformedCharter.class)
                    .hasMessageContaining(name);
        }
        ObjectNode zero = act.deepCopy();
        zero.put("number", 0);
        assertThatThrownBy(() -> Act.read(zero)).isInstanceOf(MalformedCharter.class);
    }

    /// A history with honest, unentitled and forked acts, from a seed.
    private static SmallAlliance history(long seed, int steps) {
        Random random = new Random(seed);
        SmallAlliance alliance = new SmallAlliance();
        List<String> members = List.of("A", "B", "C");
        Instant at = day("2024-02-01");
        for (int i = 0; i < steps; i++) {
            at = at.plusSeconds(random.nextInt(40) * 86_400L);
            String one = members.get(random.nextInt(3));
            String other = members.get(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0 -> alliance.act(one, Kind.CONVENE, SESSION, at);
                case 1 -> alliance.act(one, Kind.PROPOSE, "{\"title\":\"P\"}", at);
                case 2 -> alliance.act(one, "no-such-kind", "{}", at);
                case 3 ->
                        alliance.decide(
                                one,
                                "{\"kind\":\"rotation\",\"decision\":{\"kind\":\"swap\",\"members\":[\""
                                        + one
                                        + "\",\""
                                        + other
                                        + "\"]}}",
                                at,
                                "A",
                                "B",
                                "C");
                case 4 ->
                        alliance.decide(
                                one,
                                "{\"kind\":\"suspend-member\",\"member\":\"" + other + "\"}",
                                at,
                                "A",
                                "B");
                case 5 ->
                        alliance.decide(
                                one,
                                "{\"kind\":\"readmit-member\",\"member\":\"" + other + "\"}",
                                at,
                                "A",
                                "B",
                                "C");
                case 6 -> {
                    Act fork =
                            new Author(
                                            SmallAlliance.key(one),
                                            one.equals("A") ? alliance.founding : null)
                                    .sign(
                                            Kind.CONVENE,
                                            alliance.founding.digest(),
                                            List.of(),
                                            object("{\"title\":\"fork " + i + "\"}"),
                                            at);
                    if (random.nextInt(4) == 0) {
                        alliance.acts.add(new TimedAct(fork, at));
                    }
                }
                default ->
                        alliance.decide(
                                one,
                                "{\"kind\":\"withdraw-member\",\"member\":\"" + other + "\"}",
                                at,
                                one);
            }
        }
        return alliance;
    }

    private static void check(long seed) {
        SmallAlliance alliance = history(seed, 7);
        Replay replay = alliance.replay();
        List<TimedAct> shuffled = new ArrayList<>(alliance.acts);
        Collections.shuffle(shuffled, new Random(seed));
        Replay other = Replay.of(shuffled);
        assertThat(other.state().digest()).isEqualTo(replay.state().digest());
        assertThat(other.verdicts()).isEqualTo(replay.verdicts());

        // No retroactive power: who chaired by what was known then, chaired.
        Instant middle = alliance.acts.get(alliance.acts.size() / 2).witnessed();
        List<TimedAct> until =
                alliance.acts.stream()
                        .filter(one -> !Objects.requireNonNull(one.witnessed()).isAfter(middle))
                        .toList();
        Replay then = Replay.of(until);
        assertThat(replay.state().rotation().chairAt(Objects.requireNonNull(middle)).member())
                .isEqualTo(then.state().rotation().chairAt(middle).member());

        // No decision in force without its quorum: two thirds of those with a vote, never one
        // alone.
        for (var decision : replay.state().json().path("decisions")) {
            int base = 0;
            int present = 0;
            for (var one : decision.at("/trace/0/counted")) {
                base += one.path("why").asString().equals("suspended") ? 0 : 1;
                present += one.path("as").asString().equals("absent") ? 0 : 1;
            }
            boolean adopted = decision.path("result").asString().equals("adopted");
            assertThat(adopted && (present < 2 || 3 * present < 2 * base)).isFalse();
        }
    }

    @Property(tries = 1_000)
    void arrival_order_never_matters_and_no_act_reaches_back(@ForAll long seed) {
        check(seed);
    }

    @Tag("long")
    @Property(tries = 100_000)
    void arrival_order_never_matters_in_a_hundred_thousand_histories(@ForAll long seed) {
        check(seed);
    }
}
