package org.kerege.node.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands where the story is.
final class StoryClock extends Clock {

    private volatile Instant now;

    StoryClock(Instant start) {
        this.now = start;
    }

    void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /// The same clock: a story has one.
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
