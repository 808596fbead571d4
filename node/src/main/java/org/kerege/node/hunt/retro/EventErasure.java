package org.kerege.node.hunt.retro;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.retained.RetainedEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases kept events whose time is over. Looks each quarter of an hour and when the node starts.
final class EventErasure implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventErasure.class);
    private static final Duration EVERY = Duration.ofMinutes(15);

    /// A segment's events come within a day: as a whole it goes with its first.
    private static final Duration SPAN = Duration.ofDays(1);

    private final RetainedEvents retained;
    private final Window window;
    private final Clock clock;
    private @Nullable Thread thread;

    EventErasure(RetainedEvents retained, Window window, Clock clock) {
        this.retained = retained;
        this.window = window;
        this.clock = clock;
    }

    void start() {
        thread = Thread.ofVirtual().name("event-erasure").start(this::repeat);
    }

    private void repeat() {
        try {
            while (true) {
                try {
                    look();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("event=event_erasure_failed reason={}", e.getMessage());
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Erases what is due now.
    RetainedEvents.Erased look() throws IOException {
        Instant now = clock.instant();
        RetainedEvents.Erased erased = retained.erase(now.minus(window.kept()), now.minus(SPAN));
        if (erased.segments() > 0) {
            LOG.info("event=events_erased segments={} bytes={}", erased.segments(), erased.bytes());
        }
        return erased;
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
