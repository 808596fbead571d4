package org.kerege.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCodeTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /// Source: RFC 6238 appendix B, SHA1; its eight digits end in our six.
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void makes_the_codes_of_the_standard(long second, String code) {
        assertThat(TimeCode.at(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void takes_the_code_before_and_after_and_none_further_off() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        assertThat(TimeCode.step(SECRET, code(now, -30), now, 0)).isPresent();
        assertThat(TimeCode.step(SECRET, code(now, 30), now, 0)).isPresent();
        assertThat(TimeCode.step(SECRET, code(now, -60), now, 0)).isEmpty();
        assertThat(TimeCode.step(SECRET, code(now, 60), now, 0)).isEmpty();
    }

    @Test
    void takes_a_code_once() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long used = TimeCode.step(SECRET, code(now, 0), now, 0).getAsLong();

        assertThat(TimeCode.step(SECRET, code(now, 0), now, used)).isEmpty();
        assertThat(TimeCode.step(SECRET, code(now, -30), now, used)).isEmpty();
    }

    private static String code(Instant now, int seconds) {
        return TimeCode.at(SECRET, now.plusSeconds(seconds));
    }

    @Property(tries = 200)
    void reads_the_secret_that_it_wrote(@ForAll @Size(20) byte[] secret) {
        assertThat(TimeCode.read(TimeCode.written(secret))).isEqualTo(secret);
    }

    @Test
    void reads_no_secret_of_another_length_or_alphabet() {
        assertThatThrownBy(() -> TimeCode.read("A".repeat(31)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeCode.read("A".repeat(31) + "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
