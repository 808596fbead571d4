package org.kerege.node.council;

import java.time.Duration;
import org.kerege.node.ledger.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second for acts that have no time yet; rests longer while no quorum of witnesses answers.
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Council council;
    private final Thread thread;

    Rounds(Council council) {
        this.council = council;
        this.thread = Thread.ofVirtual().name("council").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration pause = PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(pause);
                pause = council.round() ? PAUSE : longer(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (StoreUnavailable e) {
                pause = longer(pause);
            } catch (RuntimeException e) {
                LOG.warn("event=council_round_failed reason=\"{}\"", e.getMessage());
                pause = longer(pause);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
