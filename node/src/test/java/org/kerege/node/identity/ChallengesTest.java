package org.kerege.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.kerege.node.SettableClock;

class ChallengesTest {

    private static final Instant START = Instant.parse("2025-01-15T12:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final Challenges challenges = new Challenges(clock);

    @Test
    void are_open_for_their_purpose_alone() {
        byte[] challenge = challenges.make("sign-in");

        assertThat(challenges.isOpen(challenge, "sign-in")).isTrue();
        assertThat(challenges.isOpen(challenge, "session 1")).isFalse();
    }

    @Test
    void are_answered_once() {
        byte[] challenge = challenges.make("sign-in");

        assertThat(challenges.answer(challenge)).isTrue();
        assertThat(challenges.answer(challenge)).isFalse();
        assertThat(challenges.isOpen(challenge, "sign-in")).isFalse();
    }

    @Test
    void close_after_an_hour() {
        byte[] challenge = challenges.make("sign-in");
        clock.set(START.plusSeconds(3_599));
        assertThat(challenges.isOpen(challenge, "sign-in")).isTrue();
        clock.set(START.plusSeconds(3_600));
        assertThat(challenges.isOpen(challenge, "sign-in")).isFalse();
    }

    @Test
    void of_another_process_or_with_one_bit_changed_are_none() {
        byte[] challenge = challenges.make("sign-in");
        assertThat(new Challenges(clock).isOpen(challenge, "sign-in")).isFalse();
        for (int i = 0; i < challenge.length; i++) {
            byte[] changed = challenge.clone();
            changed[i] ^= 1;
            assertThat(challenges.isOpen(changed, "sign-in")).isFalse();
        }
        assertThat(challenges.isOpen(new byte[0], "sign-in")).isFalse();
    }
}
