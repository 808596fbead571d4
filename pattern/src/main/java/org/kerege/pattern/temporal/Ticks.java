package org.kerege.pattern.temporal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.kerege.stix.Timestamp;

/// Points in time and spans as whole nanoseconds from 1970. Times outside [1825, 2115] are taken for the nearer
/// end, so that sums never overflow.
public final class Ticks {

    /// Before every time that occurs.
    public static final long MIN = -(1L << 62);

    /// After every time that occurs.
    public static final long MAX = 1L << 62;

    private static final long PER_SECOND = 1_000_000_000L;
    private static final BigDecimal LONGEST = new BigDecimal(MAX);

    private Ticks() {}

    /// `time`, cut to the nanosecond.
    public static long of(Timestamp time) {
        Instant instant = time.instant();
        long seconds = Math.clamp(instant.getEpochSecond(), MIN / PER_SECOND, MAX / PER_SECOND - 1);
        return seconds * PER_SECOND + instant.getNano();
    }

    /// The first nanosecond at or after `time`, digits beyond nanoseconds included.
    static long atOrAfter(Timestamp time) {
        long ticks = of(time);
        return Timestamp.of(time.instant()).compareTo(time) < 0 ? ticks + 1 : ticks;
    }

    /// The longest difference in ticks that is less than `seconds`.
    static long lessThan(BigDecimal seconds) {
        BigDecimal ticks = seconds.movePointRight(9).setScale(0, RoundingMode.CEILING);
        return ticks.min(LONGEST).longValueExact() - 1;
    }
}
