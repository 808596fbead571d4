package org.kerege.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;

/// Against the embedded PostgreSQL itself.
class LedgerTest {

    private static final int WRITERS = 32;

    @TempDir private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2025-01-01T00:00:00Z"));
    private Postgres store;
    private Ledger ledger;

    @BeforeEach
    void start() {
        open(TestDatabases.laidOut());
    }

    private void open(Postgres database) {
        store = database;
        ledger = Ledger.open(store, clock);
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void keeps_all_that_was_acknowledged_when_the_database_dies_at_once() throws Exception {
        ledger.close();
        EmbeddedPostgres dying = EmbeddedPostgres.start(folder.resolve("postgres"));
        Schema.bringForward(dying.address(), () -> {});
        open(dying.address());
        Set<Long> acknowledged = new ConcurrentSkipListSet<>();
        CountDownLatch busy = new CountDownLatch(500);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(
                        writers.submit(
                                (Callable<Void>)
                                        () -> {
                                            try {
                                                while (true) {
                                                    acknowledged.add(
                                                            record("written while it dies"));
                                                    busy.countDown();
                                                }
                                            } catch (StoreUnavailable e) {
                                                return null;
                                            }
                                        }));
            }
            assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
            killDatabase();
            for (Future<Void> writer : running) {
                writer.get(60, TimeUnit.SECONDS);
            }
        }
        ledger.close();
        dying.close();

        try (EmbeddedPostgres again = EmbeddedPostgres.start(folder.resolve("postgres"))) {
            open(again.address());
            NavigableSet<Long> held = checkedNumbers();
            assertThat(held).containsAll(acknowledged);
            assertThat(record("after the restart")).isEqualTo(held.last() + 1);
            ledger.close();
        }
    }

    @Test
    void numbers_entries_of_many_writers_without_a_gap() throws Exception {
        Set<Long> numbers = new ConcurrentSkipListSet<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS * 20; i++) {
                running.add(writers.submit(() -> numbers.add(record("one of many"))));
            }
            for (Future<Boolean> writer : running) {
                assertThat(writer.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(checkedNumbers()).isEqualTo(new TreeSet<>(numbers)).hasSize(WRITERS * 20);
        assertThat(new TreeSet<>(numbers).last()).isEqualTo(WRITERS * 20 - 1L);
    }

    @Test
    void takes_nobody_down_with_a_work_that_fails_beside_others() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            // The first work holds the writer until the others wait, so that they share a commit.
            Future<Long> first =
                    writers.submit(() ->
                            ledger.record(transaction -> {
                                begun.countDown();
                                awaitQuietly(go);
                                return transaction.append(EntryKind.REVIEW, bytes("{}"));
                            }));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            List<Future<Long>> good = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                good.add(writers.submit(() -> record("good")));
            }
            Future<Object> bad =
                    writers.submit(() ->
                            ledger.record(transaction -> {
                                transaction.append(EntryKind.REVIEW, bytes("{}"));
                                throw new IllegalStateException("refused");
                            }));
            go.countDown();

            assertThatThrownBy(() -> bad.get(60, TimeUnit.SECONDS)).hasMessageContaining("refused");
            first.get(60, TimeUnit.SECONDS);
            for (Future<Long> one : good) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(checkedNumbers()).hasSize(11).last().isEqualTo(10L);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void never_dates_an_entry_before_an_earlier_one() {
        Instant first = ledger.record(LedgerTransaction::now);
        record("at the first time");
        clock.set(first.minusSeconds(3_600));

        assertThat(ledger.record(LedgerTransaction::now)).isEqualTo(first);
    }

    @Test
    void records_nothing_of_a_work_that_fails() throws SQLException {
        record("before");

        assertThatThrownBy(() ->
                        ledger.record(transaction -> {
                            transaction.append(EntryKind.REVIEW, bytes("lost"));
                            throw new IllegalStateException("refused");
                        }))
                .hasMessage("refused");
        assertThat(record("after")).isEqualTo(1);
        assertThat(checkedNumbers()).containsExactly(0L, 1L);
    }

    @Test
    void keeps_a_second_node_out_of_its_database() {
        record("by the first");

        try (Ledger second = Ledger.open(store, clock)) {
            assertThatThrownBy(() -> second.record(t -> t.append(EntryKind.REVIEW, bytes("x"))))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }

    private long record(String body) {
        return ledger.record(t -> t.append(EntryKind.REVIEW, bytes("{}"), bytes(body)));
    }

    /// The numbers held, each with a leaf that its payload still opens.
    private NavigableSet<Long> checkedNumbers() throws SQLException {
        NavigableSet<Long> numbers = new TreeSet<>();
        Postgres at = store;
        try (Connection connection =
                        DriverManager.getConnection(at.url(), at.user(), at.password());
                Statement select = connection.createStatement();
                ResultSet row =
                        select.executeQuery(
                                "select seq, recorded_at, leaf, salt, meta, body"
                                        + " from ledger_entry join ledger_payload using (seq)")) {
            while (row.next()) {
                numbers.add(row.getLong(1));
                assertThat(row.getBytes(3))
                        .isEqualTo(
                                Leaf.hash(
                                        Leaf.bytes(
                                                EntryKind.REVIEW,
                                                row.getTimestamp(2).toInstant(),
                                                row.getBytes(4),
                                                row.getBytes(5),
                                                row.getBytes(6))));
            }
        }
        return numbers;
    }

    private void killDatabase() throws Exception {
        Path pid = folder.resolve("postgres/data/postmaster.pid");
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                        .orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(server);
        server.destroyForcibly();
        for (ProcessHandle process : all) {
            process.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
