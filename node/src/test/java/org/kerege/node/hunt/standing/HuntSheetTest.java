package org.kerege.node.hunt.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.match.MatchedClause;

class HuntSheetTest {

    private static String marked(String line, String... values) {
        List<MatchedClause> clauses =
                java.util.Arrays.stream(values)
                        .map(value -> new MatchedClause("p", value, "c"))
                        .toList();
        return HuntSheet.pieces(line, clauses).stream()
                .map(piece -> piece.matched() ? "<" + piece.text() + ">" : piece.text())
                .collect(Collectors.joining());
    }

    @Test
    void marks_the_values_that_matched_wherever_they_stand() {
        assertThat(marked("a=203.0.113.1 b=203.0.113.1", "203.0.113.1"))
                .isEqualTo("a=<203.0.113.1> b=<203.0.113.1>");
        assertThat(marked("x EVIL.example y", "evil.example")).isEqualTo("x <EVIL.example> y");
        assertThat(marked("C:\\\\a", "c:\\a")).isEqualTo("<C:\\\\a>");
    }

    @Test
    void marks_the_longest_and_leaves_a_line_without_any_as_it_is() {
        assertThat(marked("abcd", "ab", "abc")).isEqualTo("<abc>d");
        assertThat(marked("none", "", "other")).isEqualTo("none");
        assertThat(HuntSheet.pieces("", List.of())).isEmpty();
    }
}
