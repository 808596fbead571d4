package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.gate.Sample.A;
import static org.kerege.gate.Sample.B;
import static org.kerege.gate.Sample.C;
import static org.kerege.gate.Sample.D;
import static org.kerege.gate.Sample.E;
import static org.kerege.gate.Sample.NOW;
import static org.kerege.gate.Sample.TLP_AMBER;
import static org.kerege.gate.Sample.TLP_GREEN;
import static org.kerege.gate.Sample.gate;
import static org.kerege.gate.Sample.indicator;
import static org.kerege.gate.Sample.named;
import static org.kerege.gate.Sample.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.kerege.gate.Sample.Shelf;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;

class GateTest {

    private final Map<StixId, StixObject> held = new HashMap<>();
    private final Gate gate =
            new Gate(
                    Sample.alliance(),
                    new Markings(held::get),
                    new Interning.InMemory(),
                    new Interning.InMemory());
    private final Shelf shelf = new Shelf(gate);

    private Placement deposit(StixObject object, StixId by) {
        return shelf.put(Intake.deposited(object, by, CollectionRules.STRICT));
    }

    private Placement receive(StixObject object, StixId from) {
        return shelf.put(Intake.received(object, from, CollectionRules.STRICT));
    }

    private Placement placed(StixId id) {
        Placement placement = shelf.placements.get(id);
        if (placement == null) {
            throw new AssertionError(id + " was not placed");
        }
        return placement;
    }

    private Decision decide(Placement placement, StixId organisation) {
        return gate.decide(placement, view(gate, organisation));
    }

    private static StixObject relationship(StixId source, StixId target, StixId by) {
        return Sample.object(
                named("relationship", source + " " + target),
                json -> {
                    json.put("created_by_ref", by.toString());
                    json.put("relationship_type", "indicates");
                    json.put("source_ref", source.toString());
                    json.put("target_ref", target.toString());
                    Sample.mark(json, TLP_GREEN);
                });
    }

    private static StixObject report(StixId by, StixId... about) {
        return Sample.object(
                named("report", "report"),
                json -> {
                    json.put("created_by_ref", by.toString());
                    json.put("name", "quarterly");
                    json.put("published", "2025-01-01T00:00:00Z");
                    for (StixId id : about) {
                        json.withArrayProperty("object_refs").add(id.toString());
                    }
                    Sample.mark(json, TLP_GREEN);
                });
    }

    @Test
    void objects_that_differ_only_in_content_share_their_numbers() {
        assertThat(deposit(indicator("one", B, TLP_GREEN), B))
                .isEqualTo(deposit(indicator("two", B, TLP_GREEN), B));
    }

    @Test
    void what_its_source_deposits_goes_where_the_source_may_send_it() {
        assertThat(decide(deposit(indicator("x", B, TLP_AMBER), B), C).released()).isTrue();
    }

    @Test
    void what_somebody_else_deposits_is_relayed() {
        assertThat(decide(deposit(indicator("x", B, TLP_AMBER), C), D).reason().code())
                .isEqualTo(Reason.Code.RELAYED_AMBER);
    }

    @Test
    void what_is_received_is_relayed_even_from_its_source() {
        assertThat(decide(receive(indicator("x", B, TLP_AMBER), B), C).reason().code())
                .isEqualTo(Reason.Code.RELAYED_AMBER);
    }

    @Test
    void an_unmarked_object_stays_at_home() {
        Placement placement = deposit(indicator("x", A), A);

        assertThat(decide(placement, A).released()).isTrue();
        assertThat(decide(placement, B).reason().code()).isEqualTo(Reason.Code.UNMARKED);
    }

    @Test
    void an_unmarked_object_takes_its_collections_default() {
        Placement placement =
                shelf.put(
                        Intake.deposited(indicator("x", A), A, CollectionRules.marking(Tlp.GREEN)));

        assertThat(decide(placement, D).released()).isTrue();
    }

    @Test
    void somebody_elses_weaker_marking_does_not_loosen_it() {
        Placement strict = receive(indicator("x", B, TLP_AMBER), B);
        Placement again =
                shelf.put(
                        Intake.received(indicator("x", B, TLP_GREEN), C, CollectionRules.STRICT)
                                .after(strict.audience()));

        assertThat(decide(again, D).released()).isFalse();
    }

    @Test
    void its_creator_may_loosen_it() {
        Placement strict = receive(indicator("x", B, TLP_AMBER), B);
        Placement again =
                shelf.put(
                        Intake.received(indicator("x", B, TLP_GREEN), B, CollectionRules.STRICT)
                                .after(strict.audience()));

        assertThat(decide(again, D).released()).isTrue();
    }

    @Test
    void a_marking_that_arrives_later_opens_what_waited_for_it() {
        StixObject marking =
                ReleaseMarking.write(
                        named("marking-definition", "later"),
                        NOW,
                        Set.of(new Party.Organisation(B)),
                        false,
                        Window.ALWAYS,
                        null);
        StixObject object = indicator("x", A, marking.id());
        Intake intake = Intake.deposited(object, A, CollectionRules.STRICT);
        assertThat(decide(shelf.put(intake), B).reason().code())
                .isEqualTo(Reason.Code.UNKNOWN_MARKING);

        Gate informed = gate(marking);

        assertThat(
                        informed.decide(informed.place(intake, shelf, NOW), view(informed, B))
                                .released())
                .isTrue();
    }

