package org.kerege.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    file:size = 1280                    | 1  | square brackets
                    [file:size = ]                      | 14 | expected a constant
                    [file:name = "a"]                   | 14 | single quotes
                    [file:name = 'a'                    | 17 | expected AND, OR or ']'
                    [file:name = 'a                     | 14 | no closing quote
                    [file:name like 'a']                | 12 | capitals: LIKE
                    [a:b = 1] and [a:b = 2]             | 11 | capitals: AND
                    [a:b-c = 1]                         | 4  | 'b-c'
                    [a:b = 1] WITHIN 0 SECONDS          | 18 | not positive
                    [a:b IN (1, 'x')]                   | 13 | two kinds
                    [a:b = t'2023-02-29T00:00:00Z']     | 8  | timestamp
                    [a:b = 1] REPEATS 2 TIMES REPEATS 3 TIMES | 27 | second REPEATS
                    """)
    void a_refusal_points_at_the_column_and_says_what_is_wrong(
            String text, int column, String hint) {
        assertThatExceptionOfType(MalformedPattern.class)
                .isThrownBy(() -> Pattern.parse(text))
                .satisfies(e -> assertThat(e.column()).isEqualTo(column))
                .withMessageContaining(hint);
    }

    @Test
    void counts_lines() {
        assertThatExceptionOfType(MalformedPattern.class)
                .isThrownBy(() -> Pattern.parse("[a:b\n  = ]"))
                .withMessageStartingWith("line 2, column 5");
    }

    @ParameterizedTest
    @CsvSource({"10000", "20000"})
    void reads_nested_parentheses_to_the_limit(int depth) {
        String outside = "(".repeat(depth) + "[a:b = 1]" + ")".repeat(depth);
        String inside = "[" + "(".repeat(depth) + "a:b = 1" + ")".repeat(depth) + "]";

        assertThat(Pattern.parse(outside).expression())
                .isEqualTo(Pattern.parse(inside).expression());
    }

    @Test
    void refuses_parentheses_beyond_the_limit() {
        assertThatExceptionOfType(MalformedPattern.class)
                .isThrownBy(() -> Pattern.parse("(".repeat(20_001) + "[a:b = 1]"))
                .withMessageContaining("20000 nested parentheses");
    }

    @Test
    void refuses_operators_inside_one_another_beyond_the_limit() {
        StringBuilder text = new StringBuilder("a:b = 1");
        for (int i = 0; i < 600; i++) {
            text.insert(0, '(').append(i % 2 == 0 ? " OR a:b = 2)" : " AND a:b = 3)");
        }
        assertThatExceptionOfType(MalformedPattern.class)
                .isThrownBy(() -> Pattern.parse("[" + text + "]"))
                .withMessageContaining("deeper than 500");
    }

    @Test
    void reads_a_pattern_of_a_million_characters_and_refuses_a_longer_one() {
        String million = "[a:b = '" + "x".repeat(Pattern.MAX_CHARS - 10) + "']";

        assertThat(Pattern.parse(million).text()).hasSize(Pattern.MAX_CHARS);
        assertThatExceptionOfType(MalformedPattern.class)
                .isThrownBy(() -> Pattern.parse(million + " "))
                .withMessageContaining("1048576");
    }

    @Test
    void an_operator_and_the_same_in_parentheses_is_one() {
        assertThat(Pattern.parse("[a:b=1] AND ([a:b=2] AND [a:b=3])").expression())
                .isEqualTo(Pattern.parse("([a:b=1] AND [a:b=2]) AND [a:b=3]").expression());
    }

    @Test
    void the_older_edition_writes_start_and_stop_as_strings() {
        String older = "[a:b=1] START '2024-01-01T00:00:00Z' STOP '2024-01-02T00:00:00Z'";

        assertThat(Pattern.parse(older, Dialect.STIX_2_0).expression())
                .isEqualTo(
                        Pattern.parse(
                                        "[a:b=1] START t'2024-01-01T00:00:00Z'"
                                                + " STOP t'2024-01-02T00:00:00Z'")
                                .expression());
        assertThatExceptionOfType(MalformedPattern.class)
                .isThrownBy(() -> Pattern.parse(older))
                .withMessageContaining("put a t before the quote");
    }
}
