package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.gate.Sample.TLP_AMBER;
import static org.kerege.gate.Sample.TLP_CLEAR;
import static org.kerege.gate.Sample.TLP_GREEN;
import static org.kerege.gate.Sample.named;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ObjectNode;

class MarkingsTest {

    private final Map<StixId, StixObject> held = new HashMap<>();
    private final Markings markings = new Markings(held::get);

    private StixId hold(StixObject marking) {
        held.put(marking.id(), marking);
        return marking.id();
    }

    private static StixObject marking(String name, Consumer<ObjectNode> more) {
        return Sample.object(named("marking-definition", name), more);
    }

    private static StixObject extended(
            String name, String extension, Consumer<ObjectNode> content) {
        return marking(
                name,
                json -> {
                    ObjectNode inside = json.putObject("extensions").putObject(extension);
                    inside.put("extension_type", "property-extension");
                    content.accept(inside);
                });
    }

    @Test
    void a_statement_limits_nothing() {
        StixId statement =
                hold(
                        marking(
                                "statement",
                                json -> {
                                    json.put("definition_type", "statement");
                                    json.putObject("definition").put("statement", "Copyright");
                                }));

        assertThat(markings.label(statement)).isEqualTo(Label.NONE);
    }

    @ParameterizedTest
    @CsvSource({"clear,CLEAR", "green,GREEN", "amber,AMBER", "red,RED"})
    void permissible_actions_are_read_from_the_oasis_extension(String written, Pap read) {
        StixId pap = hold(extended("pap", KnownMarkings.PAP_EXTENSION, e -> e.put("pap", written)));

        assertThat(markings.label(pap)).isEqualTo(Label.of(read));
    }

    @Test
    void a_marking_that_is_not_held_withholds() {
        StixId missing = named("marking-definition", "missing");

        assertThat(markings.label(missing).faults()).containsExactly(Fault.unknown(missing));
    }

    @Test
    void a_marking_of_an_unknown_kind_withholds() {
        StixId unknown =
                hold(
                        extended(
                                "cui",
                                "extension-definition--dff17fb3-edcb-4f99-ad1b-4b751c95738a",
                                _ -> {}));

        assertThat(markings.label(unknown).faults()).isNotEmpty();
    }

    @Test
    void an_identifier_that_everyone_knows_is_not_weakened_by_another_content() {
        StixObject lie =
                Sample.object(
                        Sample.TLP_RED,
                        json -> {
                            json.put("definition_type", "tlp");
                            json.putObject("definition").put("tlp", "white");
                        });

        assertThat(MarkingReader.read(lie).tlp()).isEqualTo(Tlp.RED);
        held.put(lie.id(), lie);
        assertThat(markings.label(Sample.TLP_RED)).isEqualTo(Label.of(Tlp.RED));
    }

    @Test
    void a_marking_carries_its_own_markings_along() {
        StixId list =
                hold(
                        extended(
                                "list",
                                ReleaseMarking.EXTENSION,
                                e -> e.putArray("releasable_to").add("tier:member")));
        StixObject green =
                marking(
                        "green by us",
                        json -> {
                            json.putObject("extensions")
                                    .putObject(KnownMarkings.TLP_2_EXTENSION)
                                    .put("tlp_2_0", "green");
                            Sample.mark(json, list);
                        });

        assertThat(markings.label(hold(green)))
                .isEqualTo(
                        Label.of(Tlp.GREEN)
                                .join(Label.releasableTo(Set.of(new Party.Tier(Standing.MEMBER)))));
    }

    @Test
    void markings_in_a_circle_withhold() {
        StixId one = named("marking-definition", "one");
        StixId two = named("marking-definition", "two");
        held.put(one, statementMarkedBy("one", two));
        held.put(two, statementMarkedBy("two", one));

        assertThat(markings.label(one).faults())
                .extracting(Fault::kind)
                .containsExactly(Fault.Kind.CIRCULAR_MARKING);
    }

    private static StixObject statementMarkedBy(String name, StixId marking) {
        return marking(
                name,
                json -> {
                    json.put("definition_type", "statement");
                    json.putObject("definition").put("statement", name);
                    Sample.mark(json, marking);
                });
    }

    @Test
    void what_we_write_reads_back() {
        Instant opens = Instant.parse("2025-02-01T00:00:00Z");
        Instant closes = Instant.parse("2025-03-01T00:00:00Z");
        StixObject written =
                ReleaseMarking.write(
                        named("marking-definition", "ours"),
                        Sample.NOW,
                        List.of(new Party.Organisation(Sample.B)),
                        true,
                        new Window(opens, closes),
                        List.of(Purpose.DEFENCE));

        assertThat(markings.label(hold(written)))
                .isEqualTo(
                        new Label(
                                null,
                                null,
                                null,
                                ReleaseLists.of(Set.of(new Party.Organisation(Sample.B))),
                                new Window(opens, closes),
                                new TreeSet<>(Set.of(Purpose.DEFENCE)),
                                Set.of(Duty.ORIGINATOR_CONTROL),
                                new TreeSet<>()));
    }

    @Test
    void an_empty_release_list_is_nobody() {
        StixId nobody =
                hold(extended("none", ReleaseMarking.EXTENSION, e -> e.putArray("releasable_to")));

        assertThat(markings.label(nobody).release().nobody()).isTrue();
    }

