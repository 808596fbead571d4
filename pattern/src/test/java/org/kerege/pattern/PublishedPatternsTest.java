package org.kerege.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// Patterns out of published indicators.
class PublishedPatternsTest {

    private static final Path FILE =
            Path.of("../../shared/data/stix/patterns/unique-patterns.ndjson.gz");

    @Test
    void those_that_are_patterns_are_read_and_written_back_to_the_same_tree() throws IOException {
        List<String> refused = new ArrayList<>();
        for (JsonNode line : lines()) {
            String text = line.path("pattern").asString("");
            if (line.path("oasis_validator_21").asString("").equals("ok")) {
                try {
                    ObservationExpression expression = Pattern.parse(text).expression();
                    assertThat(Pattern.parse(PatternText.of(expression)).expression())
                            .isEqualTo(expression);
                    assertThat(Explanation.of(expression)).isNotEmpty();
                } catch (MalformedPattern e) {
                    refused.add(text + " : " + e.getMessage());
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void no_text_ends_in_anything_but_a_tree_or_a_refusal() throws IOException {
        for (JsonNode line : lines()) {
            String text = line.path("pattern").asString("");
            for (int end = 1; end < text.length(); end += 1 + text.length() / 4) {
                try {
                    assertThat(Pattern.parse(text.substring(0, end)).expression()).isNotNull();
                } catch (MalformedPattern e) {
                    assertThat(e.offset()).isBetween(0, end);
                }
            }
        }
    }

    private static List<JsonNode> lines() throws IOException {
        assumeTrue(Files.exists(FILE), "the published patterns are not on this machine");
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(FILE)),
                                StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> Json.mapper().readTree(line)).toList();
        }
    }
}
