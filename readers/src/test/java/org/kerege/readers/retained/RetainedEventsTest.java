package org.kerege.readers.retained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.readers.Event;
import org.kerege.readers.retained.Question.Lookup;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

class RetainedEventsTest {

    private static final Instant ARRIVED = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir private Path folder;
    private RetainedEvents retained;

    @BeforeEach
    void open() throws IOException {
        retained = RetainedEvents.open(folder, Clock.fixed(ARRIVED, ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws IOException {
        retained.close();
    }

    private void reopen() throws IOException {
        retained.close();
        open();
    }

    private static Retained event(long line, String objects) {
        return event(
                line, Instant.parse("2026-02-28T00:00:00.123456789Z").plusSeconds(line), objects);
    }

    private static Retained event(long line, @Nullable Instant time, String objects) {
        return new Retained(
                "conn.log",
                new Event(
                        line,
                        time,
                        time,
                        1,
                        "sensor-1",
                        "zeek-conn",
                        (ObjectNode) Json.mapper().readTree(objects)));
    }

    private static Retained address(long line, String address) {
        return event(line, "{\"0\":{\"type\":\"ipv4-addr\",\"value\":\"%s\"}}".formatted(address));
    }

    private void seal() throws IOException {
        retained.erase(Instant.EPOCH, Instant.MAX);
    }

    private static Question asking(Lookup... lookups) {
        return new Question(
                Stream.of(lookups)
                        .map(lookup ->
                                new Question.Branch(
                                        List.of(new Question.Condition(List.of(lookup)))))
                        .toList());
    }

    private List<Long> lines(Question question) throws IOException {
        return lines(question, null, null);
    }

    private List<Long> lines(Question question, @Nullable Instant since, @Nullable Instant until)
            throws IOException {
        List<Long> lines = new ArrayList<>();
        retained.search(question, since, until, found -> lines.add(found.event().line()));
        lines.sort(null);
        return lines;
    }

    private static Lookup value(String text) {
        return new Lookup.Text("value", text);
    }

    private static Lookup network(long first, long last) {
        return new Lookup.Addresses("value", first, last, (_, _) -> false);
    }

    @Test
    void gives_back_what_it_was_given() throws IOException {
        Retained given =
                new Retained(
                        "C:\\logs\\a.evtx",
                        new Event(
                                7,
                                Instant.parse("2026-02-01T00:00:00.1Z"),
                                Instant.parse("2026-02-01T00:00:09Z"),
                                3,
                                null,
                                "sysmon-1",
                                (ObjectNode)
                                        Json.mapper()
                                                .readTree(
                                                        """
                                                        {"0": {"type": "process", "pid": 4012, "x_load": 0.5, "x_up": true,
                                                               "command_line": "нечто \\"quoted\\"", "x_none": null,
                                                               "image_ref": "1", "opened_connection_refs": ["2"]},
                                                         "1": {"type": "file", "hashes": {"MD5": "00ff"}, "size": 12345678901},
                                                         "2": {"type": "network-traffic", "protocols": ["ipv4", "tcp"],
                                                               "extensions": {"a": {"b": [{"c": "d"}, {}]}}},
                                                         "3": {"type": "ipv6-addr", "value": "2001:db8::1"}}\
                                                        """)));
        retained.add(given);
        List<Retained> open = new ArrayList<>();
        retained.search(asking(new Lookup.Present("pid")), null, null, open::add);
        seal();
        List<Retained> sealed = new ArrayList<>();
        retained.search(asking(new Lookup.Present("pid")), null, null, sealed::add);

        assertThat(open).hasToString(List.of(given).toString());
        assertThat(sealed).hasToString(List.of(given).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.7", "evil.example", "2001:db8::1", "198.051.100.007", ""})
    void finds_a_value_in_the_open_and_in_closed_segments(String text) throws IOException {
        retained.add(address(1, text));
        retained.add(address(2, text + "0"));
        seal();
        retained.add(address(3, text));

        assertThat(lines(asking(value(text)))).containsExactly(1L, 3L);
    }

    @Test
    void finds_addresses_of_a_network_up_to_its_ends() throws IOException {
        List<String> addresses =
                List.of("198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0");
        for (int i = 0; i < addresses.size(); i++) {
            retained.add(address(i, addresses.get(i)));
        }
        seal();

        assertThat(lines(asking(network(0xC633_6400L, 0xC633_64FFL)))).containsExactly(1L, 2L);
    }

    @Test
    void finds_among_many_values() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            retained.add(
                    event(
                            i,
                            """
                            {"0": {"type": "network-traffic", "dst_port": %d}, "1": {"type": "url", "value": "http://h/%d"},
                             "2": {"type": "ipv4-addr", "value": "10.0.%d.%d"}}\
                            """
                                    .formatted(i * 7 % 5_000, i, i / 250, i % 250)));
        }
        seal();

        assertThat(lines(asking(value("http://h/4321")))).containsExactly(4_321L);
        assertThat(lines(asking(new Lookup.Whole("dst_port", 7)))).containsExactly(1L);
        assertThat(lines(asking(value("10.0.19.249")))).containsExactly(4_999L);
        assertThat(lines(asking(network(0x0A00_0000L, 0x0A00_00FFL)))).hasSize(250);
        assertThat(
                        lines(
                                asking(
                                        new Lookup.Texts(
                                                "value",
                                                (text, length) ->
                                                        new String(text, 0, length)
                                                                .endsWith("/77")))))
                .containsExactly(77L);
        assertThat(lines(asking(value("http://h/5000")))).isEmpty();
    }

    @Test
    void asks_for_all_conditions_of_a_branch() throws IOException {
        retained.add(event(1, "{\"0\":{\"type\":\"process\",\"name\":\"a\",\"cwd\":\"x\"}}"));
        retained.add(event(2, "{\"0\":{\"type\":\"process\",\"name\":\"a\",\"cwd\":\"y\"}}"));
        seal();
        Question both =
                new Question(
                        List.of(
                                new Question.Branch(
                                        List.of(
                                                new Question.Condition(
                                                        List.of(new Lookup.Text("name", "a"))),
                                                new Question.Condition(
                                                        List.of(new Lookup.Text("cwd", "y")))))));

        assertThat(lines(both)).containsExactly(2L);
    }

    @Test
    void keeps_to_the_times_asked_for_and_to_events_without_a_time() throws IOException {
        retained.add(
                event(
                        1,
                        Instant.parse("2026-02-01T00:00:00Z"),
                        "{\"0\":{\"type\":\"url\",\"value\":\"u\"}}"));
        retained.add(
                event(
                        2,
                        Instant.parse("2026-02-02T00:00:00Z"),
                        "{\"0\":{\"type\":\"url\",\"value\":\"u\"}}"));
        retained.add(event(3, null, "{\"0\":{\"type\":\"url\",\"value\":\"u\"}}"));
        seal();

        assertThat(lines(asking(value("u")), Instant.parse("2026-02-02T00:00:00Z"), null))
                .containsExactly(2L, 3L);
        assertThat(lines(asking(value("u")), null, Instant.parse("2026-02-02T00:00:00Z")))
                .containsExactly(1L, 3L);
    }

    @Test
    void loses_no_synced_event_when_the_program_ends_hard() throws IOException {
        retained.add(address(1, "198.51.100.1"));
        retained.sync();
        // Not closed: as after kill -9.
        try (RetainedEvents again =
                RetainedEvents.open(folder, Clock.fixed(ARRIVED, ZoneOffset.UTC))) {
            List<Retained> found = new ArrayList<>();
            again.search(asking(value("198.51.100.1")), null, null, found::add);

            assertThat(found).hasToString(List.of(address(1, "198.51.100.1")).toString());
        }
    }

    @Test
    void cuts_off_a_journal_that_breaks_off_within_an_event() throws IOException {
        retained.add(address(1, "198.51.100.1"));
        retained.add(address(2, "198.51.100.1"));
        retained.close();
        Path journal = folder.resolve("00000001.journal");
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(bytes, bytes.length - 5));
        open();
        retained.add(address(3, "198.51.100.1"));
        reopen();

        assertThat(lines(asking(value("198.51.100.1")))).containsExactly(1L, 3L);
    }

    @Test
    void holds_each_event_once_when_the_program_ended_before_the_journal_went() throws IOException {
        retained.add(address(1, "198.51.100.1"));
        retained.sync();
        Path journal = folder.resolve("00000001.journal");
        byte[] before = Files.readAllBytes(journal);
        seal();
        retained.close();
        Files.write(journal, before);
        Files.writeString(folder.resolve("00000002.part"), "unfinished");
        open();

        assertThat(lines(asking(value("198.51.100.1")))).containsExactly(1L);
        assertThat(folder.resolve("00000002.part")).doesNotExist();
    }

    @Test
    void names_a_damaged_segment_and_asks_the_others() throws IOException {
        for (int segment = 0; segment < 3; segment++) {
            retained.add(address(segment, "198.51.100.1"));
            seal();
        }
        List<String> noticed = new ArrayList<>();
        byte[] whole = Files.readAllBytes(folder.resolve("00000002.segment"));
        for (int at = 0; at < whole.length; at += 13) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x40;
            Files.write(folder.resolve("00000002.segment"), changed);
            reopen();
            List<Long> lines = new ArrayList<>();
            RetainedEvents.Outcome outcome =
                    retained.search(
                            asking(value("198.51.100.1")),
                            null,
                            null,
                            found -> lines.add(found.event().line()));
            // A block that the question does not need is not looked at.
            assertThat(lines).contains(0L, 2L);
            assertThat(lines.contains(1L)).isNotEqualTo(!outcome.damaged().isEmpty());
            noticed.addAll(outcome.damaged());
        }

        assertThat(noticed)
                .hasSizeGreaterThan(whole.length / 13 * 3 / 4)
                .allMatch(name -> name.startsWith("00000002.segment: "));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 40})
    void names_a_segment_that_ends_early(int length) throws IOException {
        retained.add(address(1, "198.51.100.1"));
        seal();
        Path file = folder.resolve("00000001.segment");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), length));
        reopen();

        assertThat(retained.search(asking(value("x")), null, null, _ -> {}).damaged()).hasSize(1);
        assertThat(retained.extent().events()).isZero();
    }

    @Test
    void erases_segments_whose_time_is_over() throws IOException {
        retained.add(address(1, "198.51.100.1"));
        seal();
        RetainedEvents.Erased kept = retained.erase(ARRIVED, ARRIVED);
        RetainedEvents.Erased gone = retained.erase(ARRIVED.plusSeconds(1), ARRIVED);

        assertThat(kept.segments()).isZero();
        assertThat(gone.segments()).isEqualTo(1);
        assertThat(lines(asking(value("198.51.100.1")))).isEmpty();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.segment")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void erases_what_is_still_open_in_time() throws IOException {
        retained.add(address(1, "198.51.100.1"));

        assertThat(retained.erase(Instant.MAX, Instant.MAX).segments()).isEqualTo(1);
        assertThat(retained.extent().events()).isZero();
    }

    @Test
    void keeps_an_event_of_very_many_values_and_hands_it_out_for_every_question()
            throws IOException {
        StringBuilder many =
                new StringBuilder("{\"0\":{\"type\":\"url\",\"value\":\"u\",\"x_all\":[0");
        for (int i = 1; i < 100_000; i++) {
            many.append(',').append(i);
        }
        retained.add(event(1, many.append("]}}").toString()));
        seal();

        assertThat(lines(asking(value("elsewhere")))).containsExactly(1L);
    }

    @Test
    void keeps_events_of_more_forms_than_it_tells_apart() throws IOException {
        for (int i = 0; i < OpenSegment.MOST_FORMS + 10; i++) {
            retained.add(
                    event(i, "{\"0\":{\"type\":\"url\",\"value\":\"u\",\"x_%d\":1}}".formatted(i)));
        }
        seal();

        assertThat(lines(asking(value("u")))).hasSize(OpenSegment.MOST_FORMS + 10);
    }
}
