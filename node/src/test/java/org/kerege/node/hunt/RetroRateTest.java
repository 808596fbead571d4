package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.Retained;
import org.kerege.readers.retained.RetainedEvents;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;

/// How long one indicator is hunted back in kept events, against a hunt in the log that they came from. Events are
/// written as the node writes them; from `kerege.retro.copies` on (default 1) each segment stands several times, under
/// names of its own, so that a large store can be asked without hours of writing.
@Tag("long")
class RetroRateTest {

    private static final int EVENTS = Integer.getInteger("kerege.retro.events", 500_000);
    private static final int COPIES = Integer.getInteger("kerege.retro.copies", 1);
    private static final int ROUNDS = 3;

    @TempDir private static Path folder;

    @Test
    void finds_one_indicator_in_many_events() throws IOException {
        Path kept = folder.resolve("events");
        byte[] log = log(EVENTS);
        write(kept, log);
        copy(kept);
        long events = (long) EVENTS * COPIES;
        List<String> patterns =
                List.of(
                        "[ipv4-addr:value = '203.0.113.45']",
                        "[ipv4-addr:value = '198.18.0.1']",
                        "[ipv4-addr:value ISSUBSET '203.0.113.0/28']",
                        "[domain-name:value = 'h4711.example']",
                        "[domain-name:value LIKE '%77777.example']",
                        "[url:value MATCHES 'h[0-9]+/x7777$']");
        try (RetainedEvents retained = RetainedEvents.open(kept, Clock.systemUTC())) {
            System.out.printf(
                    "%,d events in %,d segments, %.1f bytes an event; %,d bytes of log an event%n",
                    retained.extent().events(),
                    retained.extent().segments(),
                    (double) retained.extent().bytes() / events,
                    log.length / EVENTS);
            for (String pattern : patterns) {
                Indicator indicator = indicator(pattern);
                double best = Double.MAX_VALUE;
                long matched = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    Hunt hunt =
                            new Hunt(List.of(indicator), KnownGood.NONE, Mappings.standard(), null);
                    long start = System.nanoTime();
                    hunt.searchRetained(retained, null, _ -> {});
                    double seconds = (System.nanoTime() - start) / 1e9;
                    System.out.printf("  %.3f s", seconds);
                    best = Math.min(best, seconds);
                    matched = hunt.counts().matched();
                }
                double streaming = 0;
                long found = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    Hunt hunt =
                            new Hunt(List.of(indicator), KnownGood.NONE, Mappings.standard(), null);
                    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    hunt.search(
                            Path.of("log"),
                            new ByteArrayInputStream(log),
                            _ -> {},
                            (_, _, _) -> {});
                    streaming =
                            Math.max(
                                    streaming,
                                    EVENTS
                                            * 1e9
                                            / (ManagementFactory.getThreadMXBean()
                                                            .getCurrentThreadCpuTime()
                                                    - start));
                    found = hunt.counts().matched();
                }
                System.out.printf(
                        "%n%s: %,d matches, %.3f s, %,.0f events/s, %.1f times the streaming %,.0f%n",
                        pattern,
                        matched,
                        best,
                        events / best,
                        events / best / streaming,
                        streaming);
                assertThat(matched).isEqualTo(found * COPIES);
            }
        }
    }

    private static Indicator indicator(String pattern) {
        return Indicator.of(
                StixObject.read(
                        Json.mapper()
                                .createObjectNode()
                                .put("type", "indicator")
                                .put("spec_version", "2.1")
                                .put("id", "indicator--" + UUID.randomUUID())
                                .put("pattern", pattern)
                                .put("pattern_type", "stix")
                                .toString()
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static void write(Path kept, byte[] log) throws IOException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (RetainedEvents retained = RetainedEvents.open(kept, Clock.systemUTC())) {
            new LogReader(Mappings.standard())
                    .read(
                            new ByteArrayInputStream(log),
                            new LogReader.Listener() {
                                @Override
                                public void event(Event event) {
                                    try {
                                        retained.add(new Retained("conn.log", event));
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                }

                                @Override
                                public void unmapped(long line) {
                                    throw new IllegalStateException("unmapped: " + line);
                                }

                                @Override
                                public void unread(long line, String why) {
                                    throw new IllegalStateException(why);
                                }

                                @Override
                                public void end() {}
                            });
            retained.erase(java.time.Instant.EPOCH, java.time.Instant.MAX);
        }
        System.out.printf(
                "kept %,.0f events/s%n",
                EVENTS
                        * 1e9
                        / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start));
    }

    private static void copy(Path kept) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(kept)) {
            segments = files.filter(file -> file.toString().endsWith(".segment")).toList();
        }
        List<Path> copies = new ArrayList<>();
        for (int copy = 1; copy < COPIES; copy++) {
            for (Path segment : segments) {
                Path other = kept.resolve("%08d.segment".formatted(10_000 + copies.size()));
                Files.copy(segment, other);
                copies.add(other);
            }
        }
    }

    /// Connections, look-ups of names and requests, as Zeek writes them, in the shares of an office's network.
    private static byte[] log(int count) {
        Random random = new Random(3);
        StringBuilder log = new StringBuilder(count * 330);
        for (int i = 0; i < count; i++) {
            String head =
                    "\"ts\":%d.%06d,\"uid\":\"C%x\",\"id.orig_h\":\"10.%d.%d.%d\",\"id.orig_p\":%d,"
                            .formatted(
                                    1_714_557_600 + i / 50,
                                    random.nextInt(1_000_000),
                                    random.nextLong(),
                                    random.nextInt(2),
                                    random.nextInt(16),
                                    random.nextInt(254),
                                    1_024 + random.nextInt(60_000));
            // Few hosts take most of the connections.
            int host = (int) (Math.exp(random.nextDouble() * 12.2) * 1.0);
            String address =
                    i % 250_001 == 77
                            ? "203.0.113.45"
                            : "%d.%d.%d.%d"
                                    .formatted(
                                            11 + host % 180,
                                            host / 180 % 256,
                                            host / 46_080 % 256,
                                            host % 250);
            int kind = random.nextInt(10);
            if (kind < 6 || address.startsWith("203")) {
                log.append("{\"_path\":\"conn\",")
                        .append(head)
                        .append(
                                "\"id.resp_h\":\"%s\",\"id.resp_p\":443,\"proto\":\"tcp\",\"service\":\"ssl\",\"duration\":%d.5,\"orig_bytes\":%d,\"resp_bytes\":%d,\"conn_state\":\"SF\",\"missed_bytes\":0,\"history\":\"ShADadFf\",\"orig_pkts\":%d,\"orig_ip_bytes\":%d,\"resp_pkts\":%d,\"resp_ip_bytes\":%d}%n"
                                        .formatted(
                                                address,
                                                random.nextInt(9),
                                                random.nextInt(9_999),
                                                random.nextInt(99_999),
                                                random.nextInt(99),
                                                random.nextInt(9_999),
                                                random.nextInt(99),
                                                random.nextInt(99_999)));
            } else if (kind < 9) {
                log.append("{\"_path\":\"dns\",")
                        .append(head)
                        .append(
                                "\"id.resp_h\":\"10.0.0.1\",\"id.resp_p\":53,\"proto\":\"udp\",\"trans_id\":%d,\"query\":\"h%d.example\",\"qclass\":1,\"qtype\":1,\"qtype_name\":\"A\",\"rcode\":0,\"answers\":[\"%s\"],\"TTLs\":[60.0],\"rejected\":false}%n"
                                        .formatted(random.nextInt(65_000), host, address));
            } else {
                log.append("{\"_path\":\"http\",")
                        .append(head)
                        .append(
                                "\"id.resp_h\":\"%s\",\"id.resp_p\":80,\"trans_depth\":1,\"method\":\"GET\",\"host\":\"h%d.example\",\"uri\":\"/x%d\",\"user_agent\":\"Mozilla/5.0\",\"request_body_len\":0,\"response_body_len\":%d,\"status_code\":200}%n"
                                        .formatted(
                                                address,
                                                host,
                                                random.nextInt(20_000),
                                                random.nextInt(99_999)));
            }
        }
        return log.toString().getBytes(StandardCharsets.UTF_8);
    }
}
