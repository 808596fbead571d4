package org.kerege.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.settings.Upkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Lets go of what the settings keep for a time alone: what became of submissions, and versions that a newer one has
/// overtaken, which are erased like anything else and so leave their commitment and an entry that says why. The newest
/// version of an object is never touched. Looks once a day and when the node starts.
public final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final int BATCH = 1_000;

    private final JdbcClient database;
    private final Ledger ledger;
    private final Catalogue catalogue;
    private final Changes changes;
    private final Upkeep upkeep;
    private final Clock clock;
    private @Nullable Thread thread;

    Retention(
            JdbcClient database,
            Ledger ledger,
            Catalogue catalogue,
            Changes changes,
            Upkeep upkeep,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.changes = changes;
        this.upkeep = upkeep;
        this.clock = clock;
    }

    void start() {
        thread = Thread.ofVirtual().name("retention").start(this::repeat);
    }

    private void repeat() {
        try {
            while (true) {
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.warn("event=retention_failed reason={}", e.getMessage());
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets go of what is due now.
    ///
    /// @return how many versions were erased
    int look() {
        Instant now = clock.instant();
        database.sql("delete from status where requested < ?")
                .param(now.minus(upkeep.keepStatuses()).atOffset(ZoneOffset.UTC))
                .update();
        Duration keep = upkeep.keepSuperseded();
        return keep == null ? 0 : eraseOvertaken(now.minus(keep));
    }

    private int eraseOvertaken(Instant before) {
        int erased = 0;
        List<Long> due = overtaken(before);
        while (!due.isEmpty()) {
            List<Long> batch = due;
            List<Erasure.Erased> gone =
                    ledger.record(transaction ->
                            Erasure.erase(
                                    transaction,
                                    batch,
                                    "overtaken and kept as long as the settings ask",
                                    "node"));
            erased += gone.size();
            catalogue.collections().forEach(changes::changed);
            due = gone.isEmpty() ? List.of() : overtaken(before);
        }
        return erased;
    }

    /// Versions of which a newer one was taken in before that time.
    private List<Long> overtaken(Instant before) {
        return new ArrayList<>(
                database.sql(
                                """
                                select v.seq from object_version v
                                where exists (select 1 from object_version n join ledger_entry e using (seq)
                                    where n.object_id = v.object_id and n.version > v.version and n.source = v.source
                                      and e.recorded_at < ?)
                                order by v.seq limit ?\
                                """)
                        .params(before.atOffset(ZoneOffset.UTC), BATCH)
                        .query(Long.class)
                        .list());
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
