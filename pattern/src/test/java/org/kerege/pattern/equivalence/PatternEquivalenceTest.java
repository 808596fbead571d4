package org.kerege.pattern.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerege.pattern.Pattern;

class PatternEquivalenceTest {

    private static boolean equivalent(String one, String other) {
        return PatternEquivalence.equivalent(
                Pattern.parse(one).expression(), Pattern.parse(other).expression());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[a:b = 1 AND a:c = 2] | [a:c = 2 AND a:b = 1]",
                "[a:b = 1 OR (a:b = 1 AND a:c = 2)] | [a:b = 1]",
                "[a:b = 1.0] | [a:b = 1]",
                "[a:'b' IN (2, 1, 2)] | [a:b IN (1, 2)]",
                "[a:b = h'01'] | [a:b = b'AQ==']",
                "[a:b = 1] WITHIN 5 SECONDS | [a:b = 1] WITHIN 5.00 SECONDS",
                "[a:b = 1] START t'2024-01-01T00:00:00Z' STOP t'2024-01-02T00:00:00.0Z' |"
                        + " [a:b = 1] START t'2024-01-01T00:00:00.00Z' STOP t'2024-01-02T00:00:00Z'",
                "[ipv4-addr:value = '198.51.100.7/24'] | [ipv4-addr:value = '198.51.100.0/24']",
                "[a:b = 1] OR ([a:b = 2] FOLLOWEDBY [a:b = 1]) | [a:b = 1]"
            })
    void patterns_that_mean_the_same_are_equivalent(String one, String other) {
        assertThat(equivalent(one, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[a:b = 1] AND [a:b = 1] | [a:b = 1]",
                "[a:b = 1] FOLLOWEDBY [a:b = 2] | [a:b = 2] FOLLOWEDBY [a:b = 1]",
                "[a:b = '1'] | [a:b = 1]",
                "[a:b = 1] WITHIN 5 SECONDS | [a:b = 1] WITHIN 5.01 SECONDS",
                "[a:b = 1] START t'2024-01-01T00:00:00Z' STOP t'2024-01-02T00:00:00Z' |"
                        + " [a:b = 1] START t'2024-01-01T00:00:00.0000000000001Z' STOP t'2024-01-02T00:00:00Z'",
                "[ipv4-addr:value LIKE '198.51.100.7/24'] | [ipv4-addr:value LIKE '198.51.100.0/24']"
            })
    void patterns_that_differ_in_what_they_match_are_not(String one, String other) {
        assertThat(equivalent(one, other)).isFalse();
    }
}