    @Test
    void a_view_lasts_until_the_next_embargo_ends() {
        StixObject marking =
                ReleaseMarking.write(
                        named("marking-definition", "embargo"),
                        NOW,
                        null,
                        false,
                        new Window(NOW.plusSeconds(60), null),
                        null);
        Gate gate = gate(marking);
        Placement placement =
                gate.place(
                        Intake.deposited(
                                indicator("x", A, TLP_GREEN, marking.id()),
                                A,
                                CollectionRules.STRICT),
                        _ -> null,
                        NOW);
        View before = view(gate, B);

        assertThat(before.releases(placement)).isFalse();
        assertThat(before.validUntil()).isEqualTo(NOW.plusSeconds(60));
        View after =
                gate.view(
                        Sample.machine(B),
                        Channel.TAXII,
                        Purpose.DEFENCE,
                        NOW.plus(Duration.ofMinutes(1)));
        assertThat(after.releases(placement)).isTrue();
    }

    @Test
    void numbers_are_known_after_a_restart() {
        Interning audiences = new Interning.InMemory();
        Interning closures = new Interning.InMemory();
        Markings markings = new Markings(_ -> null);
        Placement placement =
                new Gate(Sample.alliance(), markings, audiences, closures)
                        .place(
                                Intake.deposited(
                                        indicator("x", A, TLP_GREEN), A, CollectionRules.STRICT),
                                _ -> null,
                                NOW);

        Gate restarted = new Gate(Sample.alliance(), markings, audiences, closures);

        assertThat(view(restarted, B).releases(placement)).isTrue();
    }

    @Nested
    class An_object_that_refers_to_others {

        @Test
        void goes_out_whole_when_they_may_be_known() {
            StixObject malware = indicator("other", A, TLP_GREEN);
            deposit(malware, A);

            assertThat(decide(deposit(relationship(malware.id(), malware.id(), A), A), B).outcome())
                    .isEqualTo(Decision.Outcome.RELEASE);
        }

        @Test
        void is_withheld_when_it_cannot_be_without_a_withheld_one() {
            StixObject secret = indicator("secret", A);
            deposit(secret, A);

            assertThat(decide(deposit(relationship(secret.id(), secret.id(), A), A), B).reason())
                    .isEqualTo(Reason.of(Reason.Code.REFERS_TO_WITHHELD));
        }

        @Test
        void is_treated_alike_whether_the_other_is_withheld_or_not_held() {
            StixObject secret = indicator("secret", A);
            Placement withoutIt = deposit(relationship(secret.id(), secret.id(), A), A);
            deposit(secret, A);
            Placement withIt = deposit(relationship(secret.id(), secret.id(), A), A);

            assertThat(decide(withIt, B)).isEqualTo(decide(withoutIt, B));
        }

        @Test
        void goes_out_reduced_when_one_of_a_list_is_withheld() {
            StixObject open = indicator("open", A, TLP_GREEN);
            StixObject secret = indicator("secret", A);
            deposit(open, A);
            deposit(secret, A);
            StixObject report = report(A, open.id(), secret.id());
            Placement placement = deposit(report, A);

            assertThat(decide(placement, B).outcome()).isEqualTo(Decision.Outcome.REDUCE);
            StixObject reduced = gate.form(report, placement, view(gate, B), shelf);
            assertThat(reduced.json().get("object_refs").size()).isEqualTo(1);
            assertThat(new String(reduced.bytes(), StandardCharsets.UTF_8))
                    .doesNotContain(secret.id().toString());
            assertThat(TearLine.isReduced(reduced)).isTrue();
        }

        @Test
        void is_withheld_when_all_of_a_needed_list_are() {
            StixObject secret = indicator("secret", A);
            deposit(secret, A);

            assertThat(decide(deposit(report(A, secret.id()), A), B).released()).isFalse();
        }

        @Test
        void is_whole_for_its_holder_and_its_author() {
            StixObject report = report(B, named("indicator", "not held"));
            Placement placement = deposit(report, B);

            assertThat(decide(placement, A).outcome()).isEqualTo(Decision.Outcome.RELEASE);
            assertThat(decide(placement, B).outcome()).isEqualTo(Decision.Outcome.RELEASE);
        }

        @Test
        void may_tell_a_source_of_its_own_object() {
            StixObject theirs = indicator("theirs", B, TLP_AMBER);
            receive(theirs, B);
            Placement about = deposit(relationship(theirs.id(), theirs.id(), A), A);

            assertThat(decide(about, B).outcome()).isEqualTo(Decision.Outcome.RELEASE);
            assertThat(decide(about, C).released()).isFalse();
        }

