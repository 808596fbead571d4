package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.gate.Sample.A;
import static org.kerege.gate.Sample.B;
import static org.kerege.gate.Sample.BOLOT;
import static org.kerege.gate.Sample.C;
import static org.kerege.gate.Sample.D;
import static org.kerege.gate.Sample.F;
import static org.kerege.gate.Sample.K;
import static org.kerege.gate.Sample.NOW;
import static org.kerege.gate.Sample.S;
import static org.kerege.gate.Sample.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.kerege.stix.StixId;

/// The definitions of FIRST TLP 2.0 as worked examples. A is the node: what B sent it, it relays.
class TlpDefinitionsTest {

    private static List<StixId> reached(Label label, Role role, StixId source) {
        List<StixId> reached = new ArrayList<>();
        for (StixId organisation : Sample.organisations()) {
            if (decide(label, role, source, Recipient.organisation(organisation)).released()) {
                reached.add(organisation);
            }
        }
        return reached;
    }

    private static Decision decide(Label label, Role role, StixId source, Recipient recipient) {
        return new Release(roster(), recipient, Channel.TAXII, Purpose.DEFENCE, NOW)
                .decide(new Terms(label, role, source));
    }

    @Nested
    class Red_is_for_the_eyes_and_ears_of_individual_recipients {

        private final Label forBolot =
                Label.of(Tlp.RED).join(Label.releasableTo(Set.of(new Party.Person(BOLOT))));

        @Test
        void the_person_named_may_have_it() {
            assertThat(decide(forBolot, Role.ORIGINATOR, A, new Recipient(B, BOLOT)).released())
                    .isTrue();
        }

        @Test
        void the_organisation_of_the_person_may_not() {
            assertThat(decide(forBolot, Role.ORIGINATOR, A, Recipient.organisation(B)).reason())
                    .isEqualTo(Reason.of(Reason.Code.NOT_ON_RELEASE_LIST));
        }

        @Test
        void naming_an_organisation_names_nobody() {
            Label toB =
                    Label.of(Tlp.RED).join(Label.releasableTo(Set.of(new Party.Organisation(B))));

            assertThat(decide(toB, Role.ORIGINATOR, A, new Recipient(B, BOLOT)).reason().code())
                    .isEqualTo(Reason.Code.NO_PERSON_NAMED);
        }

        @Test
        void recipients_do_not_pass_it_on_even_to_persons_named() {
            assertThat(decide(forBolot, Role.RELAY, C, new Recipient(B, BOLOT)).released())
                    .isFalse();
        }

        @Test
        void without_names_it_is_for_nobody() {
            assertThat(reached(Label.of(Tlp.RED), Role.RELAY, B)).isEmpty();
        }
    }

    @Nested
    class Amber_is_limited_to_the_recipients_organisation_and_its_clients {

        @Test
        void what_came_to_us_stays_with_us_and_our_clients() {
            assertThat(reached(Label.of(Tlp.AMBER), Role.RELAY, B)).containsExactly(A, K);
        }

        @Test
        void the_source_chooses_its_recipients() {
            assertThat(reached(Label.of(Tlp.AMBER), Role.ORIGINATOR, B)).containsExactly(A, B, C);
        }
    }

    @Test
    void amber_strict_is_limited_to_the_recipients_organisation_only() {
        assertThat(reached(Label.of(Tlp.AMBER_STRICT), Role.RELAY, B)).containsExactly(A);
    }

    @Test
    void green_is_limited_to_the_community() {
        assertThat(reached(Label.of(Tlp.GREEN), Role.RELAY, B))
                .contains(A, B, C, D, K)
                .doesNotContain(S, F);
    }

    @Test
    void clear_can_be_spread_to_the_world() {
        assertThat(reached(Label.of(Tlp.CLEAR), Role.RELAY, S)).isEqualTo(Sample.organisations());
        assertThat(decide(Label.of(Tlp.CLEAR), Role.RELAY, S, Recipient.ANYONE).released())
                .isTrue();
    }

    @Test
    void both_versions_are_one_order() {
        assertThat(
                        new Markings(_ -> null)
                                .label(Sample.marking("613f2e26-407d-48c7-9eca-b8e91df99dc9")))
                .isEqualTo(Label.of(Tlp.CLEAR));
        assertThat(Label.of(Tlp.AMBER).join(Label.of(Tlp.GREEN))).isEqualTo(Label.of(Tlp.AMBER));
        assertThat(Tlp.read("AMBER+STRICT")).isEqualTo(Tlp.AMBER_STRICT);
    }
}
