package org.kerege.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of event with all that its mapping shows: `events.txt` has, for each, its name, a line of log and the
/// values by object path. A head and its row are joined by ⏎.
class StandardMappingsTest {

    record Case(String kind, String line, List<String> shown) {
        @Override
        public String toString() {
            return kind;
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String block : resource("events.txt").split("(?m)^== ")) {
            List<String> lines = block.lines().filter(line -> !line.isBlank()).toList();
            if (!lines.isEmpty()) {
                cases.add(
                        new Case(
                                lines.get(0),
                                lines.get(1).replace("⏎", "\n"),
                                lines.subList(2, lines.size())));
            }
        }
        return cases.stream();
    }

    static Stream<Case> jsonCases() throws IOException {
        return cases().filter(one -> one.line().startsWith("{"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shows_all_that_the_mapping_says(Case one) {
        Seen seen = Seen.of(one.line());

        assertThat(seen.events).extracting(Event::kind).containsExactly(one.kind());
        assertThat(seen.paths()).containsExactlyInAnyOrderElementsOf(one.shown());
    }

    @ParameterizedTest
    @MethodSource("jsonCases")
    void happens_when_the_line_says(Case one) {
        assertThat(Seen.of(one.line()).events)
                .extracting(event -> String.valueOf(event.time()))
                .containsExactly("2024-05-01T10:00:00.250Z");
    }

    @ParameterizedTest
    @MethodSource("jsonCases")
    void is_no_event_any_more_when_the_line_breaks_off(Case one) {
        Seen seen = Seen.of(one.line().substring(0, one.line().length() - 1) + "\n{}\n");

        assertThat(seen.events).isEmpty();
        assertThat(seen.unread).singleElement().asString().startsWith("1: no JSON");
        assertThat(seen.unmapped).containsExactly(2L);
    }

    @Test
    void every_mapping_has_an_event() throws IOException {
        assertThat(cases().map(Case::kind))
                .containsExactlyInAnyOrderElementsOf(
                        mappings().lines().filter(line -> !line.startsWith("#")).toList());
    }

    private static String mappings() throws IOException {
        return resource("mappings/index.txt");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StandardMappingsTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