        @Test
        void is_released_with_a_circle_only_as_a_whole() {
            StixId first = named("relationship", "first");
            StixId second = named("relationship", "second");
            for (int round = 0; round < 2; round++) {
                deposit(circle(first, second, TLP_GREEN), A);
                deposit(circle(second, first, TLP_GREEN), A);
            }
            assertThat(decide(placed(first), B).released()).isTrue();
            assertThat(decide(placed(second), B).released()).isTrue();

            deposit(circle(second, first), A);
            assertThat(decide(deposit(circle(first, second, TLP_GREEN), A), B).released())
                    .isFalse();
        }

        private StixObject circle(StixId from, StixId to, StixId... markings) {
            return Sample.object(
                    from,
                    json -> {
                        json.put("relationship_type", "related-to");
                        json.put("source_ref", to.toString());
                        json.put("target_ref", to.toString());
                        Sample.mark(json, markings);
                    });
        }

        @Test
        void goes_out_with_them_unseen_in_an_open_collection() {
            StixId elsewhere = named("malware", "elsewhere");
            Placement placement =
                    shelf.put(
                            Intake.deposited(
                                    relationship(elsewhere, elsewhere, A),
                                    A,
                                    CollectionRules.PUBLIC));

            assertThat(decide(placement, B).outcome()).isEqualTo(Decision.Outcome.RELEASE);
        }

        @Test
        void is_followed_through_a_long_chain() {
            StixObject before = indicator("start", A, TLP_GREEN);
            deposit(before, A);
            for (int i = 0; i < 100; i++) {
                StixId previous = before.id();
                int step = i;
                before =
                        Sample.object(
                                named("sighting", "step " + step),
                                json -> {
                                    json.put("sighting_of_ref", previous.toString());
                                    Sample.mark(json, TLP_GREEN);
                                });
                deposit(before, A);
            }

            assertThat(decide(deposit(before, A), B).released()).isTrue();
        }
    }

    @Test
    void readers_of_both_placements_are_those_who_read_each() {
        Placement amber = deposit(indicator("x", A, TLP_AMBER), A);
        Placement green = deposit(indicator("y", A, TLP_GREEN), A);
        Placement both = gate.both(amber, green);

        for (StixId organisation : Sample.organisations()) {
            View view = view(gate, organisation);
            assertThat(view.releases(both)).isEqualTo(view.releases(amber) && view.releases(green));
        }
    }

    @Nested
    class A_person {

        private final StixObject mail =
                Sample.object(
                        named("indicator", "mail"),
                        json -> {
                            json.put("pattern", "[email-addr:value = 'someone@example.org']");
                            json.put("pattern_type", "stix");
                            Sample.mark(json, TLP_GREEN);
                        });
        private final PersonReview review =
                new PersonReview(
                        "stop a running fraud",
                        "criminal case 12",
                        "analyst",
                        NOW.plusSeconds(100),
                        Map.of(
                                PersonReview.Exclusion.JOURNALISM, "no",
                                PersonReview.Exclusion.RESEARCH, "no",
                                PersonReview.Exclusion.ART, "no",
                                PersonReview.Exclusion.PROTEST, "no",
                                PersonReview.Exclusion.HUMANITARIAN_WORK, "no",
                                PersonReview.Exclusion.COUNTER_SPEECH, "no"));

        @Test
        void is_not_named_to_others_without_a_recorded_review() {
            assertThat(decide(deposit(mail, A), B).reason().code())
                    .isEqualTo(Reason.Code.PERSON_NOT_REVIEWED);
        }

        @Test
        void is_named_until_the_review_must_be_looked_at_again() {
            Placement placement =
                    shelf.put(Intake.deposited(mail, A, CollectionRules.STRICT).reviewed(review));

            assertThat(decide(placement, B).released()).isTrue();
            View later =
                    gate.view(
                            Sample.machine(B),
                            Channel.TAXII,
                            Purpose.DEFENCE,
                            NOW.plusSeconds(100));
            assertThat(gate.decide(placement, later).reason().code())
                    .isEqualTo(Reason.Code.EXPIRED);
        }

        @Test
        void is_found_in_patterns_but_not_in_their_literals() {
            assertThat(NamedPersons.inPattern("[user-account : user_id = '1']")).isTrue();
            assertThat(NamedPersons.inPattern("[domain-name:value = 'email-addr:x']")).isFalse();
            assertThat(NamedPersons.inPattern("[file:name = 'it\\'s' OR email-addr:value = 'x']"))
                    .isTrue();
            assertThat(NamedPersons.inPattern("[x-email-addr:value = 'x']")).isFalse();
        }
    }

    @Test
    void an_action_is_weighed_when_it_is_taken() {
        int audience =
                deposit(
                                indicator(
                                        "x",
                                        E,
                                        TLP_GREEN,
                                        Sample.marking("60f8932b-e51e-4458-b265-a2e8be9a80ab")),
                                E)
                        .audience();

        assertThat(gate.mayAct(Action.LOOK_UP_AT_THIRD_PARTY, audience, NOW)).isTrue();
        assertThat(gate.mayAct(Action.BLOCK_TRAFFIC, audience, NOW)).isFalse();
    }
}
