package org.kerege.charter.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SilenceProcedureTest {

    private static final Instant OPENED = hour(0);
    private static final Instant DEADLINE = hour(72);
    private static final Instant SESSION = hour(240);

    private static Instant hour(int hour) {
        return Instant.parse("2025-03-01T00:00:00Z").plus(Duration.ofHours(hour));
    }

    private static SilenceProcedure with(
            Map<String, Instant> receipts, Map<String, Instant> objections) {
        return new SilenceProcedure(
                OPENED,
                DEADLINE,
                Duration.ofDays(2),
                SESSION,
                Set.of("a", "b", "c"),
                receipts,
                objections,
                Set.of("b"));
    }

    private static final Map<String, Instant> ALL =
            Map.of("a", hour(1), "b", hour(2), "c", hour(24));

    @Test
    void silence_of_all_who_received_it_adopts_at_the_deadline() {
        SilenceProcedure procedure = with(ALL, Map.of());
        assertThat(procedure.at(DEADLINE.minusSeconds(1)))
                .isEqualTo(new SilenceProcedure.Status.Running(Set.of()));
        assertThat(procedure.at(DEADLINE))
                .isEqualTo(new SilenceProcedure.Status.Adopted(DEADLINE, Set.of("b")));
        assertThat(procedure.at(SESSION.plusSeconds(1)))
                .isEqualTo(new SilenceProcedure.Status.Adopted(DEADLINE, Set.of("b")));
    }

    @Test
    void an_objection_before_the_end_breaks_and_one_at_the_end_does_not() {
        assertThat(with(ALL, Map.of("c", hour(71))).at(DEADLINE))
                .isEqualTo(new SilenceProcedure.Status.Broken(hour(71), Set.of("c")));
        assertThat(with(ALL, Map.of("c", DEADLINE)).at(SESSION))
                .isInstanceOf(SilenceProcedure.Status.Adopted.class);
        assertThat(with(ALL, Map.of("stranger", hour(3))).at(DEADLINE))
                .isInstanceOf(SilenceProcedure.Status.Adopted.class);
    }

    @Test
    void who_never_received_it_never_consents_and_it_goes_to_the_session() {
        SilenceProcedure procedure = with(Map.of("a", hour(1), "b", hour(2)), Map.of());
        assertThat(procedure.at(DEADLINE))
                .isEqualTo(new SilenceProcedure.Status.Running(Set.of("c")));
        assertThat(procedure.at(SESSION))
                .isEqualTo(new SilenceProcedure.Status.PutToSession(SESSION, Set.of("c")));
    }

    @Test
    void who_received_it_late_has_the_same_time_as_the_others() {
        Map<String, Instant> late = new HashMap<>(ALL);
        late.put("c", hour(60));
        SilenceProcedure procedure = with(late, Map.of());
        assertThat(procedure.at(hour(107))).isInstanceOf(SilenceProcedure.Status.Running.class);
        assertThat(procedure.at(hour(108)))
                .isEqualTo(new SilenceProcedure.Status.Adopted(hour(108), Set.of("b")));
        assertThat(with(late, Map.of("a", hour(100))).at(hour(108)))
                .isInstanceOf(SilenceProcedure.Status.Broken.class);
        late.put("c", hour(200));
        assertThat(with(late, Map.of()).at(SESSION))
                .isEqualTo(new SilenceProcedure.Status.PutToSession(SESSION, Set.of("c")));
    }

    @Property(tries = 1_000)
    void a_member_that_is_cut_off_is_never_counted_as_consenting(
            @ForAll @IntRange(min = 0, max = 300) int a,
            @ForAll @IntRange(min = 0, max = 300) int b,
            @ForAll @IntRange(min = 0, max = 400) int now) {
        SilenceProcedure procedure = with(Map.of("a", hour(a), "b", hour(b)), Map.of());
        assertThat(procedure.at(hour(now))).isNotInstanceOf(SilenceProcedure.Status.Adopted.class);
    }

    @Property(tries = 1_000)
    void what_is_adopted_or_broken_stays_so(
            @ForAll @IntRange(min = 0, max = 250) int receipt,
            @ForAll @IntRange(min = 0, max = 250) int objection,
            @ForAll @IntRange(min = 0, max = 300) int now,
            @ForAll @IntRange(min = 0, max = 300) int later) {
        Map<String, Instant> receipts = new HashMap<>(ALL);
        receipts.put("c", hour(receipt));
        SilenceProcedure procedure = with(receipts, Map.of("a", hour(objection)));
        SilenceProcedure.Status status = procedure.at(hour(now));
        if (!(status instanceof SilenceProcedure.Status.Running)) {
            assertThat(procedure.at(hour(now + later))).isEqualTo(status);
        }
    }

    @Test
    void deadlines_in_a_zone_hold_on_leap_days_and_when_clocks_change() {
        ZoneId brussels = ZoneId.of("Europe/Brussels");
        Instant leap = LocalDateTime.parse("2028-02-29T18:00").atZone(brussels).toInstant();
        Instant autumn = LocalDateTime.parse("2025-10-26T18:00").atZone(brussels).toInstant();
        for (Instant deadline : new Instant[] {leap, autumn}) {
            SilenceProcedure procedure =
                    new SilenceProcedure(
                            deadline.minus(Duration.ofDays(1)),
                            deadline,
                            Duration.ZERO,
                            deadline,
                            Set.of("a"),
                            Map.of("a", deadline.minusSeconds(1)),
                            Map.of(),
                            Set.of());
            assertThat(procedure.at(deadline.minusNanos(1)))
                    .isInstanceOf(SilenceProcedure.Status.Running.class);
            assertThat(procedure.at(deadline)).isInstanceOf(SilenceProcedure.Status.Adopted.class);
        }
    }
}
