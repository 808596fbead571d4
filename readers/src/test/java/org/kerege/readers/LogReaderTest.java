package org.kerege.readers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTest {

    private static final String CONNECTION =
            """
            {"_path":"conn","ts":1.5,"id.orig_h":"192.0.2.1","id.resp_h":"192.0.2.2"}
            """
                    .strip();

    @Nested
    class Lines_of_JSON {

        @Test
        void are_numbered_from_one_with_blank_lines_counted() {
            Seen seen = Seen.of("\n" + CONNECTION + "\r\n  \n" + CONNECTION);

            assertThat(seen.events).extracting(Event::line).containsExactly(2L, 4L);
            assertThat(seen.unread).isEmpty();
            assertThat(seen.ends).isOne();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "}",
                    "[1]",
                    "1",
                    "\"text\"",
                    "{\"a\":1}{\"a\":2}",
                    "{\"a\":1} x",
                    "{\"a\":}",
                    "{\"a\":01}",
                    "{'a':1}",
                    "{\"a\":\"\u0001\"}",
                    "{\"a\" 1}",
                    "nul",
                    "\u0000\u0001",
                    "{\"ts\":1e999999999999}",
                    "{\"a\":\"\\x\"}"
                })
        void that_cannot_be_read_are_told_by_number_and_hide_no_other(String line) {
            Seen seen =
                    Seen.of(
                            CONNECTION
                                    + "\n"
                                    + line
                                    + "\n"
                                    + line
                                    + "\n"
                                    + CONNECTION
                                    + "\n"
                                    + line);

            assertThat(seen.events).extracting(Event::line).containsExactly(1L, 4L);
            assertThat(seen.unread)
                    .extracting(text -> text.substring(0, 2))
                    .containsExactly("2:", "3:", "5:");
        }

        @Test
        void that_hold_wrong_UTF_8_cannot_be_read() {
            byte[] log = (CONNECTION + "\n{\"a\":\"?\"}\n").getBytes(StandardCharsets.UTF_8);
            log[log.length - 4] = (byte) 0xC3;

            assertThat(Seen.of(log).unread).hasSize(1);
        }

        @Test
        void do_not_go_on_on_the_next_line() {
            Seen seen = Seen.of(CONNECTION + "\n{\"_path\":\"conn\",\n\"ts\":1}\n" + CONNECTION);

            assertThat(seen.events).extracting(Event::line).containsExactly(1L, 4L);
            assertThat(seen.unread).hasSize(2);
        }

        @Test
        void as_long_as_the_bound_are_read_and_longer_ones_told() {
            String fits = padded(LogReader.MAX_LINE_BYTES - 1);
            String tooLong = padded(LogReader.MAX_LINE_BYTES);

            Seen seen = Seen.of(fits + "\n" + tooLong + "\n" + CONNECTION + "\n");

            assertThat(seen.events).extracting(Event::line).containsExactly(1L, 3L);
            assertThat(seen.unread).singleElement().asString().startsWith("2: longer than");
        }

        private String padded(int bytes) {
            String head = CONNECTION.substring(0, CONNECTION.length() - 1) + ",\"pad\":\"";
            return head + "x".repeat(bytes - head.length() - 2) + "\"}";
        }

        @Test
        void nested_deeper_than_the_bound_cannot_be_read() {
            String deep = "{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}";

            assertThat(Seen.of(CONNECTION + "\n" + deep + "\n" + CONNECTION).unread).hasSize(1);
        }

        @Test
        void count_the_last_of_a_name_that_stands_twice() {
            Seen seen =
                    Seen.of(
                            "{\"_path\":\"conn\",\"ts\":1,\"id.orig_h\":\"192.0.2.1\",\"id.orig_h\":\"192.0.2.9\"}");

            assertThat(seen.paths()).contains("ipv4-addr:value = 192.0.2.9");
            assertThat(seen.paths()).doesNotContain("ipv4-addr:value = 192.0.2.1");
        }

        @Test
        void of_no_known_kind_are_told_apart_from_what_cannot_be_read() {
            assertThat(Seen.of("{\"x\":1}\n{\"y\":2}").unmapped).containsExactly(1L, 2L);
        }
    }

    @Nested
    class Traps {

        @Test
        void an_event_identifier_is_a_number_or_a_text() {
            String line =
                    "{\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"EventID\":%s,\"Image\":\"C:\\\\a.exe\"}";

            assertThat(Seen.of(line.formatted("5") + "\n" + line.formatted("\"5\"")).events)
                    .extracting(Event::kind)
                    .containsExactly("sysmon-05", "sysmon-05");
        }

        @Test
        void hashes_in_capitals_come_apart_and_small() {
            assertThat(
                            Seen.of(
                                            "{\"Channel\":\"x-Sysmon\",\"EventID\":6,\"Hashes\":\"SHA1=ABCD,MD5=EF,SHA256=\"}")
                                    .paths())
                    .contains("file:hashes.'SHA-1' = abcd", "file:hashes.MD5 = ef");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HKLM", "hklm", "HKU", "HKCR", "HKCU", "HKCC"})
        void hives_written_short_are_written_out(String hive) {
            assertThat(
                            Seen.of(
                                            "{\"Channel\":\"Sysmon\",\"EventID\":12,\"TargetObject\":\"%s\\\\Run\"}"
                                                    .formatted(hive))
                                    .paths())
                    .singleElement()
                    .asString()
                    .matches("windows-registry-key:key = HKEY_[A-Z_]+\\\\Run");
        }

        @Test
        void keys_of_no_known_hive_stay_as_they_are() {
            assertThat(
                            Seen.of(
                                            "{\"Channel\":\"Sysmon\",\"EventID\":12,\"TargetObject\":\"HKX\\\\Run\"}")
                                    .paths())
                    .containsExactly("windows-registry-key:key = HKX\\Run");
        }

        @Test
        void seconds_may_be_a_float_and_count_from_the_start_of_a_capture() {
            assertThat(
                            Seen.of(
                                            CONNECTION
                                                    + "\n"
                                                    + CONNECTION.replace(
                                                            "1.5", "1714557600.123456"))
                                    .events)
                    .extracting(event -> String.valueOf(event.time()))
                    .containsExactly("1970-01-01T00:00:01.500Z", "2024-05-01T10:00:00.123456Z");
        }

        @Test
        void names_of_fields_have_dots_or_underscores_or_are_nested() {
            String line = "{\"_path\":\"conn\",\"ts\":1,%s:\"192.0.2.7\"%s}";

            Seen seen =
                    Seen.of(
                            line.formatted("\"id.orig_h\"", "")
                                    + "\n"
                                    + line.formatted("\"id_orig_h\"", "")
                                    + "\n"
                                    + line.formatted("\"id\":{\"orig_h\"", "}"));

            assertThat(seen.paths()).filteredOn("ipv4-addr:value = 192.0.2.7"::equals).hasSize(3);
        }

        @Test
        void a_local_time_stands_back_behind_the_one_with_a_zone() {
            assertThat(
                            Seen.of(
                                            "{\"Channel\":\"Sysmon\",\"EventID\":5,\"UtcTime\":\"2020-01-01 00:00:00\",\"@timestamp\":\"2024-05-01T12:00:00+02:00\"}")
                                    .events
                                    .getFirst()
                                    .time())
                    .hasToString("2024-05-01T10:00:00Z");
        }

        @Test
        void a_time_that_is_none_leaves_the_event_without_one() {
            assertThat(Seen.of(CONNECTION.replace("1.5", "\"yesterday\"")).events.getFirst().time())
                    .isNull();
        }

        @Test
        void names_of_hosts_with_capitals_count_in_both_forms() {
            assertThat(
                            Seen.of("{\"_path\":\"dns\",\"ts\":1,\"query\":\"WWW.Example.ORG.\"}")
                                    .paths())
                    .contains(
                            "domain-name:value = WWW.Example.ORG.",
                            "domain-name:value = www.example.org");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "\"-\"", "null", "\"(empty)\"", "{}", "[]", "true"})
        void what_a_log_writes_for_nothing_is_nothing(String value) {
            assertThat(
                            Seen.of(
                                            "{\"_path\":\"conn\",\"ts\":1,\"id.orig_h\":%s,\"orig_bytes\":%s}"
                                                    .formatted(value, value))
                                    .paths())
                    .isEmpty();
        }

        @Test
        void numbers_are_decimal_or_hexadecimal_and_never_octal() {
            assertThat(
                            Seen.of(
                                            "{\"Channel\":\"Security\",\"EventID\":4688,\"NewProcessId\":\"0x1F\",\"ProcessId\":\"010\"}")
                                    .paths())
                    .contains("process:pid = 31", "process:parent_ref.pid = 10");
        }
    }

    @Nested
    class Compressed_logs {

        @Test
        void are_known_by_their_content() throws IOException {
            byte[] plain = (CONNECTION + "\n").repeat(3).getBytes(StandardCharsets.UTF_8);

            assertThat(Seen.of(gzip(plain)).events).hasSize(3);
            assertThat(Seen.of(Zstd.compress(plain)).events).hasSize(3);
        }

        @Test
        void may_be_of_several_parts() throws IOException {
            byte[] part = gzip((CONNECTION + "\n").getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(part);
            both.write(part);

            assertThat(Seen.of(both.toByteArray()).events).hasSize(2);
        }

        @Test
        void that_break_off_give_what_they_have_and_say_so() throws IOException {
            byte[] whole =
                    gzip((CONNECTION + "\n").repeat(20_000).getBytes(StandardCharsets.UTF_8));

            Seen seen = Seen.of(Arrays.copyOf(whole, whole.length / 2));

            assertThat(seen.events).isNotEmpty();
            assertThat(seen.unread).isNotEmpty().last().asString().contains("breaks off");
        }

        @Test
        void with_wrong_bytes_inside_are_told() throws IOException {
            byte[] whole = gzip((CONNECTION + "\n").repeat(2_000).getBytes(StandardCharsets.UTF_8));
            Arrays.fill(whole, 30, 60, (byte) 0x55);

            assertThat(Seen.of(whole).unread).isNotEmpty();
        }

        @Test
        void by_zstd_that_break_off_are_told() {
            byte[] whole =
                    Zstd.compress((CONNECTION + "\n").repeat(90).getBytes(StandardCharsets.UTF_8));

            assertThat(Seen.of(Arrays.copyOf(whole, whole.length - 9)).unread).isNotEmpty();
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            }
            return packed.toByteArray();
        }
    }

    @Nested
    class Tables_of_Zeek {

        private static final String HEAD =
                """
                #separator \\x09
                #set_separator	,
                #empty_field	(empty)
                #unset_field	-
                #path	conn
                #fields	ts	id.orig_h	id.resp_h	id.orig_p	service	orig_bytes
                #types	time	addr	addr	port	string	count
                """;

        @Test
        void are_read_by_the_names_of_their_head() {
            Seen seen = Seen.of(HEAD + "1.5\t192.0.2.1\t2001:db8::1\t53\t-\t(empty)\n#close\t1\n");

            assertThat(seen.paths())
                    .contains(
                            "network-traffic:src_ref.value = 192.0.2.1",
                            "network-traffic:dst_ref.value = 2001:db8::1",
                            "network-traffic:src_port = 53")
                    .noneMatch(path -> path.contains("byte_count"));
            assertThat(seen.events.getFirst().line()).isEqualTo(8);
        }

        @Test
        void tell_rows_with_another_number_of_cells() {
            Seen seen =
                    Seen.of(
                            HEAD
                                    + "1.5\t192.0.2.1\t192.0.2.2\t53\n1.5\t192.0.2.1\t192.0.2.2\t53\t-\t1\n");

            assertThat(seen.unread).singleElement().asString().startsWith("8: ");
            assertThat(seen.events).hasSize(1);
        }

        @Test
        void split_the_elements_of_sets() {
            Seen seen =
                    Seen.of(
                            """
                            #path	dns
                            #fields	ts	query	answers
                            #types	time	string	vector[string]
                            1	x.example	192.0.2.1,192.0.2.2
                            """);

            assertThat(seen.paths())
                    .contains("ipv4-addr:value = 192.0.2.1", "ipv4-addr:value = 192.0.2.2");
        }
    }

    @Nested
    class Observed_data {

        private static final String BUNDLE =
                """
                {"type":"bundle","id":"bundle--0","objects":[
                 {"type":"observed-data","id":"observed-data--5a4a0f1c-9f4e-4a6c-8f8b-0d1b7c1b2a01",
                  "created":"2024-05-01T10:00:00.000Z","modified":"2024-05-01T10:00:00.000Z",
                  "first_observed":"2024-05-01T10:00:00Z","last_observed":"2024-05-01T10:05:00Z","number_observed":3,
                  "objects":{"0":{"type":"file","name":"a.exe"}}},
                 {"type":"nothing"}]}
                """;

        @Test
        void is_an_event_over_a_span_with_its_count() {
            Seen seen = Seen.of(BUNDLE);

            assertThat(seen.paths()).containsExactly("file:name = a.exe");
            assertThat(seen.events)
                    .extracting(Event::line, Event::count, event -> String.valueOf(event.last()))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0L, 3L, "2024-05-01T10:05:00Z"));
            assertThat(seen.unread).singleElement().asString().startsWith("1: ");
        }

        @Test
        void that_breaks_off_is_told() {
            assertThat(Seen.of(BUNDLE.substring(0, 120)).unread).isNotEmpty();
        }
    }

    @Test
    void an_empty_log_has_an_end_and_nothing_else() {
        for (String log : List.of("", "\n", " \r\n\t")) {
            Seen seen = Seen.of(log);

            assertThat(seen.events).isEmpty();
            assertThat(seen.unread).isEmpty();
            assertThat(seen.ends).isOne();
        }
    }

    @Test
    void noise_is_told_line_by_line() {
        byte[] noise = new byte[10_000];
        new java.util.Random(7).nextBytes(noise);
        noise[0] = 'x';

        assertThat(Seen.of(noise).unread).isNotEmpty();
    }
}
