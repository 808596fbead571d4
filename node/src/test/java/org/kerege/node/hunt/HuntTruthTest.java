package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.Pattern;
import org.kerege.readers.Mappings;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hunts against counts that others made of the same logs, with scripts that know nothing of Kerege. Where a mapping
/// shows more fields than such a count looks at, `docs/hunting.md` says which; a table beside this test names each
/// such difference with its reason, so that a new one fails.
@Tag("long")
class HuntTruthTest {

    private static final Path DATA = Path.of("../../shared/data");
    private static final Path TRUTH = DATA.resolve("hunt-truth");

    @BeforeEach
    void needs_the_data() {
        assumeTrue(Files.isDirectory(TRUTH), "the truths are not beside the project: " + TRUTH);
    }

    /// One pattern over one log with what was counted.
    ///
    /// @param number tells apart two that are the same otherwise
    private record Truth(int number, String name, String log, String pattern, JsonNode expected) {}

    /// What a hunt found of one pattern.
    private record Found(int matches, Map<String, Integer> byEventId) {}

    @Test
    void of_authored_patterns_agrees_with_the_counts() throws IOException {
        List<Truth> truths = new ArrayList<>();
        for (String line : Files.readAllLines(TRUTH.resolve("authored-patterns.ndjson"))) {
            JsonNode truth = Json.mapper().readTree(line);
            truths.add(
                    new Truth(
                            truths.size(),
                            truth.path("id").asString(),
                            truth.path("log").asString(),
                            truth.path("pattern").asString(),
                            truth));
        }
        Mappings standard = Mappings.standard();
        List<Truth> left =
                differing(hunt(truths, standard), HuntTruthTest::agreesWithAuthor, truths);

        // What the sensor alone reports is counted there for connections and processes; the
        // system's audit reports
        // the same ones a second time.
        List<Truth> withSensor =
                differing(
                        hunt(left, standard.only(kind -> !kind.startsWith("security-"))),
                        HuntTruthTest::agreesWithAuthor,
                        left);
        assertThat(withSensor)
                .extracting(Truth::name)
                .containsExactlyInAnyOrderElementsOf(explained("authored"));
    }

    private static List<Truth> differing(
            Map<Truth, Found> found, BiPredicate<Found, JsonNode> agrees, List<Truth> truths) {
        return truths.stream()
                .filter(truth ->
                        !agrees.test(
                                found.getOrDefault(truth, new Found(0, Map.of())),
                                truth.expected()))
                .toList();
    }

    private static boolean agreesWithAuthor(Found found, JsonNode expected) {
        return expected.has("expected_events")
                ? agrees(found, expected)
                : found.matches() > 0 == expected.path("expected_match").asBoolean();
    }

    private static boolean agrees(Found found, JsonNode expected) {
        int events = expected.path("expected_events").asInt();
        if (found.matches() == events) {
            return true;
        }
        int counted = 0;
        for (String id : expected.path("by_EventID").propertyNames()) {
            counted += found.byEventId().getOrDefault(id, 0);
        }
        return expected.has("by_EventID") && counted == events;
    }

    @Test
    void of_published_indicators_agrees_with_the_fields_that_equal_them() throws IOException {
        List<Truth> truths = new ArrayList<>();
        for (String line :
                Files.readAllLines(TRUTH.resolve("natural-hits.tsv")).stream().skip(1).toList()) {
            String[] cells = line.split("\t", -1);
            ObjectNode expected =
                    Json.mapper()
                            .createObjectNode()
                            .put("equal", Integer.parseInt(cells[3]))
                            .put("anywhere", Integer.parseInt(cells[4]));
            truths.add(
                    new Truth(
                            truths.size(),
                            cells[1] + " " + cells[2],
                            cells[0],
                            pattern(cells[1], cells[2]),
                            expected));
        }
        List<String> differences = new ArrayList<>();
        hunt(truths, Mappings.standard())
                .forEach((truth, found) -> {
                    int equal = truth.expected().path("equal").asInt();
                    if (found.matches() != equal) {
                        differences.add(
                                "%s\t%s\t%d\t%d"
                                        .formatted(
                                                truth.name(), truth.log(), equal, found.matches()));
                    }
                });

        assertThat(differences).containsExactlyInAnyOrderElementsOf(explained("natural"));
    }

