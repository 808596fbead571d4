package org.kerege.charter.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.charter.MalformedCharter;

class RotationTest {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    /// Members A to D take one year each from 2020, by the calendar in UTC.
    private static Rotation yearly(String... decisions) {
        return RotationFile.read(
                """
                {"body": "B", "zone": "UTC", "start": "2020-01-01", "first": "A",
                 "order": {"kind": "listed"}, "term": {"kind": "calendar", "months": 12},
                 "members": ["A", "B", "C", "D"], "decisions": [%s]}
                """
                        .formatted(String.join(",", decisions))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /// Who chairs on the first of January of the years from 2020 on, a dash for nobody.
    private static String januaries(Rotation rotation, int years) {
        List<String> holders = new ArrayList<>();
        for (int year = 2020; year < 2020 + years; year++) {
            holders.add(on(rotation, year + "-01-01"));
        }
        return String.join(" ", holders);
    }

    private static String on(Rotation rotation, String day) {
        String member = rotation.chairAt(Instant.parse(day + "T00:00:00Z")).member();
        return member == null ? "-" : member;
    }

    @Test
    void turns_go_round() {
        assertThat(januaries(yearly(), 9)).isEqualTo("A B C D A B C D A");
    }

    @Test
    void a_swap_exchanges_two_turns_and_leaves_the_next_round() {
        assertThat(
                        januaries(
                                yearly(
                                        "{\"kind\":\"swap\",\"members\":[\"B\",\"D\"],\"from\":\"2021-01-01\"}"),
                                8))
                .isEqualTo("A D C B A B C D");
    }

    @Test
    void a_skip_moves_all_that_follow() {
        assertThat(
                        januaries(
                                yearly(
                                        "{\"kind\":\"skip\",\"member\":\"B\",\"from\":\"2021-01-01\"}"),
                                8))
                .isEqualTo("A C D A B C D A");
    }

    @Test
    void an_extension_by_the_calendar_shortens_the_next_term() {
        Rotation rotation =
                yearly(
                        "{\"kind\":\"extension\",\"during\":\"2020-06-01\",\"until\":\"2021-03-01\"}");
        assertThat(on(rotation, "2021-02-28")).isEqualTo("A");
        assertThat(on(rotation, "2021-03-01")).isEqualTo("B");
        assertThat(on(rotation, "2022-01-01")).isEqualTo("C");
    }

    @Test
    void an_extension_of_terms_with_a_length_delays_all_that_follow() {
        Rotation rotation =
                RotationFile.read(
                        """
                        {"body": "B", "zone": "UTC", "start": "2020-01-01", "first": "A",
                         "order": {"kind": "listed"}, "term": {"kind": "length", "months": 12},
                         "members": ["A", "B", "C"],
                         "decisions": [{"kind": "extension", "during": "2020-06-01", "until": "2021-03-01"}]}
                        """
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(on(rotation, "2022-02-28")).isEqualTo("B");
        assertThat(on(rotation, "2022-03-01")).isEqualTo("C");
    }

    @Test
    void a_suspended_chair_leaves_a_stated_vacancy_which_an_interim_fills() {
        String suspension =
                "{\"kind\":\"suspension\",\"member\":\"B\",\"from\":\"2021-03-01\",\"until\":\"2021-10-01\"}";
        Rotation alone = yearly(suspension);
        Tenure gap = alone.chairAt(Instant.parse("2021-05-01T00:00:00Z"));
        assertThat(gap.isVacant()).isTrue();
        assertThat(gap.basis()).isEqualTo(Tenure.Basis.HOLDER_EXCLUDED);
        assertThat(on(alone, "2021-10-01")).isEqualTo("B");

        Rotation filled =
                yearly(
                        suspension,
                        "{\"kind\":\"interim\",\"member\":\"C\",\"from\":\"2021-04-01\",\"until\":\"2021-10-01\"}");
        assertThat(on(filled, "2021-03-15")).isEqualTo("-");
        assertThat(on(filled, "2021-04-01")).isEqualTo("C");
        assertThat(on(filled, "2022-01-01")).isEqualTo("C");
        assertThat(filled.chairAt(Instant.parse("2021-05-01T00:00:00Z")).basis())
                .isEqualTo(Tenure.Basis.INTERIM);
    }

    @Test
    void a_member_suspended_when_its_turn_begins_is_passed_over_until_readmitted() {
        assertThat(
                        januaries(
                                yearly(
                                        "{\"kind\":\"suspension\",\"member\":\"B\",\"from\":\"2020-06-01\"}",
                                        "{\"kind\":\"readmission\",\"member\":\"B\",\"from\":\"2023-06-01\"}"),
                                8))
                .isEqualTo("A C D A B C D A");
    }

    @Test
    void a_member_that_leaves_in_its_term_leaves_it_vacant_and_has_no_further_turn() {
        Rotation rotation =
                yearly("{\"kind\":\"withdrawal\",\"member\":\"B\",\"from\":\"2021-07-01\"}");
        assertThat(on(rotation, "2021-06-30")).isEqualTo("B");
        assertThat(on(rotation, "2021-07-01")).isEqualTo("-");
        assertThat(januaries(rotation, 8)).isEqualTo("A B C D A C D A");
    }

    @Test
    void a_member_admitted_stands_where_the_decision_puts_it() {
        assertThat(
                        januaries(
                                yearly(
                                        "{\"kind\":\"admission\",\"member\":\"E\",\"before\":\"C\",\"from\":\"2020-06-01\"}"),
                                6))
                .isEqualTo("A B E C D A");
    }

    @Test
    void a_resigned_term_is_vacant_or_taken_over() {
        String resigned = "{\"kind\":\"resignation\",\"member\":\"B\",\"from\":\"2021-05-01\"}";
        assertThat(on(yearly(resigned), "2021-06-01")).isEqualTo("-");
        Rotation taken =
                yearly(
                        resigned,
                        "{\"kind\":\"replacement\",\"member\":\"D\",\"from\":\"2021-06-01\"}");
        assertThat(on(taken, "2021-05-15")).isEqualTo("-");
        assertThat(on(taken, "2021-12-31")).isEqualTo("D");
        assertThat(on(taken, "2022-01-01")).isEqualTo("C");
    }

    @Test
    void what_was_not_decided_yet_was_not_known() {
        Rotation rotation =
                yearly(
                        "{\"kind\":\"swap\",\"members\":[\"C\",\"D\"],\"from\":\"2022-01-01\",\"decided\":\"2021-06-01\"}");
        Instant in2022 = Instant.parse("2022-02-01T00:00:00Z");
        assertThat(rotation.chairAt(in2022, Instant.parse("2021-05-31T23:59:59Z")).member())
                .isEqualTo("C");
        assertThat(rotation.chairAt(in2022, Instant.parse("2021-06-01T00:00:00Z")).member())
                .isEqualTo("D");
    }

    @Test
    void a_decision_takes_nothing_from_who_held_the_chair_before_it() {
        Rotation rotation =
                yearly(
                        "{\"kind\":\"interim\",\"member\":\"D\",\"from\":\"2020-02-01\",\"decided\":\"2020-09-01\"}");
        assertThat(on(rotation, "2020-08-31")).isEqualTo("A");
        assertThat(on(rotation, "2020-09-01")).isEqualTo("D");
        Tenure before = rotation.chairAt(Instant.parse("2020-03-01T00:00:00Z"));
        assertThat(before.until()).isEqualTo("2020-09-01T00:00:00Z");
    }

    @Test
    void what_two_decisions_give_to_one_member_are_two_tenures() {
        Rotation rotation =
                yearly(
                        "{\"kind\":\"replacement\",\"member\":\"C\",\"from\":\"2020-06-01\",\"decided\":\"2020-05-01\"}",
                        "{\"kind\":\"replacement\",\"member\":\"C\",\"from\":\"2021-01-01\",\"decided\":\"2021-01-01\"}");
        Tenure first = rotation.chairAt(Instant.parse("2020-07-01T00:00:00Z"));
        assertThat(first.until()).isEqualTo("2021-01-01T00:00:00Z");
        assertThat(rotation.chairs(FIRST, LAST, Instant.MAX)).contains(first);
    }

    @Test
    void a_handover_falls_on_local_midnight_also_where_clocks_jump_over_it() {
        Handover beirut = new Handover(ZoneId.of("Asia/Beirut"), LocalTime.MIDNIGHT);
        assertThat(beirut.on(LocalDate.parse("2022-03-27"))).isEqualTo("2022-03-26T22:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"swap\",\"members\":[\"A\"]}",
                "{\"kind\":\"skip\",\"member\":\"X\"}",
                "{\"kind\":\"skip\"}",
                "{\"kind\":\"promote\",\"member\":\"A\"}",
                "{\"kind\":\"skip\",\"member\":\"A\",\"form\":\"2021-01-01\"}",
                "{\"kind\":\"vacancy\",\"from\":\"2021-01-01\",\"until\":\"2021-01-01\"}",
                "{\"kind\":\"vacancy\",\"from\":\"2021-02-30\"}",
                "{\"kind\":\"rules\",\"from\":\"2021-01-01\"}",
                "{\"kind\":\"rules\",\"term\":{\"kind\":\"calendar\",\"months\":0}}",
                "17"
            })
    void refuses_a_decision_that_cannot_be_meant_naming_its_place(String decision) {
        assertThatThrownBy(() -> yearly(decision))
                .isInstanceOf(MalformedCharter.class)
                .hasMessageStartingWith("/decisions/0");
    }

    @Property(tries = 1_000)
    void exactly_one_holder_or_a_stated_vacancy_at_each_instant(
            @ForAll("histories") List<String> history) {
        check(history);
    }

    @Tag("long")
    @Property(tries = 100_000)
    void exactly_one_holder_or_a_stated_vacancy_in_a_hundred_thousand_histories(
            @ForAll("histories") List<String> history) {
        check(history);
    }

    private static void check(List<String> history) {
        Rotation rotation = yearly(history.toArray(String[]::new));
        List<Tenure> chairs = rotation.chairs(FIRST, LAST, Instant.MAX);
        assertThat(chairs.getFirst().from()).isBeforeOrEqualTo(FIRST);
        for (int i = 0; i < chairs.size(); i++) {
            Tenure tenure = chairs.get(i);
            Instant next = i + 1 < chairs.size() ? chairs.get(i + 1).from() : null;
            if (next != null) {
                assertThat(tenure.until()).isEqualTo(next);
            } else {
                assertThat(isAfter(tenure.until(), LAST.minusNanos(1))).isTrue();
            }
            assertThat(tenure.until() == null || tenure.from().isBefore(tenure.until())).isTrue();
            Instant within = tenure.from().isBefore(FIRST) ? FIRST : tenure.from();
            assertThat(rotation.chairAt(within)).isEqualTo(tenure);
            // No retroactive power: what is decided later changes nothing about now.
            assertThat(rotation.chairAt(within, within).member()).isEqualTo(tenure.member());
            if (i > 12) {
                break;
            }
        }
    }

    private static boolean isAfter(@Nullable Instant end, Instant at) {
        return end == null || end.isAfter(at);
    }

    @Property(tries = 300)
    void decisions_in_another_order_of_arrival_give_the_same_chairs(
            @ForAll("histories") List<String> history) {
        List<String> dated = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            String decided = "\"decided\":\"20%d-01-02T03:04:05Z\"".formatted(20 + i);
            dated.add(history.get(i).replaceFirst("\"decided\":\"[^\"]*\"", decided));
        }
        List<Tenure> inOrder =
                yearly(dated.toArray(String[]::new)).chairs(FIRST, LAST, Instant.MAX);
        List<Tenure> reversed =
                yearly(dated.reversed().toArray(String[]::new)).chairs(FIRST, LAST, Instant.MAX);
        assertThat(reversed).isEqualTo(inOrder);
    }

    @Provide
    Arbitrary<List<String>> histories() {
        Arbitrary<String> member = Arbitraries.of("A", "B", "C", "D");
        Arbitrary<String> day =
                Combinators.combine(
                                Arbitraries.integers().between(2019, 2032),
                                Arbitraries.integers().between(1, 12),
                                Arbitraries.integers().between(1, 28))
                        .as("%04d-%02d-%02d"::formatted);
        Arbitrary<String> one =
                Combinators.combine(
                                Arbitraries.of(
                                        "swap",
                                        "skip",
                                        "extension",
                                        "vacancy",
                                        "interim",
                                        "replacement",
                                        "resignation",
                                        "suspension",
                                        "readmission",
                                        "withdrawal",
                                        "admission",
                                        "handover",
                                        "rules"),
                                member,
                                member,
                                day,
                                day,
                                day)
                        .as(RotationTest::decision);
        return one.list().ofMinSize(0).ofMaxSize(8);
    }

    private static String decision(
            String kind, String one, String other, String from, String to, String decided) {
        String until = to.compareTo(from) > 0 ? to : "2099-01-01";
        String rest =
                switch (kind) {
                    case "swap" -> "\"members\":[\"" + one + "\",\"" + other + "\"]";
                    case "extension" -> "\"during\":\"" + from + "\",\"until\":\"" + until + "\"";
                    case "handover" -> "\"at\":\"" + from + "\"";
                    case "vacancy" -> "\"until\":\"" + until + "\"";
                    case "rules" ->
                            "\"term\":{\"kind\":\"length\",\"months\":" + (3 + one.charAt(0)) + "}";
                    case "interim", "suspension" ->
                            "\"member\":\"" + one + "\",\"until\":\"" + until + "\"";
                    default -> "\"member\":\"" + one + "\"";
                };
        return "{\"kind\":\"%s\",\"from\":\"%s\",\"decided\":\"%s\",%s}"
                .formatted(kind, from, decided, rest);
    }

    @Test
    void every_bundled_pack_covers_the_century_without_a_gap() {
        for (String pack :
                List.of(
                        "eu-council",
                        "asean",
                        "brics",
                        "cis",
                        "eaeu",
                        "g20",
                        "osce",
                        "sco",
                        "sample-alliance")) {
            List<Tenure> chairs = RotationFile.bundled(pack).chairs(FIRST, LAST, Instant.MAX);
            String ends =
                    chairs.stream()
                            .limit(chairs.size() - 1L)
                            .map(tenure -> Objects.requireNonNull(tenure.until()).toString())
                            .collect(Collectors.joining(" "));
            String starts =
                    chairs.stream()
                            .skip(1)
                            .map(tenure -> tenure.from().toString())
                            .collect(Collectors.joining(" "));
            assertThat(ends).isEqualTo(starts);
        }
    }
}
