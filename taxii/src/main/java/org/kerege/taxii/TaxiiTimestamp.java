package org.kerege.taxii;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;

/// Timestamps of TAXII: UTC with exactly six digits of fraction. Source: TAXII 2.1 §2.1 `timestamp`.
public final class TaxiiTimestamp {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private TaxiiTimestamp() {}

    public static String format(Instant instant) {
        return MICROS.format(instant);
    }

    /// Reads a timestamp with any number of digits, cut to microseconds, since clients send what they have.
    ///
    /// @throws MalformedTaxii when the text is none
    public static Instant parse(String name, String text) {
        try {
            return Timestamp.parse(text).instant().truncatedTo(ChronoUnit.MICROS);
        } catch (MalformedStix e) {
            throw new MalformedTaxii(
                    name, "is a timestamp in UTC such as 2025-01-01T00:00:00.000000Z");
        }
    }
}
