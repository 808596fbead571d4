package org.kerege.node.ledger;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The append-only record of everything that binds the node.
///
/// One thread writes. It takes whatever works wait, up to [#GROUP_LIMIT], runs them one after the other in one
/// transaction and commits once: many small writers share the cost of one durable commit, entries and
/// projections can never disagree, and whoever reads sees them in the order of their numbers. A work that fails
/// takes nobody with it: the group is rolled back and each of its works is run again alone. When the database is
/// gone the works that wait fail with [StoreUnavailable] and the writer connects anew.
public final class Ledger implements AutoCloseable {

    /// Most works that share one commit.
    public static final int GROUP_LIMIT = 64;

    private static final String LOCK = "hashtext('kerege ledger')";
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int QUEUE_LIMIT = 1_024;
    private static final Duration ENQUEUE_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOCK_STEP = Duration.ofSeconds(1);

    private final Postgres postgres;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final Thread writer;
    private volatile boolean closed;

    // Owned by the writer's thread.
    private @Nullable Connection connection;
    private long nextSeq;
    private Instant lastTime = Instant.EPOCH;

    private Ledger(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("ledger-writer").unstarted(this::write);
    }

    /// Opens the ledger in a database whose tables are in place and starts its writer.
    public static Ledger open(Postgres postgres, Clock clock) {
        Ledger ledger = new Ledger(postgres, clock);
        ledger.writer.start();
        return ledger;
    }

    /// Records `work` and waits until it is durable.
    ///
    /// @throws StoreUnavailable when it is not known to be durable: nothing of it has been recorded or, where the
    ///     connection broke during the commit itself, all of it; so a caller who asks again recognises what is held
    public <R> R record(Work<R> work) {
        Pending<R> pending = new Pending<>(work);
        try {
            if (closed || !queue.offer(pending, ENQUEUE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailable(
                        closed
                                ? "the node is stopping"
                                : "too much waits to be written; try again later");
            }
            return pending.outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for the ledger", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new StoreUnavailable("the ledger could not be written", e.getCause());
        }
    }

    /// Stops the writer after what waits has been written.
    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        holdDatabase();
        List<Pending<?>> group = new ArrayList<>(GROUP_LIMIT);
        while (!closed || !queue.isEmpty()) {
            try {
                group.clear();
                Pending<?> first = closed ? queue.poll() : queue.take();
                if (first == null) {
                    break;
                }
                group.add(first);
                queue.drainTo(group, GROUP_LIMIT - 1);
                writeGroup(group);
            } catch (InterruptedException e) {
                // Only close() interrupts; what waits is still written, on a thread that is not
                // interrupted.
                LOG.debug("event=ledger_closing waiting={}", queue.size());
            } catch (RuntimeException e) {
                LOG.error("event=ledger_writer_failed", e);
                group.forEach(pending -> pending.fail(e));
            }
        }
        queue.forEach(pending -> pending.fail(new StoreUnavailable("the node is stopping")));
        disconnect();
    }

    /// Keeps other nodes out from the start; where the database is away it is tried again with the first work.
    private void holdDatabase() {
        try {
            connected();
        } catch (SQLException e) {
            LOG.warn("event=ledger_not_held reason={}", e.getMessage());
        }
    }

    private void writeGroup(List<Pending<?>> group) {
        if (tryTogether(group) || group.size() == 1) {
            return;
        }
        for (Pending<?> pending : group) {
            tryTogether(List.of(pending));
        }
    }

    /// Runs works in one transaction.
    ///
    /// @return false when they failed together; then none has been written, and a lone one knows why
    private boolean tryTogether(List<Pending<?>> group) {
        Connection open;
        try {
            open = connected();
        } catch (SQLException e) {
            StoreUnavailable why = new StoreUnavailable("the database cannot be reached", e);
            group.forEach(pending -> pending.fail(why));
            return true;
        }
        try {
            Instant now = now();
            long seq = nextSeq;
            for (Pending<?> pending : group) {
                LedgerTransaction transaction = new LedgerTransaction(open, now, random, seq);
                pending.run(transaction);
                transaction.flush();
                seq = transaction.nextSeq();
            }
            open.commit();
            nextSeq = seq;
            lastTime = now;
        } catch (SQLException | RuntimeException e) {
            boolean lost = !rolledBack(open);
            if (group.size() > 1 && !lost) {
                return false;
            }
            RuntimeException why =
                    e instanceof RuntimeException refusal
                            ? refusal
                            : new StoreUnavailable("the database refused to record it", e);
            group.forEach(pending -> pending.fail(why));
            return true;
        }
        group.forEach(Pending::succeed);
        return true;
    }

    private boolean rolledBack(Connection open) {
        try {
            open.rollback();
            return true;
        } catch (SQLException e) {
            LOG.warn("event=database_lost reason={}", e.getMessage());
            disconnect();
            return false;
        }
    }

    private Connection connected() throws SQLException {
        if (connection != null && !connection.isClosed()) {
            return connection;
        }
        Connection fresh =
                DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
        try (Statement statement = fresh.createStatement()) {
            fresh.setAutoCommit(false);
            // Two nodes on one database would both number entries: the second is kept out.
            try (ResultSet lock =
                    statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
                lock.next();
                if (!lock.getBoolean(1)) {
                    throw new SQLException("another node writes to this database");
                }
            }
            try (ResultSet last =
                    statement.executeQuery(
                            "select seq, recorded_at from ledger_entry order by seq desc limit 1")) {
                boolean any = last.next();
                nextSeq = any ? last.getLong(1) + 1 : 0;
                lastTime = any ? last.getTimestamp(2).toInstant() : Instant.EPOCH;
            }
            fresh.commit();
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
        connection = fresh;
        return fresh;
    }

    /// Whether a node writes to the database now.
    public static boolean hasWriter(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet lock =
                        statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
            lock.next();
            return !lock.getBoolean(1);
        }
    }

    /// Asks that no node writes to the database now.
    ///
    /// @throws StoreUnavailable when one does, or the database cannot be reached
    public static void requireNoWriter(Postgres postgres) {
        try (Connection connection =
                DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password())) {
            if (hasWriter(connection)) {
                throw new StoreUnavailable("another node writes to this database; stop it first");
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the database cannot be reached", e);
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("event=close_failed", e);
        }
        connection = null;
    }

    /// Now, but never before the last entry: a clock that steps back is waited out in numbers, and said.
    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (now.isBefore(lastTime)) {
            if (Duration.between(now, lastTime).compareTo(CLOCK_STEP) > 0) {
                LOG.warn("event=clock_stepped_back clock={} last_entry={}", now, lastTime);
            }
            return lastTime;
        }
        return now;
    }

    private static final class Pending<R> {

        private final Work<R> work;
        private final CompletableFuture<R> outcome = new CompletableFuture<>();
        private @Nullable R result;

        Pending(Work<R> work) {
            this.work = work;
        }

        void run(LedgerTransaction transaction) throws SQLException {
            result = work.run(transaction);
        }

        void succeed() {
            outcome.complete(result);
        }

        void fail(RuntimeException why) {
            outcome.completeExceptionally(why);
        }
    }
}
