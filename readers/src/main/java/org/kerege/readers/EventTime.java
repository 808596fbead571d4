package org.kerege.readers;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// When an event happened, in the ways logs write it: RFC 3339, a date and a time without a zone (taken as UTC),
/// seconds or milliseconds since 1970 as a number or as text, or with the month in English.
final class EventTime {

    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .appendPattern("[uuuu-MM-dd][uuuu/MM/dd]['T'][' ']HH:mm:ss")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalEnd()
                    .toFormatter();
    private static final DateTimeFormatter OFFSET =
            new DateTimeFormatterBuilder()
                    .append(LOCAL)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter();

    /// `17/May/2015:10:05:03 +0000` of access logs, `May 17 2015 10:05:03` of vendors' formats.
    private static final List<DateTimeFormatter> IN_WORDS =
            Stream.of("d/MMM/uuuu:HH:mm:ss[ XX]", "MMM d uuuu HH:mm:ss[.SSS][ XX]")
                    .map(pattern ->
                            new DateTimeFormatterBuilder()
                                    .parseCaseInsensitive()
                                    .appendPattern(pattern)
                                    .toFormatter(Locale.ENGLISH))
                    .toList();

    private EventTime() {}

    /// The point in time, null where the value names none.
    static @Nullable Instant read(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            return sinceEpoch(value.asString(""));
        }
        String text = value.asString("").strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text.replace(' ', 'T'));
            }
            if (text.length() > 10 && (text.charAt(4) == '-' || text.charAt(4) == '/')) {
                boolean zoned = text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
                return zoned
                        ? OffsetDateTime.parse(text, OFFSET).toInstant()
                        : LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            return null;
        }
        if (!Character.isLetter(text.charAt(0)) && text.indexOf('/') < 0) {
            return sinceEpoch(text);
        }
        for (DateTimeFormatter format : IN_WORDS) {
            try {
                var read = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                return read instanceof OffsetDateTime zoned
                        ? zoned.toInstant()
                        : ((LocalDateTime) read).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // Another form is tried.
            }
        }
        return null;
    }

    private static @Nullable Instant sinceEpoch(String text) {
        try {
            java.math.BigDecimal number = new java.math.BigDecimal(text);
            if (number.abs().longValue() >= MILLIS_FROM) {
                return Instant.ofEpochMilli(number.longValueExact());
            }
            long seconds = number.setScale(0, java.math.RoundingMode.FLOOR).longValueExact();
            return Instant.ofEpochSecond(
                    seconds,
                    number.subtract(java.math.BigDecimal.valueOf(seconds))
                            .movePointRight(9)
                            .longValue());
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }
}