    @Test
    void a_property_of_ours_that_this_release_does_not_know_withholds() {
        StixId later =
                hold(extended("later", ReleaseMarking.EXTENSION, e -> e.put("moon_phase", "full")));

        assertThat(markings.label(later).faults()).isNotEmpty();
    }

    @Nested
    class The_information_exchange_policy {

        private StixId policy(String property, @Nullable String value) {
            return hold(
                    extended(
                            "iep",
                            KnownMarkings.IEP_2_EXTENSION,
                            e -> {
                                e.put("encrypt_in_transit", "may");
                                e.put("permitted_actions", "externally-visible-direct-actions");
                                e.put("affected_party_notifications", "may");
                                e.put("tlp", "green");
                                e.put("provider_attribution", "may");
                                e.put("unmodified_resale", "may");
                                e.put("iep_version", 2.0);
                                e.put("start_date", "2022-10-01T00:00:00Z");
                                if (value == null) {
                                    e.remove(property);
                                } else {
                                    e.put(property, value);
                                }
                            }));
        }

        @ParameterizedTest
        @CsvSource({
            "encrypt_in_transit,must,ENCRYPT_IN_TRANSIT",
            "affected_party_notifications,must-not,TELL_NO_AFFECTED_PARTY",
            "provider_attribution,must-not,HIDE_PROVIDER"
        })
        void lays_duties_where_it_is_stricter(String property, String value, Duty duty) {
            assertThat(markings.label(policy(property, value)).duties()).containsExactly(duty);
        }

        @Test
        void limits_actions() {
            Label label = markings.label(policy("permitted_actions", "internally-visible-actions"));

            assertThat(label.permits(Action.SEARCH_OWN_LOGS, Sample.NOW, Pap.CLEAR)).isTrue();
            assertThat(label.permits(Action.BLOCK_TRAFFIC, Sample.NOW, Pap.CLEAR)).isFalse();
        }

        @Test
        void permits_nothing_after_its_end() {
            assertThat(
                            markings.label(policy("end_date", "2024-01-01T00:00:00Z"))
                                    .window()
                                    .expired(Sample.NOW))
                    .isTrue();
        }

        @Test
        void withholds_when_a_part_of_it_is_missing() {
            assertThat(markings.label(policy("permitted_actions", null)).faults()).isNotEmpty();
        }
    }

    @Nested
    class One_object {

        private Marked read(StixObject object) {
            return Marked.read(object, markings, Label.HOME);
        }

        @Test
        void takes_the_strictest_of_contradicting_markings() {
            assertThat(
                            read(Sample.indicator("x", Sample.B, TLP_CLEAR, TLP_AMBER, TLP_GREEN))
                                    .whole())
                    .isEqualTo(Label.of(Tlp.AMBER));
        }

        @Test
        void without_markings_takes_the_collections_default() {
            assertThat(read(Sample.indicator("x", Sample.B)).whole()).isEqualTo(Label.HOME);
        }

        @Test
        void is_withheld_when_a_reference_to_a_marking_cannot_be_read() {
            StixObject object =
                    Sample.object(
                            named("identity", "x"),
                            json -> json.putArray("object_marking_refs").add("TLP:GREEN"));

            assertThat(read(object).whole().faults()).isNotEmpty();
        }

        @Test
        void with_ten_thousand_markings_is_withheld() {
            StixId[] many = new StixId[10_000];
            for (int i = 0; i < many.length; i++) {
                many[i] = hold(statementMarkedBy("many " + i, TLP_GREEN));
            }

            assertThat(read(Sample.indicator("x", Sample.B, many)).whole().faults())
                    .extracting(Fault::kind)
                    .containsExactly(Fault.Kind.TOO_MANY_MARKINGS);
        }

        @Test
        void marked_ten_thousand_times_alike_is_marked_once() {
            StixId[] same = new StixId[10_000];
            Arrays.fill(same, TLP_GREEN);

            assertThat(read(Sample.indicator("x", Sample.B, same)).whole())
                    .isEqualTo(Label.of(Tlp.GREEN));
        }

        @Test
        void is_marked_whole_by_a_selector_that_points_nowhere() {
            StixObject object =
                    Sample.object(
                            named("identity", "x"),
                            json -> {
                                Sample.mark(json, TLP_GREEN);
                                Sample.markPart(json, TLP_AMBER, "descriptoin");
                            });

            assertThat(read(object).whole()).isEqualTo(Label.of(Tlp.AMBER));
        }

        @Test
        void is_marked_whole_by_a_marking_of_what_it_cannot_be_without() {
            StixObject object =
                    Sample.object(
                            named("identity", "x"),
                            json -> {
                                json.put("name", "x");
                                Sample.mark(json, TLP_GREEN);
                                Sample.markPart(json, TLP_AMBER, "name");
                            });

            assertThat(read(object).whole()).isEqualTo(Label.of(Tlp.AMBER));
            assertThat(read(object).parts()).isEmpty();
        }

        @Test
        void has_parts_that_are_never_weaker_than_the_whole() {
            StixObject object =
                    Sample.object(
                            named("identity", "x"),
                            json -> {
                                json.put("description", "x");
                                json.put("roles", "y");
                                Sample.mark(json, TLP_AMBER);
                                Sample.markPart(json, TLP_CLEAR, "description");
                            });

            assertThat(read(object).parts()).isEmpty();
        }
    }
}
