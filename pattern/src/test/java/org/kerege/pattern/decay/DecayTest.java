package org.kerege.pattern.decay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.Pattern;
import org.kerege.stix.StixObject;

class DecayTest {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private static int score(Decay decay, String pattern, String more, long days) {
        StixObject indicator =
                StixObject.read(
                        """
                        {"type":"indicator","spec_version":"2.1",\
                        "id":"indicator--11111111-1111-4111-8111-111111111111",\
                        "created":"2023-01-01T00:00:00.000Z","modified":"2023-06-01T00:00:00.000Z",\
                        "pattern_type":"stix","pattern":"x","valid_from":"2024-01-01T00:00:00Z"%s}\
                        """
                                .formatted(more)
                                .getBytes(StandardCharsets.UTF_8));
        return decay.score(
                indicator, Pattern.parse(pattern).expression(), BEGIN.plus(Duration.ofDays(days)));
    }

    private static int address(long days) {
        return score(Decay.usual(), "[ipv4-addr:value = '192.0.2.1']", ",\"confidence\":80", days);
    }

    @Test
    void begins_at_the_confidence_and_ends_with_the_lifetime() {
        assertThat(address(-3)).isEqualTo(80);
        assertThat(address(0)).isEqualTo(80);
        assertThat(address(15)).isEqualTo(40);
        assertThat(address(60)).isZero();
        assertThat(address(5_000)).isZero();
    }

    @Test
    void hashes_last_longer_than_names_and_names_than_addresses() {
        int hash = score(Decay.usual(), "[file:hashes.MD5 = 'ab']", "", 59);
        int name = score(Decay.usual(), "[domain-name:value = 'a.example']", "", 59);

        assertThat(hash).isEqualTo(50);
        assertThat(name).isBetween(20, 40);
        assertThat(score(Decay.usual(), "[ipv4-addr:value = '192.0.2.1']", "", 59)).isLessThan(5);
        assertThat(
                        score(
                                Decay.usual(),
                                "[ipv4-addr:value = '192.0.2.1'] OR [file:hashes.MD5 = 'ab']",
                                "",
                                59))
                .isEqualTo(hash);
    }

    @Test
    void models_may_be_other_ones() {
        Decay decay = Decay.read("# ours\naddress 10 1  # short\n");

        assertThat(score(decay, "[ipv4-addr:value = '192.0.2.1']", "", 5)).isEqualTo(25);
        assertThatThrownBy(() -> Decay.read("address 10\n")).hasMessageContaining("line 1:");
        assertThatThrownBy(() -> Decay.read("\nplanet 10 1\n")).hasMessageContaining("line 2:");
        assertThatThrownBy(() -> Decay.read("address -1 1\n")).hasMessageContaining("above 0");
    }

    @Property(tries = 200)
    void never_rises(@ForAll @IntRange(max = 400) int day) {
        assertThat(address(day + 1L)).isLessThanOrEqualTo(address(day));
    }
}
