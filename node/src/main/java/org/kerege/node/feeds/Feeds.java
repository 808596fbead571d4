package org.kerege.node.feeds;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.kerege.node.settings.Feed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the declared feeds, each on a thread of its own, again and again until the node stops. A feed that fails is tried
/// anew after pauses that grow; where it stands is in the store, so that nothing is lost or repeated over a restart.
public final class Feeds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final int LONGEST_PROBLEM = 500;

    private final List<Feed> declared;
    private final FeedRun run;
    private final FeedStates states;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();

    Feeds(List<Feed> declared, FeedRun run, FeedStates states, Clock clock) {
        this.declared = List.copyOf(declared);
        this.run = run;
        this.states = states;
        this.clock = clock;
    }

    /// Begins the schedule.
    void start() {
        for (Feed feed : declared) {
            threads.add(Thread.ofVirtual().name("feed-" + feed.name()).start(() -> repeat(feed)));
        }
    }

    private void repeat(Feed feed) {
        try {
            while (true) {
                Thread.sleep(untilNext(feed));
                runOnce(feed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A clock that was set back makes nobody wait longer than one whole pause.
    private Duration untilNext(Feed feed) {
        FeedState state = states.of(feed.name());
        Instant last = state.lastRun();
        if (last == null) {
            return Duration.ZERO;
        }
        Duration pause =
                Backoff.next(
                        feed.every(), state.failures(), ThreadLocalRandom.current().nextDouble());
        Duration left = pause.minus(Duration.between(last, clock.instant()));
        return left.isNegative() ? Duration.ZERO : left.compareTo(pause) > 0 ? pause : left;
    }

    /// Runs a feed now and keeps how it ended.
    FeedState runOnce(Feed feed) throws InterruptedException {
        FeedState before = states.of(feed.name());
        FeedState after;
        try {
            run.run(feed);
            after = states.of(feed.name()).succeeded(clock.instant());
            if (before.failures() > 0) {
                LOG.info("event=feed_back name={}", feed.name());
            }
        } catch (IOException | RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            after =
                    before.failed(
                            clock.instant(),
                            why.substring(0, Math.min(why.length(), LONGEST_PROBLEM)));
            LOG.warn(
                    "event=feed_failed name={} failures={} reason={}",
                    feed.name(),
                    after.failures(),
                    why);
        }
        states.ended(after);
        return states.of(feed.name());
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
