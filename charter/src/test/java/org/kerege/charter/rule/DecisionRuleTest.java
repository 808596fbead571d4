package org.kerege.charter.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.charter.MalformedCharter;
import org.kerege.stix.Json;

class DecisionRuleTest {

    private static final int MEMBERS = 7;
    private static final int CASES = 16_384;
    private static final int[] WEIGHTS = {40, 25, 15, 10, 5, 3, 2};

    /// A case as a text of seven letters: y, n, a (abstains), - (absent).
    private static String letters(int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < MEMBERS; i++) {
            text.append("yna-".charAt(number >> (2 * i) & 3));
        }
        return text.toString();
    }

    private static long count(String letters, String which) {
        return letters.chars().filter(c -> which.indexOf(c) >= 0).count();
    }

    private static int weightOfYes(String letters) {
        int weight = 0;
        for (int i = 0; i < MEMBERS; i++) {
            weight += letters.charAt(i) == 'y' ? WEIGHTS[i] : 0;
        }
        return weight;
    }

    private static Map<String, Position> positions(String letters) {
        Map<String, Position> positions = new HashMap<>();
        for (int i = 0; i < letters.length(); i++) {
            positions.put(
                    "m" + i,
                    switch (letters.charAt(i)) {
                        case 'y' -> Position.FOR;
                        case 'n' -> Position.AGAINST;
                        case 'a' -> Position.ABSTAIN;
                        default -> Position.ABSENT;
                    });
        }
        return positions;
    }

    private static List<Voter> voters() {
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            voters.add(new Voter("m" + i, WEIGHTS[i], false, true));
        }
        return voters;
    }

    private static DecisionRule rule(String json) {
        return DecisionRuleFile.read(Json.mapper().readTree(json.replace('\'', '"')), "");
    }

    /// Each rule with a second way of saying it, over the letters of a case.
    static Stream<Arguments> rules() {
        return Stream.of(
                both("{'kind':'consensus'}", c -> c.contains("y") && !c.contains("n")),
                both(
                        "{'kind':'consensus','present':'2/3'}",
                        c -> c.contains("y") && !c.contains("n") && count(c, "yna") >= 5),
                both(
                        "{'kind':'consensus-without-procedural-veto'}",
                        c -> c.contains("y") && !c.contains("n")),
                both(
                        "{'kind':'limited-format','least':3}",
                        c -> count(c, "y") > 2 && count(c, "n") == 0),
                both("{'kind':'simple-majority'}", c -> count(c, "y") - count(c, "n") >= 1),
                both(
                        "{'kind':'simple-majority','present':'1/2','voting':'3/7'}",
                        c ->
                                count(c, "-") <= 3
                                        && count(c, "yn") >= 3
                                        && count(c, "y") > count(c, "n")),
                both(
                        "{'kind':'qualified-majority','share':'2/3','of':'members'}",
                        c -> count(c, "y") >= 5),
                both(
                        "{'kind':'qualified-majority','share':'2/3','of':'present'}",
                        c -> c.contains("y") && count(c, "y") * 3 >= 2 * (7 - count(c, "-"))),
                both(
                        "{'kind':'qualified-majority','share':'4/5','of':'voting'}",
                        c -> c.contains("y") && count(c, "y") >= 4 * count(c, "n")),
                both(
                        "{'kind':'double-majority','members':'55%','weight':'65%','blocking':4}",
                        c -> count(c, "y") >= 4 && (weightOfYes(c) >= 65 || count(c, "na-") <= 3)),
                both(
                        "{'kind':'double-majority','members':'1/2','weight':'65%','blocking':2}",
                        c -> count(c, "y") >= 4 && (weightOfYes(c) >= 65 || count(c, "na-") <= 1)),
                both("{'kind':'at-least','k':4}", c -> count(c, "y") >= 4),
                both(
                        "{'kind':'consensus','least_present':4}",
                        c -> c.contains("y") && !c.contains("n") && count(c, "-") < 4),
                both(
                        "{'kind':'at-least','k':2,'present':'100%'}",
                        c -> !c.contains("-") && count(c, "y") >= 2));
    }

    /// Nobody decides alone, whatever the rule.
    private static Arguments both(String json, Predicate<String> naive) {
        Predicate<String> withOthers = c -> MEMBERS - count(c, "-") > 1;
        return Arguments.of(json, withOthers.and(naive));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_case_of_seven_members_comes_out_as_said_in_another_way(
            String json, Predicate<String> naive) {
        DecisionRule rule = rule(json);
        List<Voter> voters = voters();
        for (int number = 0; number < CASES; number++) {
            String letters = letters(number);
            Outcome outcome = rule.decide(voters, positions(letters), Matter.SUBSTANCE);
            assertThat(outcome.adopted()).as(json + " " + letters).isEqualTo(naive.test(letters));
            assertThat(outcome.clauses().getLast().holds()).isEqualTo(outcome.adopted());
        }
    }

    @Test
    void a_matter_of_procedure_is_not_vetoed_in_any_case() {
        DecisionRule rule = rule("{'kind':'consensus-without-procedural-veto'}");
        for (int number = 0; number < CASES; number++) {
            String letters = letters(number);
            assertThat(rule.decide(voters(), positions(letters), Matter.PROCEDURE).adopted())
                    .as(letters)
                    .isEqualTo(
                            count(letters, "y") > count(letters, "n") && count(letters, "-") < 6);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void one_more_in_favour_never_defeats_a_proposal(String json, Predicate<String> naive) {
        DecisionRule rule = rule(json);
        for (int number = 0; number < CASES; number++) {
            String letters = letters(number);
            if (!naive.test(letters)) {
                continue;
            }
            for (int i = 0; i < MEMBERS; i++) {
                StringBuilder more = new StringBuilder(letters);
                more.setCharAt(i, 'y');
                assertThat(
                                rule.decide(voters(), positions(more.toString()), Matter.SUBSTANCE)
                                        .adopted())
                        .as(json + " " + more)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void names_and_their_order_do_not_matter_where_weights_are_equal(
            String json, Predicate<String> naive) {
        DecisionRule rule = rule(json);
        Random random = new Random(7);
        for (int attempt = 0; attempt < 500; attempt++) {
            List<Character> shuffled = new ArrayList<>();
            String letters = letters(random.nextInt(CASES));
            letters.chars().forEach(c -> shuffled.add((char) c));
            Collections.shuffle(shuffled, random);
            StringBuilder other = new StringBuilder();
            shuffled.forEach(other::append);
            List<Voter> equal = voters().stream().map(one -> new Voter(one.member())).toList();
            assertThat(rule.decide(equal, positions(letters), Matter.SUBSTANCE).adopted())
                    .isEqualTo(
                            rule.decide(equal, positions(other.toString()), Matter.SUBSTANCE)
                                    .adopted());
        }
    }

    @Test
    void who_takes_no_part_in_a_limited_format_is_not_bound() {
        Outcome outcome =
                rule("{'kind':'limited-format','least':2}")
                        .decide(voters(), positions("yya----"), Matter.SUBSTANCE);
        assertThat(outcome.bound()).containsExactly("m0", "m1");
        assertThat(
                        rule("{'kind':'consensus'}")
                                .decide(voters(), positions("yya----"), Matter.SUBSTANCE)
                                .bound())
                .hasSize(7);
    }

    @Test
    void who_is_suspended_counts_nowhere_and_who_is_not_accredited_is_absent() {
        List<Voter> voters =
                List.of(
                        new Voter("a"),
                        new Voter("b"),
                        new Voter("c", 1, true, true),
                        new Voter("d", 1, false, false));
        Map<String, Position> all =
                Map.of(
                        "a", Position.FOR,
                        "b", Position.FOR,
                        "c", Position.AGAINST,
                        "d", Position.AGAINST,
                        "stranger", Position.AGAINST);
        Outcome outcome =
                rule("{'kind':'qualified-majority','share':'2/3','of':'members'}")
                        .decide(voters, all, Matter.SUBSTANCE);
        assertThat(outcome.adopted()).isTrue();
        assertThat(outcome.counted())
                .extracting(Outcome.Counted::why)
                .containsExactly(
                        "as it said", "as it said", "suspended", "without valid credentials");
        assertThat(outcome.bound()).containsExactly("a", "b", "d");
    }

    @Test
    void a_failed_decision_says_which_clause_failed_by_which_figures() {
        Outcome outcome =
                rule("{'kind':'consensus','present':'2/3'}")
                        .decide(voters(), positions("yyyy---"), Matter.SUBSTANCE);
        assertThat(outcome.clauses().getLast())
                .isEqualTo(
                        new Outcome.Clause(
                                "presence",
                                false,
                                "4 of 7 present, at least 2/3 and 2 members needed"));
        assertThat(outcome.bound()).isEmpty();
    }

    @Test
    void the_last_member_that_is_not_suspended_cannot_decide_alone() {
        List<Voter> voters =
                List.of(
                        new Voter("a"),
                        new Voter("b", 1, true, true),
                        new Voter("c", 1, true, true));
        Outcome outcome =
                rule("{'kind':'consensus','present':'2/3'}")
                        .decide(voters, Map.of("a", Position.FOR), Matter.SUBSTANCE);
        assertThat(outcome.clauses().getLast())
                .isEqualTo(
                        new Outcome.Clause(
                                "presence",
                                false,
                                "1 of 1 present, at least 2/3 and 2 members needed"));
    }

    @Test
    void nobody_decides_nothing() {
        for (Object[] one : rules().map(Arguments::get).toList()) {
            assertThat(
                            rule((String) one[0])
                                    .decide(List.of(), Map.of(), Matter.SUBSTANCE)
                                    .adopted())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'kind':'acclamation'}",
                "{'kind':'at-least'}",
                "{'kind':'at-least','k':0}",
                "{'kind':'qualified-majority','share':'3/2','of':'members'}",
                "{'kind':'qualified-majority','share':'0.6','of':'members'}",
                "{'kind':'qualified-majority','share':'2/3','of':'all'}",
                "{'kind':'consensus','veto':'none'}",
                "{'kind':'consensus','least_present':1}"
            })
    void refuses_what_is_no_rule(String json) {
        assertThatThrownBy(() -> rule(json)).isInstanceOf(MalformedCharter.class);
    }
}
