package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.day;
import static org.kerege.charter.act.SmallAlliance.key;

import org.junit.jupiter.api.Test;

/// A session from its call to the act that fixes what belonged to it.
class SessionsTest {

    private final SmallAlliance alliance = new SmallAlliance();

    private Act in(Act session, String member, String kind, String more, String day) {
        return alliance.act(
                member, kind, "{\"session\":\"" + session.digest() + "\"" + more + "}", day(day));
    }

    private static String acts(Act... acts) {
        StringBuilder list = new StringBuilder(",\"acts\":[");
        for (Act act : acts) {
            list.append(list.toString().endsWith("[") ? "\"" : ",\"").append(act.digest());
            list.append('"');
        }
        return list.append(']').toString();
    }

    @Test
    void the_closing_act_fixes_its_set() {
        Act session = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-01"));
        Act agenda = in(session, "A", Kind.AGENDA, ",\"items\":[\"One\"]", "2024-03-02");
        Act present = in(session, "A", Kind.PRESENCE, ",\"present\":[\"A\",\"B\"]", "2024-03-03");
        Act position = in(session, "B", Kind.POSITION, ",\"text\":\"We agree\"", "2024-03-03");
        Act minutes = in(session, "A", Kind.RECORD, ",\"text\":\"Agreed\"", "2024-03-03");
        Act without = in(session, "A", Kind.SESSION_CLOSED, acts(agenda, present), "2024-03-04");
        Act other =
                in(
                        session,
                        "A",
                        Kind.SESSION_CLOSED,
                        acts(agenda, present, position, minutes, session),
                        "2024-03-04");
        Act closed =
                in(
                        session,
                        "A",
                        Kind.SESSION_CLOSED,
                        acts(agenda, present, position, minutes),
                        "2024-03-04");
        Act late = in(session, "B", Kind.POSITION, ",\"text\":\"One more\"", "2024-03-05");
        alliance.assertRefused(without, "leaves out act " + position.digest());
        alliance.assertRefused(other, "lists what is no act of the session");
        alliance.assertInForce(closed);
        alliance.assertRefused(late, "the session is closed by act " + closed.digest());
        assertThat(alliance.state("/sessions/0/positions/0/member").asString()).isEqualTo("B");
        assertThat(alliance.state("/sessions/0/record/text").asString()).isEqualTo("Agreed");
    }

    @Test
    void credentials_that_end_in_mid_session_count_no_more() {
        Act session = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-01"));
        in(session, "A", Kind.CREDENTIALS, ",\"until\":\"2024-03-10T00:00:00Z\"", "2024-03-02");
        in(session, "B", Kind.CREDENTIALS, ",\"until\":\"2024-03-05T00:00:00Z\"", "2024-03-02");
        Act proposal = alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", day("2024-03-03"));
        Act forA = vote("A", proposal);
        Act forB = vote("B", proposal);
        in(
                session,
                "A",
                Kind.DECISION,
                ",\"proposal\":\"%s\",\"votes\":[\"%s\",\"%s\"]"
                        .formatted(proposal.digest(), forA.digest(), forB.digest()),
                "2024-03-06");
        assertThat(alliance.state("/decisions/0/result").asString()).isEqualTo("rejected");
        assertThat(alliance.state("/decisions/0/trace/0/counted/1/as").asString())
                .isEqualTo("absent");
    }

    private Act vote(String member, Act proposal) {
        return alliance.act(
                member,
                Kind.VOTE,
                "{\"position\":\"for\",\"proposal\":\"" + proposal.digest() + "\"}",
                day("2024-03-04"));
    }

    @Test
    void two_members_get_their_session_where_the_chair_does_not_call_it() {
        Act asked =
                alliance.act(
                        "B", Kind.SESSION_REQUESTED, "{\"title\":\"Urgent\"}", day("2024-03-01"));
        String request = "{\"title\":\"Urgent\",\"request\":\"" + asked.digest() + "\"}";
        Act alone = alliance.act("B", Kind.CONVENE, request, day("2024-03-20"));
        alliance.act("C", Kind.SESSION_REQUESTED, request, day("2024-03-21"));
        Act early = alliance.act("B", Kind.CONVENE, request, day("2024-03-28").minusSeconds(1));
        Act inTime = alliance.act("B", Kind.CONVENE, request, day("2024-03-28"));
        alliance.assertRefused(alone, "1 asked for this session, 2 are needed");
        alliance.assertRefused(early, "the chair may convene this session itself until");
        alliance.assertInForce(inTime);
        alliance.assertInForce(in(inTime, "B", Kind.AGENDA, ",\"items\":[\"One\"]", "2024-03-29"));
        alliance.assertRefused(
                in(inTime, "C", Kind.AGENDA, ",\"items\":[]", "2024-03-29"), "the chair at");
        Act again = alliance.act("C", Kind.CONVENE, request, day("2024-04-01"));
        alliance.assertRefused(again, "is convened");
    }

