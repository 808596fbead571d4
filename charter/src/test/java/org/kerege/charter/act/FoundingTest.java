package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.day;
import static org.kerege.charter.act.SmallAlliance.key;
import static org.kerege.charter.act.SmallAlliance.object;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// How an alliance comes to be: the charter, laid before its founders, and their signatures.
class FoundingTest {

    private final List<TimedAct> acts = new ArrayList<>();
    private final Map<String, Author> authors = new HashMap<>();

    private Act found(String depositary, ObjectNode charter) {
        Act founding = author(depositary).found(charter, SmallAlliance.START);
        acts.add(new TimedAct(founding, SmallAlliance.START));
        return founding;
    }

    private Author author(String name) {
        return authors.computeIfAbsent(name, _ -> new Author(key(name), null));
    }

    private Act act(String name, String kind, Act founding, Instant at) {
        Act act =
                author(name)
                        .sign(kind, founding.digest(), List.of(), object("{\"title\":\"S\"}"), at);
        acts.add(new TimedAct(act, at));
        return act;
    }

    private @Nullable Verdict verdict(Act act) {
        return Replay.of(acts).verdicts().get(act.digest());
    }

    private String standing(String member) {
        return Replay.of(acts).state().json().at("/members/" + member + "/standing").asString();
    }

    @Test
    void a_charter_is_in_force_once_every_founder_has_signed() {
        Act founding = found("A", SmallAlliance.charter());
        act("B", Kind.SIGN_CHARTER, founding, day("2024-01-02"));
        Act tooEarly = act("A", Kind.CONVENE, founding, day("2024-01-03"));
        act("C", Kind.SIGN_CHARTER, founding, day("2024-01-04"));
        Act inTime = act("A", Kind.CONVENE, founding, day("2024-01-05"));
        assertThat(verdict(tooEarly))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .isEqualTo(
                                                "the charter is not in force: 2 have signed it, 3"
                                                        + " are needed"));
        assertThat(verdict(inTime)).isInstanceOf(Verdict.InForce.class);
        assertThat(Replay.of(acts).state().inForce()).isEqualTo(day("2024-01-04"));
    }

    @Test
    void a_charter_may_state_how_many_signatures_it_needs_and_the_others_wait_outside() {
        Act founding = found("A", SmallAlliance.charter().put("signatures", 2));
        act("C", Kind.SIGN_CHARTER, founding, day("2024-01-02"));
        Act byB = act("B", Kind.PROPOSE, founding, day("2024-01-03"));
        assertThat(verdict(byB)).isInstanceOf(Verdict.Refused.class);
        assertThat(standing("B")).isEqualTo("invited");
        // The chair of 2025 would be B's.
        assertThat(Replay.of(acts).state().rotation().chairAt(day("2025-02-01")).member())
                .isEqualTo("C");

        act("B", Kind.SIGN_CHARTER, founding, day("2024-06-01"));
        assertThat(standing("B")).isEqualTo("member");
        assertThat(Replay.of(acts).state().rotation().chairAt(day("2025-02-01")).member())
                .isEqualTo("B");
    }

    @Test
    void only_the_key_that_the_charter_pins_signs_for_a_founder() {
        Act founding = found("A", SmallAlliance.charter());
        act("C", Kind.SIGN_CHARTER, founding, day("2024-01-02"));
        ObjectNode forged =
                new Author(key("X"), null)
                        .sign(
                                Kind.SIGN_CHARTER,
                                founding.digest(),
                                List.of(),
                                object("{}"),
                                day("2024-01-03"))
                        .json()
                        .put("key", "b.example");
        acts.add(new TimedAct(Act.read(forged), day("2024-01-03")));
        assertThat(Replay.of(acts).state().inForce()).isNull();
    }

    @Test
    void a_depositary_need_not_be_a_member_and_has_no_part_in_what_follows() {
        ObjectNode charter =
                SmallAlliance.charter().put("depositary", key("Depositary").verifier().toString());
        Act founding = found("Depositary", charter);
        for (String member : List.of("A", "B", "C")) {
            act(member, Kind.SIGN_CHARTER, founding, day("2024-01-02"));
        }
        Act byDepositary = act("Depositary", Kind.PROPOSE, founding, day("2024-01-03"));
        assertThat(Replay.of(acts).state().inForce()).isEqualTo(day("2024-01-02"));
        assertThat(verdict(byDepositary))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(Verdict.Reason.UNKNOWN_KEY));
    }

    @Test
    void refuses_a_charter_of_one_member_or_whose_chair_rotates_among_others() {
        ObjectNode alone = SmallAlliance.charter();
        alone.withArray("members").remove(2);
        alone.withArray("members").remove(1);
        assertThat(verdict(found("A", alone))).isInstanceOf(Verdict.Refused.class);
        ObjectNode others = SmallAlliance.charter();
        others.withObject("/rotation").withArray("members").add("D");
        authors.clear();
        assertThat(verdict(found("A", others))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_copy_with_a_spoilt_signature_does_not_spoil_the_act() {
        Act founding = found("A", SmallAlliance.charter());
        act("B", Kind.SIGN_CHARTER, founding, day("2024-01-02"));
        Act last = act("C", Kind.SIGN_CHARTER, founding, day("2024-01-03"));
        Act spoilt = Act.read(last.json().put("signature", founding.signature()));
        acts.addFirst(new TimedAct(spoilt, day("2024-01-03")));
        assertThat(verdict(Objects.requireNonNull(last))).isInstanceOf(Verdict.InForce.class);
    }
}
