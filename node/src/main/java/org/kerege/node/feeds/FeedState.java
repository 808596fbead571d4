package org.kerege.node.feeds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a feed is doing.
///
/// @param lastRun when it ran last, well or not; null when it never did
/// @param lastGood when it last ran to its end
/// @param failures how often it has failed since
/// @param problem why it failed last; null when it did not
/// @param objects how many objects it has brought or handed over in all
/// @param refused how many were refused at the end they went to
public record FeedState(
        String name,
        @Nullable Instant lastRun,
        @Nullable Instant lastGood,
        int failures,
        @Nullable String problem,
        long objects,
        long refused) {

    /// A feed that never ran.
    public static FeedState none(String name) {
        return new FeedState(name, null, null, 0, null, 0, 0);
    }

    FeedState succeeded(Instant at) {
        return new FeedState(name, at, at, 0, null, objects, refused);
    }

    FeedState failed(Instant at, String why) {
        return new FeedState(name, at, lastGood, failures + 1, why, objects, refused);
    }

    /// That it fails, since when and why.
    public String trouble() {
        return "failed " + failures + " times in a row, last at " + lastRun + ": " + problem;
    }
}
