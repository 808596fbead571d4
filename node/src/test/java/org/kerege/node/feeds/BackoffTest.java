package org.kerege.node.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final double MIDDLE = 0.5;

    @Test
    void waits_as_long_as_was_asked_for_after_a_good_run() {
        assertThat(Backoff.next(QUARTER, 0, MIDDLE)).isEqualTo(QUARTER);
    }

    @Test
    void doubles_with_each_failure_up_to_an_hour() {
        assertThat(Backoff.next(QUARTER, 1, MIDDLE)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Backoff.next(QUARTER, 2, MIDDLE)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Backoff.next(QUARTER, 7, MIDDLE)).isEqualTo(Duration.ofMinutes(32));
        assertThat(Backoff.next(QUARTER, 8, MIDDLE)).isEqualTo(Duration.ofHours(1));
        assertThat(Backoff.next(QUARTER, Integer.MAX_VALUE, MIDDLE)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void is_never_longer_than_what_was_asked_for_where_that_is_more_than_an_hour() {
        Duration day = Duration.ofDays(1);

        assertThat(Backoff.next(day, 30, MIDDLE)).isEqualTo(day);
    }

    @Test
    void varies_by_a_tenth_either_way() {
        assertThat(Backoff.next(QUARTER, 0, 0)).isEqualTo(QUARTER.multipliedBy(9).dividedBy(10));
        assertThat(Backoff.next(QUARTER, 0, 0.999_999)).isLessThan(Duration.ofSeconds(990));
    }
}
