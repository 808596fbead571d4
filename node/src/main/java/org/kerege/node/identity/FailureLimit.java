package org.kerege.node.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows guessing: an address that failed often lately is answered no more for a while. It counts by the caller's
/// address alone, never by account, so that nobody can lock somebody else out. Bounded; safe for several threads.
final class FailureLimit {

    private static final int MOST_FAILURES = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Failures> byAddress =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };

    private record Failures(int count, Instant since) {}

    FailureLimit(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean exceeded(String address) {
        Failures failures = byAddress.get(address);
        return failures != null
                && failures.count() >= MOST_FAILURES
                && clock.instant().isBefore(failures.since().plus(WINDOW));
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        Failures before = byAddress.remove(address);
        Failures next =
                before == null || now.isAfter(before.since().plus(WINDOW))
                        ? new Failures(1, now)
                        : new Failures(before.count() + 1, before.since());
        byAddress.put(address, next);
    }
}
