package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.engine.Engine;
import org.kerege.pattern.engine.Hit;
import org.kerege.pattern.engine.Scanner;
import org.kerege.pattern.sigma.Irreducible;
import org.kerege.pattern.sigma.SigmaRule;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.stix.Json;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The published rules of Sigma as patterns, against the events that are said to match them and against logs of
/// exercises. Prints the figures.
class SigmaRulesTest {

    private static final Path RULES = Path.of("../../shared/data/rules/sigma");
    private static final Path CASES = Path.of("../../shared/data/rules/sigma-regression.ndjson.gz");
    private static final Path LOGS = Path.of("../../shared/data/logs/otrf-host");

    /// Patterns by the identifiers of their rules.
    private static final Map<String, Pattern> PATTERNS = new LinkedHashMap<>();

    private static int rules;

    @BeforeAll
    static void reduce() throws IOException {
        assumeTrue(Files.isDirectory(RULES), "the rules are not beside the project: " + RULES);
        try (Stream<Path> files = Files.walk(RULES)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
                for (Object document : yaml.loadAll(Files.readString(file))) {
                    rules++;
                    try {
                        SigmaRule rule = SigmaRule.read(document);
                        PATTERNS.put(rule.id(), rule.pattern());
                    } catch (Irreducible e) {
                        assertThat(e.reason()).as(file.toString()).isNotBlank();
                    }
                }
            }
        }
        System.out.printf("%d of %d rules reduce%n", PATTERNS.size(), rules);
    }

    @Test
    void most_of_them_reduce() {
        assertThat(PATTERNS.size()).isGreaterThan(rules * 65 / 100);
    }

    @Test
    void every_reduced_rule_is_found_in_an_event_that_is_said_to_match_it() throws IOException {
        List<String> ids = List.copyOf(PATTERNS.keySet());
        Set<String> found = new HashSet<>();
        Set<String> asked = new TreeSet<>();
        Engine engine = engine();
        Scanner scanner = engine.scanner();
        try (BufferedReader cases = lines(CASES)) {
            for (String line = cases.readLine(); line != null; line = cases.readLine()) {
                JsonNode one = Json.mapper().readTree(line);
                String rule = one.path("rule_id").asString("");
                if (!PATTERNS.containsKey(rule)) {
                    continue;
                }
                asked.add(rule);
                StringBuilder log = new StringBuilder();
                one.path("events").forEach(event -> log.append(flat(event)).append('\n'));
                read(
                        new ByteArrayInputStream(log.toString().getBytes(StandardCharsets.UTF_8)),
                        engine,
                        event -> {
                            for (Hit hit : scanner.scan(event.objects())) {
                                if (ids.get(hit.pattern()).equals(rule)) {
                                    found.add(rule);
                                }
                            }
                        });
            }
        }
        System.out.printf("%d cases of reduced rules, %d found%n", asked.size(), found.size());

        assertThat(asked).isNotEmpty();
        asked.removeAll(found);
        assertThat(asked).isEmpty();
    }

    /// An event in the form in which collectors write it: what it tells beside its channel and number.
    private static ObjectNode flat(JsonNode event) {
        ObjectNode flat = Json.mapper().createObjectNode();
        event.path("Event")
                .path("EventData")
                .properties()
                .forEach(field -> flat.set(field.getKey(), field.getValue()));
        JsonNode system = event.path("Event").path("System");
        JsonNode number = system.path("EventID");
        flat.set("EventID", number.isObject() ? number.path("#text") : number);
        flat.set("Channel", system.path("Channel"));
        flat.set("@timestamp", system.path("TimeCreated").path("#attributes").path("SystemTime"));
        return flat;
    }

    @Test
    @Tag("long")
    void all_of_them_keep_up_with_a_busy_collector() throws IOException {
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.list(LOGS)) {
            for (Path file :
                    files.filter(one -> one.toString().contains("LSASS_campaign")).toList()) {
                try (BufferedReader lines = lines(file)) {
                    lines.lines().forEach(line -> log.append(line).append('\n'));
                }
            }
        }
        byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
        Engine engine = engine();
        double best = 0;
        for (int round = 0; round < 6; round++) {
            Scanner scanner = engine.scanner();
            long[] matches = {0};
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long events =
                    read(
                            new ByteArrayInputStream(bytes),
                            engine,
                            event -> matches[0] += scanner.scan(event.objects()).size());
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.max(best, events * 1e9 / nanos);
            System.out.printf(
                    "Sigma: %d rules, %,d Windows events, %,.0f a second of one thread, %,d matches%n",
                    PATTERNS.size(), events, events * 1e9 / nanos, matches[0]);
        }
        // Below what is reached on an idle machine, so that only a break is told.
        assertThat(best).isGreaterThan(20_000);
    }

    private static Engine engine() {
        Engine.Builder builder = new Engine.Builder();
        PATTERNS.values().forEach(builder::add);
        return builder.build();
    }

    private static BufferedReader lines(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private static long read(InputStream log, Engine engine, Consumer<Event> take)
            throws IOException {
        long[] events = {0};
        new LogReader(Mappings.standard(), new EngineSieve(engine.filter()))
                .read(
                        log,
                        new LogReader.Listener() {
                            @Override
                            public void event(Event event) {
                                events[0]++;
                                take.accept(event);
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
}
