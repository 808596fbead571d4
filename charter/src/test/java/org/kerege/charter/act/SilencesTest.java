package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.day;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Silence procedures as acts: opened, prolonged, stopped, opened again, and never consent where nothing was received.
class SilencesTest {

    private final SmallAlliance alliance = new SmallAlliance();
    private final Act proposal =
            alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-01"));
    private final String about = "\"proposal\":\"" + proposal.digest() + "\"";

    private Act act(String member, String kind, String day) {
        return alliance.act(member, kind, "{" + about + "}", day(day));
    }

    private Act times(String kind, String deadline, String toSession, String day) {
        return alliance.act(
                "A",
                kind,
                "{%s,\"deadline\":\"%s\",\"notice_hours\":24,\"to_session\":\"%s\"}"
                        .formatted(about, deadline, toSession),
                day(day));
    }

    private Act open(String day) {
        return times(Kind.SILENCE_OPENED, "2024-03-10T12:00:00Z", "2024-03-20T12:00:00Z", day);
    }

    @Test
    void a_receipt_from_before_the_procedure_is_none() {
        Act early = act("B", Kind.RECEIPT, "2024-03-02");
        open("2024-03-03");
        Act good = act("B", Kind.RECEIPT, "2024-03-04");
        alliance.assertRefused(early, "no silence procedure is open");
        alliance.assertInForce(good);
    }

    @Test
    void more_time_is_given_while_it_runs_and_none_is_taken() {
        open("2024-03-03");
        alliance.assertInForce(
                times(
                        Kind.SILENCE_EXTENDED,
                        "2024-03-12T12:00:00Z",
                        "2024-03-22T12:00:00Z",
                        "2024-03-04"));
        alliance.assertRefused(
                times(
                        Kind.SILENCE_EXTENDED,
                        "2024-03-11T12:00:00Z",
                        "2024-03-22T12:00:00Z",
                        "2024-03-05"),
                "only moves times later");
        for (String member : List.of("A", "B", "C")) {
            act(member, Kind.RECEIPT, "2024-03-06");
        }
        alliance.assertRefused(act("A", Kind.SILENCE_CONCLUDED, "2024-03-11"), "runs still");
        alliance.assertRefused(
                times(
                        Kind.SILENCE_EXTENDED,
                        "2024-04-11T12:00:00Z",
                        "2024-04-22T12:00:00Z",
                        "2024-03-13"),
                "the silence has ended");
        alliance.assertInForce(act("A", Kind.SILENCE_CONCLUDED, "2024-03-13"));
    }

    @Test
    void one_that_was_stopped_is_opened_again_with_receipts_of_its_own() {
        open("2024-03-02");
        act("B", Kind.RECEIPT, "2024-03-03");
        alliance.assertInForce(act("A", Kind.SILENCE_SUSPENDED, "2024-03-04"));
        alliance.assertRefused(
                act("C", Kind.RECEIPT, "2024-03-05"), "no silence procedure is open");
        alliance.assertInForce(
                times(
                        Kind.SILENCE_OPENED,
                        "2024-04-10T12:00:00Z",
                        "2024-04-20T12:00:00Z",
                        "2024-03-06"));
        assertThat(alliance.state("/proposals/0/receipts")).isEmpty();
        assertThat(alliance.state("/proposals/0/earlier_silences/0/receipts/B").asString())
                .startsWith("2024-03-03");
    }

    @Test
    void one_that_was_broken_is_opened_again() {
        open("2024-03-02");
        act("B", Kind.OBJECTION, "2024-03-03");
        alliance.assertInForce(act("C", Kind.SILENCE_CONCLUDED, "2024-03-04"));
        assertThat(alliance.state("/decisions/0/result").asString()).isEqualTo("broken");
        alliance.assertInForce(
                times(
                        Kind.SILENCE_OPENED,
                        "2024-04-10T12:00:00Z",
                        "2024-04-20T12:00:00Z",
                        "2024-03-06"));
        for (String member : List.of("A", "B", "C")) {
            act(member, Kind.RECEIPT, "2024-03-07");
        }
        alliance.assertInForce(act("C", Kind.SILENCE_CONCLUDED, "2024-04-11"));
        assertThat(alliance.state("/decisions/1/result").asString()).isEqualTo("adopted");
    }

    @Test
    void a_deadline_is_a_local_time_of_a_named_zone() {
        // Brussels goes from UTC+1 to UTC+2 on 31 March 2024 at 01:00 UTC: 02:30 is shown by no
        // clock.
        for (String[] one :
                new String[][] {
                    {"2024-03-31T02:30", "2024-03-31T01:30:00Z"},
                    {"2024-03-30T12:00", "2024-03-30T11:00:00Z"},
                    {"2024-03-31T12:00", "2024-03-31T10:00:00Z"},
                    {"2024-10-27T02:30", "2024-10-27T00:30:00Z"},
                    {"2028-02-29T12:00", "2028-02-29T11:00:00Z"}
                }) {
            SmallAlliance fresh = new SmallAlliance();
            Act matter = fresh.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-01"));
            fresh.act(
                    "A",
                    Kind.SILENCE_OPENED,
                    """
                    {"proposal": "%s", "zone": "Europe/Brussels", "deadline": "%s",
                     "notice_hours": 24, "to_session": "2029-01-01T00:00"}
                    """
                            .formatted(matter.digest(), one[0]),
                    day("2024-03-02"));
            assertThat(fresh.replay().state().json().at("/proposals/0/silence/deadline").asString())
                    .isEqualTo(one[1]);
        }
        alliance.assertRefused(
                times(
                        Kind.SILENCE_OPENED,
                        "2024-03-31T02:30",
                        "2024-04-01T00:00:00Z",
                        "2024-03-02"),
                "is no instant");
    }

    /// Each member's node is cut off or not; whoever is never counts as consenting.
    @Property(tries = 300)
    void a_member_that_is_cut_off_is_never_counted_as_consenting(@ForAll long seed) {
        Random random = new Random(seed);
        SmallAlliance fresh = new SmallAlliance();
        Act matter = fresh.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-01"));
        String content = "{\"proposal\":\"" + matter.digest() + "\"}";
        fresh.act(
                "A",
                Kind.SILENCE_OPENED,
                """
                {"proposal": "%s", "deadline": "2024-03-10T12:00:00Z", "notice_hours": 48,
                 "to_session": "2024-03-20T12:00:00Z"}
                """
                        .formatted(matter.digest()),
                day("2024-03-02"));
        boolean everybody = true;
        for (String member : List.of("A", "B", "C")) {
            // Within the second of the opening nothing says which of the two acts came first.
            int hours = 1 + random.nextInt(24 * 24 - 1);
            boolean received = random.nextInt(4) > 0;
            everybody &= received && hours <= 24 * 16;
            if (received) {
                fresh.act(
                        member,
                        Kind.RECEIPT,
                        content,
                        day("2024-03-02").plusSeconds(3_600L * hours));
            }
        }
        fresh.act("B", Kind.SILENCE_CONCLUDED, content, day("2024-03-27"));
        assertThat(fresh.replay().state().json().at("/decisions/0/result").asString())
                .isEqualTo(everybody ? "adopted" : "put-to-session");
    }
}
