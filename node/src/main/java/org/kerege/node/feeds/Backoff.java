package org.kerege.node.feeds;

import java.time.Duration;

/// How long to wait for the next run: after a good one the time that was asked for, after failures in a row half a minute
/// and twice as much with each, at most an hour or the time that was asked for where that is longer. A tenth more or less
/// by chance, so that nodes which saw the same server go down do not come back to it at once.
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 20;

    private Backoff() {}

    /// @param chance at least 0 and less than 1
    static Duration next(Duration every, int failures, double chance) {
        return jittered(failures == 0 ? every : afterFailures(every, failures), chance);
    }

    private static Duration afterFailures(Duration every, int failures) {
        Duration longest = every.compareTo(LONGEST) > 0 ? every : LONGEST;
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private static Duration jittered(Duration wait, double chance) {
        return Duration.ofMillis((long) (wait.toMillis() * (0.9 + 0.2 * chance)));
    }
}