    private static String pattern(String kind, String value) {
        String quoted = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
        return switch (kind) {
            case "ip" ->
                    "[%s:value = %s]"
                            .formatted(value.contains(":") ? "ipv6-addr" : "ipv4-addr", quoted);
            case "domain" -> "[domain-name:value = " + quoted + "]";
            case "cmd" -> "[process:command_line = " + quoted + "]";
            case "hash" ->
                    "[file:hashes.'%s' = %s]"
                            .formatted(
                                    switch (value.length()) {
                                        case 32 -> "MD5";
                                        case 40 -> "SHA-1";
                                        default -> "SHA-256";
                                    },
                                    quoted);
            default -> throw new IllegalStateException("a kind of its own: " + kind);
        };
    }

    @Test
    void of_observed_data_agrees_with_the_matcher_of_OASIS() throws IOException {
        List<Truth> truths = new ArrayList<>();
        for (String line : Files.readAllLines(TRUTH.resolve("observed-data-matches.ndjson"))) {
            JsonNode truth = Json.mapper().readTree(line);
            truths.add(
                    new Truth(
                            truths.size(),
                            truth.path("pattern").asString(),
                            truth.path("bundle").asString(),
                            truth.path("pattern").asString(),
                            truth));
        }
        List<String> differences = new ArrayList<>();
        hunt(truths, Mappings.standard())
                .forEach((truth, found) -> {
                    JsonNode expected = truth.expected();
                    int observations = expected.path("expected_observations").asInt(-1);
                    boolean agrees =
                            found.matches() > 0 == expected.path("expected_match").asBoolean()
                                    && (observations < 0
                                            || found.matches() == observations
                                            || !expected.path("expected_match").asBoolean());
                    if (!agrees) {
                        differences.add(
                                "%s\t%s\t%d\t%d"
                                        .formatted(
                                                truth.pattern(),
                                                truth.log(),
                                                observations,
                                                found.matches()));
                    }
                });

        assertThat(differences).containsExactlyInAnyOrderElementsOf(explained("observed"));
    }

    /// The differences of one kind that are explained, without their reasons.
    private static List<String> explained(String kind) throws IOException {
        try (InputStream in =
                HuntTruthTest.class.getResourceAsStream("explained-differences.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind + "\t"))
                    .map(line -> line.substring(kind.length() + 1, line.lastIndexOf('\t')))
                    .toList();
        }
    }

    /// Hunts the patterns of each log together.
    private static Map<Truth, Found> hunt(List<Truth> truths, Mappings mappings)
            throws IOException {
        Map<String, List<Truth>> byLog = new LinkedHashMap<>();
        truths.forEach(
                truth -> byLog.computeIfAbsent(truth.log(), _ -> new ArrayList<>()).add(truth));
        Map<Truth, Found> all = new LinkedHashMap<>();
        for (Map.Entry<String, List<Truth>> log : byLog.entrySet()) {
            Path file = DATA.resolve(log.getKey());
            if (!Files.exists(file)) {
                continue;
            }
            Map<String, Truth> byIndicator = new LinkedHashMap<>();
            List<Indicator> indicators = new ArrayList<>();
            for (Truth truth : log.getValue()) {
                Indicator indicator = indicator(truth.pattern());
                byIndicator.put(indicator.id(), truth);
                indicators.add(indicator);
                all.put(truth, new Found(0, new TreeMap<>()));
            }
            new Hunt(indicators, KnownGood.NONE, mappings, null)
                    .search(
                            file,
                            match -> {
                                Truth truth =
                                        Objects.requireNonNull(
                                                byIndicator.get(match.indicator().id()));
                                Found before = Objects.requireNonNull(all.get(truth));
                                match.kinds()
                                        .forEach(kind ->
                                                before.byEventId()
                                                        .merge(eventId(kind), 1, Integer::sum));
                                all.put(truth, new Found(before.matches() + 1, before.byEventId()));
                            },
                            (_, _, _) -> {});
        }
        return all;
    }

    private static String eventId(String kind) {
        return kind.substring(kind.indexOf('-') + 1).replaceFirst("^0", "");
    }

    private static Indicator indicator(String pattern) {
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("type", "indicator")
                        .put("spec_version", "2.1")
                        .put("id", new StixId("indicator", UUID.randomUUID()).toString())
                        .put("created", "2024-01-01T00:00:00.000Z")
                        .put("modified", "2024-01-01T00:00:00.000Z")
                        .put("pattern", pattern)
                        .put("pattern_type", "stix")
                        .put("valid_from", "2024-01-01T00:00:00Z");
        return new Indicator(
                StixObject.of(json),
                Pattern.parse(pattern, org.kerege.pattern.Dialect.OASIS_GRAMMAR),
                null,
                null);
    }
}
