package org.kerege.node.identity;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Callers verified a short while ago, by a keyed hash of their credentials. Bounded; safe for several threads.
final class RecentCallers {

    private static final int LIMIT = 4_096;

    private final Clock clock;
    private final Duration life;
    private final Map<ByteBuffer, Verified> verified =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Verified> eldest) {
                    return size() > LIMIT;
                }
            };

    private record Verified(Caller caller, Instant until) {}

    RecentCallers(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    synchronized Optional<Caller> find(byte[] key) {
        Verified found = verified.get(ByteBuffer.wrap(key));
        return found != null && clock.instant().isBefore(found.until())
                ? Optional.of(found.caller())
                : Optional.empty();
    }

    /// Remembers a caller for a while, but not beyond `end`.
    synchronized void remember(byte[] key, Caller caller, Instant end) {
        Instant until = clock.instant().plus(life);
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        verified.remove(wrapped);
        verified.put(wrapped, new Verified(caller, until.isBefore(end) ? until : end));
    }

    /// After any change of accounts: nobody is remembered with rights of before.
    synchronized void forget() {
        verified.clear();
    }
}