    @Test
    void the_chair_answers_a_request_at_once_and_others_do_not() {
        Act asked =
                alliance.act(
                        "B", Kind.SESSION_REQUESTED, "{\"title\":\"Urgent\"}", day("2024-03-01"));
        String request = "{\"title\":\"Urgent\",\"request\":\"" + asked.digest() + "\"}";
        Act byC = alliance.act("C", Kind.CONVENE, request, day("2024-03-02"));
        Act byA = alliance.act("A", Kind.CONVENE, request, day("2024-03-02"));
        alliance.assertRefused(byC, "C did not ask");
        alliance.assertInForce(byA);
    }

    @Test
    void observers_and_partners_are_recorded_as_present_and_nobody_else() {
        alliance.decide(
                "A",
                "{\"kind\":\"admit-observer\",\"name\":\"Watch\"}",
                day("2024-03-01"),
                "A",
                "B");
        Act session = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-01"));
        Act good = in(session, "A", Kind.PRESENCE, ",\"observers\":[\"Watch\"]", "2024-03-02");
        Act bad = in(session, "A", Kind.PRESENCE, ",\"observers\":[\"X\"]", "2024-03-02");
        alliance.assertInForce(good);
        alliance.assertRefused(bad, "'X' is not an observer or partner");
        alliance.decide(
                "A", "{\"kind\":\"end-observer\",\"name\":\"Watch\"}", day("2024-03-03"), "A", "B");
        alliance.assertRefused(
                in(session, "A", Kind.PRESENCE, ",\"observers\":[\"Watch\"]", "2024-03-04"),
                "'Watch' is not an observer");
    }

    @Test
    void an_office_signs_for_the_chair_what_its_decision_names_and_within_its_term() {
        alliance.decide(
                "A",
                """
                {"kind": "appoint", "office": "secretariat", "member": "B", "key": "%s",
                 "from": "2024-04-01T00:00:00Z", "until": "2024-10-01T00:00:00Z",
                 "may": ["agenda", "record"]}
                """
                        .formatted(key("Office").verifier()),
                day("2024-03-01"),
                "A",
                "B");
        alliance.authors.put("Office", new Author(key("Office"), null));
        Act session = alliance.act("A", Kind.CONVENE, "{\"title\":\"S\"}", day("2024-03-01"));
        alliance.assertInForce(
                in(session, "Office", Kind.AGENDA, ",\"items\":[\"One\"]", "2024-04-02"));
        alliance.assertRefused(
                in(session, "Office", Kind.PRESENCE, ",\"present\":[\"A\"]", "2024-04-02"),
                "signs its records");
        alliance.assertRefused(
                in(session, "Office", Kind.RECORD, ",\"text\":\"Late\"", "2024-10-01"),
                "may sign from");
    }

    @Test
    void an_office_is_not_let_sign_what_only_the_chair_may() {
        Act decision =
                alliance.decide(
                        "A",
                        "{\"kind\":\"appoint\",\"office\":\"o\",\"may\":[\"convene\"]}",
                        day("2024-03-01"),
                        "A",
                        "B");
        alliance.assertInForce(decision);
        assertThat(alliance.state("/decisions/0/measures/0/failed").asString())
                .contains("an office may sign for the chair");
    }

    @Test
    void a_session_finds_what_members_are_late_with() {
        Act proposal =
                alliance.act(
                        "A",
                        Kind.PROPOSE,
                        "{\"title\":\"P\",\"due\":\"2024-05-01\"}",
                        day("2024-03-01"));
        Act decision = alliance.close("A", proposal, day("2024-03-01"), "A", "B");
        alliance.act(
                "A",
                Kind.FOLLOW_UP,
                "{\"status\":\"implemented\",\"decision\":\"" + decision.digest() + "\"}",
                day("2024-04-01"));
        alliance.act("A", Kind.CONVENE, "{\"title\":\"Before\"}", day("2024-05-01"));
        alliance.act("A", Kind.CONVENE, "{\"title\":\"After\"}", day("2024-05-02"));
        assertThat(alliance.state("/sessions/0/follow_up")).isEmpty();
        assertThat(alliance.state("/sessions/1/follow_up/0/overdue/0").asString()).isEqualTo("B");
    }

    @Test
    void a_joint_statement_is_issued_once_each_of_its_parties_has_signed() {
        Act statement =
                alliance.act(
                        "A",
                        Kind.JOINT_STATEMENT,
                        "{\"title\":\"T\",\"parties\":[\"A\",\"B\"],\"texts\":{\"ru\":\"Т\"},\"authentic\":\"ru\"}",
                        day("2024-03-01"));
        assertThat(alliance.state("/statements/0/issued").isNull()).isTrue();
        String about = "{\"statement\":\"" + statement.digest() + "\"}";
        Act byC = alliance.act("C", Kind.STATEMENT_JOINED, about, day("2024-03-02"));
        Act byB = alliance.act("B", Kind.STATEMENT_JOINED, about, day("2024-03-03"));
        Act twice = alliance.act("B", Kind.STATEMENT_JOINED, about, day("2024-03-04"));
        alliance.assertRefused(byC, "the statement is not of C");
        alliance.assertInForce(byB);
        alliance.assertRefused(twice, "B has signed the statement already");
        assertThat(alliance.state("/statements/0/issued").asString()).startsWith("2024-03-03");
    }
}
