package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Channel;
import org.kerege.gate.View;
import org.kerege.node.TestStore;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.node.server.NodeServer;

/// Writers and readers of one collection at the same time, on a node that runs.
class ManyAtOnceTest {

    private static final int WRITERS = 32;
    private static final int ENVELOPES = 12;
    private static final int PER_ENVELOPE = 7;

    @TempDir private static Path folder;
    private static NodeServer node;
    private static Collection collection;

    @BeforeAll
    static void start() {
        node = NodeServer.start(TestStore.settings(folder, null));
        collection = TestStore.layOut(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /// How a reader goes on from what it has.
    private interface Step {
        Page next(@Nullable Held last);
    }

    @Test
    void every_reader_sees_every_object_once() throws Exception {
        Instant begin = lastDate();
        Step byDate =
                last ->
                        read(
                                new Query(
                                        last == null ? begin : last.dateAdded(),
                                        List.of(),
                                        List.of(),
                                        Query.Versions.LAST,
                                        List.of()),
                                null);
        Step byCursor =
                last ->
                        read(
                                new Query(
                                        begin,
                                        List.of(),
                                        List.of(),
                                        Query.Versions.LAST,
                                        List.of()),
                                last == null ? null : last.position());
        AtomicInteger writing = new AtomicInteger(WRITERS);
        Set<String> written = new ConcurrentSkipListSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                readers.add(threads.submit(() -> follow(byDate, writing, new Random(seed))));
                readers.add(threads.submit(() -> follow(byCursor, writing, new Random(~seed))));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(100 + i);
                writers.add(
                        threads.submit(() -> {
                            try {
                                for (int n = 0; n < ENVELOPES; n++) {
                                    written.addAll(admit());
                                    pause(random);
                                }
                            } finally {
                                writing.decrementAndGet();
                            }
                        }));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            assertThat(written).hasSize(WRITERS * ENVELOPES * PER_ENVELOPE);
            for (Future<List<String>> reader : readers) {
                List<String> seen = reader.get(60, TimeUnit.SECONDS);
                assertThat(seen).doesNotHaveDuplicates();
                assertThat(new HashSet<>(seen)).isEqualTo(new HashSet<>(written));
            }
        }
    }

    @Test
    void loses_nothing_acknowledged_when_the_database_dies_and_comes_back() throws Exception {
        Instant begin = lastDate();
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        AtomicBoolean dead = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                writers.add(
                        threads.submit(
                                (Callable<Void>)
                                        () -> {
                                            writeUntilBack(acknowledged, dead);
                                            return null;
                                        }));
            }
            awaitAtLeast(acknowledged, 20 * PER_ENVELOPE);
            killDatabase();
            dead.set(true);
            for (Future<Void> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        }

        List<String> held = new ArrayList<>();
        Page page;
        @Nullable Position after = null;
        do {
            page =
                    read(
                            new Query(begin, List.of(), List.of(), Query.Versions.LAST, List.of()),
                            after);
            page.items().forEach(one -> held.add(one.objectId()));
            after = page.items().isEmpty() ? after : page.items().getLast().position();
        } while (page.more());
        assertThat(held).doesNotHaveDuplicates().containsAll(acknowledged);
    }

    /// Goes on until something handed over after the death is acknowledged; a refusal says that the store is away.
    private static void writeUntilBack(Set<String> acknowledged, AtomicBoolean dead) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (System.nanoTime() < deadline) {
            boolean died = dead.get();
            try {
                acknowledged.addAll(admit());
                if (died) {
                    return;
                }
            } catch (StoreUnavailable e) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        throw new AssertionError("the database did not come back");
    }

    private static Set<String> admit() {
        Set<String> ids = TestStore.newIds(PER_ENVELOPE);
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(
                                collection,
                                new Source(TestStore.ORGANISATION, "taxii", TestStore.ACCOUNT),
                                TestStore.items(ids));
        assertThat(verdicts.refused()).isEmpty();
        return ids;
    }

    private static List<String> follow(Step step, AtomicInteger writing, Random random) {
        List<String> seen = new ArrayList<>();
        @Nullable Held last = null;
        while (true) {
            // Looked at before the page is read: what was written until then is on it.
            boolean allWritten = writing.get() == 0;
            Page page = step.next(last);
            page.items().forEach(one -> seen.add(one.objectId()));
            if (page.items().isEmpty() && allWritten) {
                return seen;
            }
            last = page.items().isEmpty() ? last : page.items().getLast();
            pause(random);
        }
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(random.nextInt(3_000_000));
    }

    private static Page read(Query query, @Nullable Position after) {
        View view = node.part(Gate.class).view(TestStore.ORGANISATION, Channel.TAXII);
        return node.part(ReadObjects.class).entries(collection, view, query, after, 100);
    }

    private static Instant lastDate() {
        Instant last = Instant.EPOCH;
        Page page;
        do {
            page =
                    read(
                            new Query(last, List.of(), List.of(), Query.Versions.LAST, List.of()),
                            null);
            last = page.items().isEmpty() ? last : page.items().getLast().dateAdded();
        } while (page.more());
        return last;
    }

    private static void awaitAtLeast(Set<String> acknowledged, int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (acknowledged.size() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(count);
    }

    private static void killDatabase() throws Exception {
        Path lock = folder.resolve("postgres/data/postmaster.pid");
        String pid = Files.readAllLines(lock).getFirst().strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }
}
