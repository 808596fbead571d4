package org.kerege.node.hunt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All matches of one indicator, as much of them as may be told: one of them, when, and how many.
///
/// @param first the match met first
/// @param from time of the earliest event, null where none has one
/// @param to time of the latest
/// @param count how many
public record Found(Match first, @Nullable Instant from, @Nullable Instant to, long count) {

    /// One match alone.
    static Found of(Match match) {
        return new Found(match, match.time(), match.last(), 1);
    }

    /// Some matches of one indicator; one at least.
    public static Found of(List<Match> matches) {
        return matches.stream().map(Found::of).reduce(Found::and).orElseThrow();
    }

    /// Both together.
    Found and(Found other) {
        return new Found(
                first, earlier(from, other.from), later(to, other.to), count + other.count);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
