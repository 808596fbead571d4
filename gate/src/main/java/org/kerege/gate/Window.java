package org.kerege.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When something may be released: from `opens` (inclusive; an embargo's end) to `closes` (exclusive; an
/// expiry). Null is without bound.
public record Window(@Nullable Instant opens, @Nullable Instant closes) {

    public static final Window ALWAYS = new Window(null, null);

    /// The time in which both are open; it may be none at all.
    public Window and(Window other) {
        return new Window(later(opens, other.opens), earlier(closes, other.closes));
    }

    public boolean embargoed(Instant at) {
        return opens != null && at.isBefore(opens);
    }

    public boolean expired(Instant at) {
        return closes != null && !at.isBefore(closes);
    }

    /// The first instant after `at` at which this window opens or closes; null when there is none.
    public @Nullable Instant nextChange(Instant at) {
        Instant opening = opens != null && opens.isAfter(at) ? opens : null;
        Instant closing = closes != null && closes.isAfter(at) ? closes : null;
        return earlier(opening, closing);
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }

    static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
