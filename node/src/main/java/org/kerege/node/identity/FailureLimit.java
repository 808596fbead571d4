package org.kerege.node.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows guessing: who failed often lately is not asked for a password for a while. It counts by address and claimed
/// account together, and more generously by address alone, never by account alone, so that nobody elsewhere can
/// lock an account out. Bounded; safe for several threads.
public final class FailureLimit {

    private static final int MOST_FAILURES = 10;
    private static final int MOST_FAILURES_OF_ADDRESS = 100;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 10_000;

    private final Clock clock;
    private final Map<String, Failures> recent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    private record Failures(int count, Instant since) {}

    public FailureLimit(Clock clock) {
        this.clock = clock;
    }

    /// Whether an address is to wait before it tries that account again.
    public synchronized boolean exceeded(String address, String account) {
        return exceeds(address + " " + account, MOST_FAILURES)
                || exceeds(address, MOST_FAILURES_OF_ADDRESS);
    }

    /// Counts a failure.
    public synchronized void failed(String address, String account) {
        count(address + " " + account);
        count(address);
    }

    private boolean exceeds(String key, int limit) {
        Failures failures = recent.get(key);
        return failures != null
                && failures.count() >= limit
                && clock.instant().isBefore(failures.since().plus(WINDOW));
    }

    private void count(String key) {
        Instant now = clock.instant();
        Failures before = recent.remove(key);
        Failures next =
                before == null || now.isAfter(before.since().plus(WINDOW))
                        ? new Failures(1, now)
                        : new Failures(before.count() + 1, before.since());
        recent.put(key, next);
    }
}
