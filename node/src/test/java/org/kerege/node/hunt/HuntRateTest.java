package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.engine.Engine;
import org.kerege.pattern.engine.Scanner;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// How fast a million indicators are hunted, against the rate at which the JSON library merely goes over the tokens of
/// the same bytes, both in processor time of one thread in the same run. Prints the figures.
@Tag("long")
class HuntRateTest {

    private static final int INDICATORS = 1_000_000;
    private static final int ROUNDS = 8;
    private static final Path SYSMON =
            Path.of(
                    "../../shared/data/logs/otrf-host/compound-LSASS_campaign_01__metasploit_logonpasswords_lsass_memory_dump.ndjson.gz");

    /// Far below what is reached, so that only a break is told.
    private static final double LEAST = 0.3;

    @Test
    void of_connections_keeps_up_with_the_parser() throws IOException {
        assertThat(ratio("Zeek conn", connections(300_000))).isGreaterThan(LEAST);
    }

    @Test
    void of_Sysmon_events_keeps_up_with_the_parser() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(SYSMON), "the log is not beside the project: " + SYSMON);
        assertThat(ratio("Sysmon", sysmon())).isGreaterThan(LEAST);
    }

    private static double ratio(String name, byte[] log) throws IOException {
        Engine engine = engine();
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpu();
            long tokens = tokens(log);
            long parsing = cpu() - start;
            start = cpu();
            long events = hunt(engine, log);
            long hunting = cpu() - start;
            double ratio = (double) parsing / hunting;
            best = Math.max(best, ratio);
            System.out.printf(
                    "%s: parser alone %,.0f events/s (%,d tokens), hunt %,.0f events/s, ratio %.2f%n",
                    name, events * 1e9 / parsing, tokens, events * 1e9 / hunting, ratio);
        }
        return best;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long tokens(byte[] log) {
        long tokens = 0;
        try (JsonParser parser =
                new JsonFactory()
                        .createParser(ObjectReadContext.empty(), new ByteArrayInputStream(log))) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private static long hunt(Engine engine, byte[] log) throws IOException {
        Scanner scanner = engine.scanner();
        long[] events = {0};
        new LogReader(Mappings.standard(), new EngineSieve(engine.filter()))
                .read(
                        new ByteArrayInputStream(log),
                        new LogReader.Listener() {
                            @Override
                            public void event(Event event) {
                                events[0]++;
                                scanner.scan(event.objects());
                            }

                            @Override
                            public void passedOver(long line) {
                                events[0]++;
                            }

                            @Override
                            public void unmapped(long line) {
                                events[0]++;
                            }

                            @Override
                            public void unread(long line, String why) {
                                throw new IllegalStateException(line + ": " + why);
                            }

                            @Override
                            public void end() {}
                        });
        return events[0];
    }

    private static Engine engine() {
        Random random = new Random(7);
        Engine.Builder patterns = new Engine.Builder();
        for (int i = 0; i < INDICATORS; i++) {
            long one = random.nextLong();
            long two = random.nextLong();
            patterns.add(
                    Pattern.parse(
                            switch (i % 5) {
                                case 0 ->
                                        "[ipv4-addr:value = '%d.%d.%d.%d']"
                                                .formatted(
                                                        11 + random.nextInt(180),
                                                        one & 0xFF,
                                                        one >>> 8 & 0xFF,
                                                        one >>> 16 & 0xFF);
                                case 1 -> "[domain-name:value = '%x.example']".formatted(one);
                                case 2 ->
                                        "[file:hashes.'SHA-256' = '%016x%016x%016x%016x']"
                                                .formatted(one, two, one ^ two, one + two);
                                case 3 ->
                                        "[url:value = 'http://%x.example/%x']".formatted(one, two);
                                default -> "[file:hashes.MD5 = '%016x%016x']".formatted(one, two);
                            }));
        }
        return patterns.build();
    }

    private static byte[] connections(int count) {
        Random random = new Random(3);
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < count; i++) {
            log.append(
                    """
                    {"_path":"conn","ts":%d.%06d,"uid":"C%x","id.orig_h":"10.%d.%d.%d","id.orig_p":%d,"id.resp_h":"%d.%d.%d.%d","id.resp_p":443,"proto":"tcp","service":"ssl","duration":%d.5,"orig_bytes":%d,"resp_bytes":%d,"conn_state":"SF","local_orig":true,"local_resp":false,"missed_bytes":0,"history":"ShADadFf","orig_pkts":%d,"orig_ip_bytes":%d,"resp_pkts":%d,"resp_ip_bytes":%d}
                    """
                            .formatted(
                                    1_714_557_600 + i / 50,
                                    random.nextInt(1_000_000),
                                    random.nextLong(),
                                    random.nextInt(6),
                                    random.nextInt(256),
                                    random.nextInt(254),
                                    1_024 + random.nextInt(60_000),
                                    11 + random.nextInt(180),
                                    random.nextInt(256),
                                    random.nextInt(256),
                                    random.nextInt(254),
                                    random.nextInt(9),
                                    random.nextInt(9_999),
                                    random.nextInt(99_999),
                                    random.nextInt(99),
                                    random.nextInt(9_999),
                                    random.nextInt(99),
                                    random.nextInt(99_999)));
        }
        return log.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sysmon() throws IOException {
        StringBuilder log = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(SYSMON)),
                                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> line.contains("Sysmon/Operational"))
                    .forEach(line -> log.append(line).append('\n'));
        }
        return log.toString().getBytes(StandardCharsets.UTF_8);
    }
}
