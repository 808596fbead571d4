package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.Retained;
import org.kerege.readers.retained.RetainedEvents;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ObjectNode;

/// A hunt in kept events finds what a hunt on the stream of the same events finds, whatever the pattern looks values up by.
class RetainedHuntTest {

    private static final int EVENTS = 400;

    private static final List<String> PATTERNS =
            List.of(
                    "[ipv4-addr:value = '10.0.0.3']",
                    "[ipv4-addr:value != '10.0.0.3']",
                    "[ipv4-addr:value ISSUBSET '10.0.0.0/30']",
                    "[ipv4-addr:value ISSUPERSET '10.0.0.7/32']",
                    "[ipv6-addr:value ISSUBSET '2001:db8::/126']",
                    "[ipv4-addr:value LIKE '10.0.0.1%']",
                    "[network-traffic:dst_port = 443]",
                    "[network-traffic:dst_port = 80.0]",
                    "[network-traffic:dst_port > 440]",
                    "[network-traffic:dst_port IN (80, 22)]",
                    "[network-traffic:is_active = true]",
                    "[network-traffic:protocols[*] = 'udp']",
                    "[network-traffic:dst_ref.value = '10.0.0.5' AND network-traffic:dst_port = 443]",
                    "[process:command_line LIKE '%ЦЕЛЬ 3%']",
                    "[process:command_line MATCHES 'a[0-4]+b']",
                    "[process:name = 'a.exe' OR ipv4-addr:value = '10.0.0.1']",
                    "[NOT EXISTS process:cwd]",
                    "[EXISTS file:hashes.MD5]",
                    "[file:hashes.MD5 = '00ff']",
                    "[file:created = '2026-01-01T00:00:00.000Z']",
                    "[x-load:ratio = 0.5]",
                    "[process:name = 'a.exe'] FOLLOWEDBY [network-traffic:dst_port = 22] WITHIN 90 SECONDS");

    @TempDir private Path folder;

    @Test
    void finds_what_the_hunt_on_the_stream_finds() throws IOException {
        List<Event> events = events();
        List<Indicator> all = new ArrayList<>();
        for (String pattern : PATTERNS) {
            Indicator indicator = indicator(pattern);
            all.add(indicator);
            assertThat(back(List.of(indicator), events, pattern))
                    .as(pattern)
                    .isEqualTo(streamed(List.of(indicator), events));
        }
        // So many that values are gone over rather than looked up.
        for (int i = 0; i < 300; i++) {
            all.add(indicator("[url:value = 'http://none.example/%d']".formatted(i)));
        }
        assertThat(back(all, events, "all")).isEqualTo(streamed(all, events));
    }

    private static List<String> streamed(List<Indicator> indicators, List<Event> events) {
        List<String> found = new ArrayList<>();
        Hunt hunt = new Hunt(indicators, KnownGood.NONE, new Mappings(List.of()), null);
        LogReader.Listener listener =
                hunt.listener(
                        Path.of("log"),
                        new Following(Duration.ofDays(1)),
                        match -> found.add(line(match)),
                        (_, _, _) -> {});
        events.forEach(listener::event);
        // Of a pattern over several events one match is told of a log, and several of a stream.
        return found.stream().filter(line -> !line.contains("FOLLOWEDBY")).sorted().toList();
    }

    private List<String> back(List<Indicator> indicators, List<Event> events, String name)
            throws IOException {
        List<String> found = new ArrayList<>();
        Path place =
                folder.resolve(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
        try (RetainedEvents retained = RetainedEvents.open(place, Clock.systemUTC())) {
            for (Event event : events) {
                retained.add(new Retained("log", event));
                if (event.line() == EVENTS / 2) {
                    retained.erase(Instant.EPOCH, Instant.MAX);
                }
            }
            Hunt hunt = new Hunt(indicators, KnownGood.NONE, new Mappings(List.of()), null);
            hunt.searchRetained(retained, null, match -> found.add(line(match)));
        }
        if (indicators.getFirst().pattern().text().contains("FOLLOWEDBY")) {
            assertThat(found).hasSize(1);
        }
        return found.stream().filter(line -> !line.contains("FOLLOWEDBY")).sorted().toList();
    }

    private static String line(Match match) {
        return match.indicator().pattern().text() + " " + match.json();
    }

    private static Indicator indicator(String pattern) {
        return Indicator.of(
                StixObject.read(
                        Json.mapper()
                                .createObjectNode()
                                .put("type", "indicator")
                                .put("spec_version", "2.1")
                                .put(
                                        "id",
                                        "indicator--"
                                                + UUID.nameUUIDFromBytes(
                                                        pattern.getBytes(StandardCharsets.UTF_8)))
                                .put("pattern", pattern)
                                .put("pattern_type", "stix")
                                .toString()
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Event> events() {
        Random random = new Random(11);
        List<Event> events = new ArrayList<>();
        for (int i = 1; i <= EVENTS; i++) {
            String objects =
                    switch (random.nextInt(5)) {
                        case 0 ->
                                """
                                {"0":{"type":"ipv4-addr","value":"10.0.0.%d"},"1":{"type":"ipv4-addr","value":"10.0.0.%d"},
                                 "2":{"type":"network-traffic","src_ref":"0","dst_ref":"1","dst_port":%s,
                                      "protocols":["%s"],"is_active":%b}}\
                                """
                                        .formatted(
                                                random.nextInt(20),
                                                random.nextInt(20),
                                                List.of("80", "443", "22", "80.0")
                                                        .get(random.nextInt(4)),
                                                random.nextBoolean() ? "tcp" : "udp",
                                                random.nextBoolean());
                        case 1 ->
                                """
                                {"0":{"type":"process","name":"%s.exe","command_line":"a%db цель %d"%s}}\
                                """
                                        .formatted(
                                                random.nextBoolean() ? "a" : "b",
                                                random.nextInt(8),
                                                random.nextInt(5),
                                                random.nextBoolean() ? "" : ",\"cwd\":\"c\"");
                        case 2 ->
                                """
                                {"0":{"type":"file","hashes":{"%s":"%s"},"created":"2026-01-01T00:00:00%s"}}\
                                """
                                        .formatted(
                                                random.nextBoolean() ? "MD5" : "SHA-1",
                                                random.nextBoolean() ? "00ff" : "00FF",
                                                random.nextBoolean() ? "Z" : ".000Z");
                        case 3 ->
                                """
                                {"0":{"type":"ipv6-addr","value":"2001:db8::%x"},"1":{"type":"ipv4-addr","value":"10.0.0.0/%d"}}\
                                """
                                        .formatted(random.nextInt(8), 24 + random.nextInt(8));
                        default ->
                                """
                                {"0":{"type":"x-load","ratio":%s}}\
                                """
                                        .formatted(random.nextBoolean() ? "0.5" : "0.50");
                    };
            Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i);
            events.add(
                    new Event(
                            i,
                            time,
                            time,
                            1,
                            "h",
                            "kind",
                            (ObjectNode) Json.mapper().readTree(objects)));
        }
        return events;
    }
}
