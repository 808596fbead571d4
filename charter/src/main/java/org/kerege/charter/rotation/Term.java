package org.kerege.charter.rotation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How long a turn lasts.
public sealed interface Term {

    /// Until the next day of the calendar that lies a multiple of `months` from `anchor`. A term that began late ends
    /// on the same day as one that began in time.
    record Calendar(int months, LocalDate anchor) implements Term {}

    /// A length from its own beginning: what delays one term delays all that follow.
    record Length(Period length) implements Term {}

    /// Until a decision hands over, as from summit to summit.
    record UntilHandover() implements Term {}

    /// When a term that begins at `start` ends by the rule alone; null when only a decision ends it.
    default @Nullable Instant end(Instant start, Handover handover) {
        return switch (this) {
            case UntilHandover() -> null;
            case Length(Period length) ->
                    ZonedDateTime.ofInstant(start, handover.zone()).plus(length).toInstant();
            case Calendar(int months, LocalDate anchor) -> {
                LocalDate day = LocalDate.ofInstant(start, handover.zone());
                long periods = Math.floorDiv(ChronoUnit.MONTHS.between(anchor, day), months) - 1;
                Instant end;
                do {
                    periods++;
                    end = handover.on(anchor.plusMonths(periods * months));
                } while (!end.isAfter(start));
                yield end;
            }
        };
    }
}
