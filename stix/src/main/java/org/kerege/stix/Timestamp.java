package org.kerege.stix;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// A STIX timestamp: RFC 3339 in UTC with a capital `T` and `Z`, the text kept as written, any number of
/// fractional digits. Two timestamps are equal when they name the same point in time, whatever their
/// number of digits. Source: STIX 2.1 §2.16, §3.6.
public final class Timestamp implements Comparable<Timestamp> {

    private static final int NANO_DIGITS = 9;

    private final String text;
    private final Instant instant;

    /// Digits beyond the nanoseconds without trailing zeros: what an [Instant] cannot hold.
    private final String beyondNanos;

    private Timestamp(String text, Instant instant, String beyondNanos) {
        this.text = text;
        this.instant = instant;
        this.beyondNanos = beyondNanos;
    }

    /// Reads a timestamp.
    ///
    /// @throws MalformedStix when `text` has another form or names no real point in time
    public static Timestamp parse(String text) {
        int length = text.length();
        if (length < 20
                || length > 200
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(length - 1) != 'Z') {
            throw malformed(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        // A leap second is a legal RFC 3339 text; Instant has none, so it becomes the second
        // before.
        if (hour > 23 || minute > 59 || second > 60) {
            throw malformed(text);
        }
        int nanos = 0;
        String beyond = "";
        if (length > 20) {
            if (text.charAt(19) != '.' || length == 21) {
                throw malformed(text);
            }
            int digitsEnd = length - 1;
            int scale = 100_000_000;
            for (int i = 20; i < digitsEnd; i++) {
                int digit = digit(text, i);
                if (i - 20 < NANO_DIGITS) {
                    nanos += digit * scale;
                    scale /= 10;
                }
            }
            int lastSignificant = digitsEnd;
            while (lastSignificant > 20 + NANO_DIGITS && text.charAt(lastSignificant - 1) == '0') {
                lastSignificant--;
            }
            if (lastSignificant > 20 + NANO_DIGITS) {
                beyond = text.substring(20 + NANO_DIGITS, lastSignificant);
            }
        }
        try {
            long epochDay = LocalDate.of(year, month, day).toEpochDay();
            long epochSecond =
                    epochDay * 86_400 + hour * 3_600L + minute * 60L + Math.min(second, 59);
            return new Timestamp(text, Instant.ofEpochSecond(epochSecond, nanos), beyond);
        } catch (DateTimeException e) {
            throw malformed(text);
        }
    }

    /// The timestamp that names `instant`, with as many digits as it needs, at least three.
    public static Timestamp of(Instant instant) {
        return parse(format(instant));
    }

    /// `instant` as STIX text with at least milliseconds. Source: STIX 2.1 §3.2 `created`.
    public static String format(Instant instant) {
        String text = instant.toString();
        return instant.getNano() == 0 ? text.substring(0, text.length() - 1) + ".000Z" : text;
    }

    /// The point in time, cut to nanoseconds.
    public Instant instant() {
        return instant;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digit(text, i);
        }
        return number;
    }

    private static int digit(String text, int at) {
        char c = text.charAt(at);
        if (c < '0' || c > '9') {
            throw malformed(text);
        }
        return c - '0';
    }

    private static MalformedStix malformed(String text) {
        return new MalformedStix(
                "",
                "timestamp is RFC 3339 in UTC, ending in Z (STIX 2.1 §2.16)",
                "'" + MalformedStix.excerpt(text) + "' is not a STIX timestamp");
    }

    @Override
    public int compareTo(Timestamp other) {
        int byInstant = instant.compareTo(other.instant);
        return byInstant != 0 ? byInstant : beyondNanos.compareTo(other.beyondNanos);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timestamp that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * instant.hashCode() + beyondNanos.hashCode();
    }

    /// The text as written.
    @Override
    public String toString() {
        return text;
    }
}
