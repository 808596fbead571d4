package org.kerege.pattern.enforce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A value with where it comes from.
///
/// @param indicator identifier of the first indicator that asks for it, in the order of identifiers
/// @param from since when it counts; null where nothing says so
/// @param until null for no end
record Line(Target target, String indicator, @Nullable Instant from, @Nullable Instant until) {

    /// What both say of the same value.
    Line and(Line other) {
        return new Line(
                target,
                indicator.compareTo(other.indicator) <= 0 ? indicator : other.indicator,
                from == null || other.from == null
                        ? (from == null ? other.from : from)
                        : (from.isBefore(other.from) ? from : other.from),
                until == null || other.until == null
                        ? null
                        : (until.isAfter(other.until) ? until : other.until));
    }
}
