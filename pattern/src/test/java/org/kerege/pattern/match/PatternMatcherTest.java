package org.kerege.pattern.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.pattern.Pattern;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

class PatternMatcherTest {

    private static final int MANY = 100_000;

    /// One observation a second, letters in turn.
    private static final Observations EVERY_SECOND =
            observations(MANY, i -> "abcd".substring(i % 4, i % 4 + 1));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [x:v = 'a'] REPEATS 25000 TIMES                                              | true
                    [x:v = 'a'] REPEATS 25001 TIMES                                              | false
                    [x:v = 'a'] REPEATS 1000 TIMES WITHIN 3996.5 SECONDS                         | true
                    [x:v = 'a'] REPEATS 1000 TIMES WITHIN 3996 SECONDS                           | false
                    ([x:v = 'd'] FOLLOWEDBY [x:v = 'a']) WITHIN 1 SECONDS                        | false
                    ([x:v = 'd'] FOLLOWEDBY [x:v = 'a']) WITHIN 2 SECONDS                        | true
                    ([x:v = 'a'] FOLLOWEDBY [x:v = 'd'] FOLLOWEDBY [x:v = 'c']) WITHIN 6 SECONDS | false
                    ([x:v = 'a'] FOLLOWEDBY [x:v = 'd'] FOLLOWEDBY [x:v = 'c']) WITHIN 7 SECONDS | true
                    ([x:v = 'a'] FOLLOWEDBY [x:v = 'b']) REPEATS 100 TIMES                       | true
                    ([x:v = 'a'] AND [x:v IN ('a', 'b')]) REPEATS 20000 TIMES                    | true
                    ([x:v = 'a'] AND [x:v IN ('a', 'b')]) REPEATS 25000 TIMES                    | true
                    [x:v = 'a'] REPEATS 20000 TIMES AND [x:v = 'a'] REPEATS 5001 TIMES           | false
                    """)
    void answers_about_a_hundred_thousand_observations_in_seconds(
            String pattern, boolean expected) {
        long start = System.nanoTime();

        assertThat(new PatternMatcher(Pattern.parse(pattern)).matches(EVERY_SECOND))
                .isEqualTo(expected);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(a+)+$", "(a|aa)+$", "^(a?){60}a{60}$", "(.*)*x", "([a-z]+)*=", "(a|a)*b"})
    void answers_about_regular_expressions_that_make_others_blow_up(String regex) {
        Observations value = observations(1, _ -> "a".repeat(30_000) + "!");

        assertThat(
                        new PatternMatcher(Pattern.parse("[x:v MATCHES '" + regex + "']"))
                                .matches(value))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "(?P<a_b>x)(?P=a_b), xx, true",
        "(?P<a_b>x)(?P=a_b), xy, false",
        "(?<n>x)\\\\k{n}y, xxy, true",
        "(x)\\\\g{1}1, xx1, true",
        "(x)\\\\g{1}1, x1, false",
        "(?#a remark)x(?=y), xy, true",
        "a\\\\Nb, a-b, true",
        "a\\\\Kb, ab, true",
        "a\\\\\\\\K(?=b), a\\\\Kb, true"
    })
    void reads_what_pcre_spells_its_own_way(String regex, String value, boolean found) {
        assertThat(
                        new PatternMatcher(Pattern.parse("[x:v MATCHES '" + regex + "']"))
                                .matches(observations(1, _ -> value)))
                .isEqualTo(found);
    }

    @Test
    void stops_a_back_reference_that_blows_up_and_says_so() {
        Observations value = observations(1, _ -> "a".repeat(200) + "!");

        assertThatExceptionOfType(Undecided.class)
                .isThrownBy(() ->
                        new PatternMatcher(
                                        Pattern.parse(
                                                "[x:v MATCHES '(a*)(a*)(a*)(a*)(a*)(a*)\\\\1b']"))
                                .matches(value))
                .withMessageContaining("steps");
    }

    @Test
    void an_alternative_that_overlaps_another_in_time_is_still_one_observation() {
        String pattern =
                "([x:v = 'a'] START t'2024-01-01T00:00:00Z' STOP t'2024-01-01T00:00:10Z'"
                        + " OR [x:v = 'a'] START t'2024-01-01T00:00:05Z' STOP t'2024-01-01T01:00:00Z')"
                        + " REPEATS 2 TIMES";

        assertThat(new PatternMatcher(Pattern.parse(pattern)).matches(observations(1, _ -> "a")))
                .isFalse();
    }

    private static Observations observations(int count, IntFunction<String> value) {
        List<JsonNode> objects = new ArrayList<>();
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        for (int i = 0; i < count; i++) {
            String time = first.plusSeconds(i).toString();
            objects.add(
                    Json.mapper()
                            .readTree(
                                    """
                                    {"type": "observed-data", "first_observed": "%s",
                                     "last_observed": "%s", "number_observed": 1,
                                     "objects": {"0": {"type": "x", "v": "%s"}}}
                                    """
                                            .formatted(time, time, value.apply(i))));
        }
        return Observations.of(objects);
    }
}
