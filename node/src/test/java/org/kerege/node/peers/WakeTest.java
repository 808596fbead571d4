package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.stix.StixId;

/// How soon a peer sees what is published, by the nodes' own rounds.
@Tag("long")
class WakeTest {

    private static final int TIMES = 100;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @Test
    void what_is_published_is_seen_by_a_peer_within_seconds(@TempDir Path folder) throws Exception {
        Clock clock = Clock.systemUTC();
        try (PeerNode alpha = PeerNode.start("Alpha", folder, clock);
                PeerNode beta = PeerNode.start("Beta", folder, clock)) {
            alpha.agreeWith(beta, PeerNode.terms(clock));
            beta.part(Rounds.class).start();
            seen(beta, alpha.publish(PeerNode.GREEN));
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                millis.add(
                        TimeUnit.NANOSECONDS.toMillis(seen(beta, alpha.publish(PeerNode.GREEN))));
            }
            millis.sort(null);
            System.out.println(
                    "publish to visible at a peer, ms: p50 %d, p95 %d, p99 %d, longest %d"
                            .formatted(
                                    millis.get(TIMES / 2),
                                    millis.get(TIMES * 95 / 100),
                                    millis.get(TIMES * 99 / 100),
                                    millis.getLast()));
            assertThat(millis.getLast()).isLessThan(TimeUnit.NANOSECONDS.toMillis(PATIENCE));
        }
    }

    private static long seen(PeerNode node, StixId object) {
        long begin = System.nanoTime();
        while (!node.holds(object) && System.nanoTime() - begin < PATIENCE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return System.nanoTime() - begin;
    }
}
