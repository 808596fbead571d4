package org.kerege.charter.rotation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// The time of day at which a chair changes, and where. When clocks jump over that time, the first instant after the
/// jump counts; when they show it twice, the first.
public record Handover(ZoneId zone, LocalTime time) {

    /// The instant at which a chair changes on this day.
    public Instant on(LocalDate day) {
        return ZonedDateTime.of(day, time, zone).toInstant();
    }

    /// Reads an instant (`2025-01-01T00:00:00Z`) or a day (`2025-01-01`), which stands for its handover.
    ///
    /// @throws java.time.DateTimeException when it is neither
    public Instant parse(String text) {
        return text.indexOf('T') > 0 ? Instant.parse(text) : on(LocalDate.parse(text));
    }
}
