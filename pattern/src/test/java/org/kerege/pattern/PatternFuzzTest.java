package org.kerege.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Any text: it is refused with a place in it, or it is a pattern that is written out and read again as the same. The
/// inputs beside the test run with every build; with JAZZER_FUZZ=1 more are sought.
class PatternFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void reads_or_refuses_whatever_it_is_given(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Dialect dialect : Dialect.values()) {
            ObservationExpression read;
            try {
                read = Pattern.parse(text, dialect).expression();
            } catch (MalformedPattern e) {
                assertThat(e.getMessage()).startsWith("line ");
                continue;
            }
            assertThat(Pattern.parse(PatternText.of(read)).expression()).isEqualTo(read);
            assertThat(Explanation.of(read)).isNotEmpty();
        }
    }
}
