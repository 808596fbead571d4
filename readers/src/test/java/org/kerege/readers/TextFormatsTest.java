package org.kerege.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatsTest {

    private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

    private static Seen read(String log) throws IOException {
        return read(log, Mappings.standard());
    }

    private static Seen read(String log, Mappings mappings) throws IOException {
        Seen seen = new Seen();
        new LogReader(mappings, null, () -> NOW)
                .read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), seen);
        return seen;
    }

    @Nested
    class Syslog {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        Accepted password for ada from 192.0.2.10 port 50123 ssh2                   | ada   | 50123
                        Accepted publickey for ada from 192.0.2.10 port 50123 ssh2: RSA ab:cd       | ada   | 50123
                        Failed password for root from 192.0.2.10 port 7 ssh2                        | root  | 7
                        Failed password for invalid user a b from 192.0.2.10 port 7 ssh2            |       | 7
                        Failed none for invalid user x from 192.0.2.10 port 7 ssh2                  | x     | 7
                        Invalid user ada from 192.0.2.10                                            | ada   |
                        Invalid user  from 192.0.2.10 port 7                                        |       | 7
                        Connection closed by 192.0.2.10 port 7 [preauth]                            |       | 7
                        Connection closed by authenticating user ada 192.0.2.10 port 7 [preauth]    | ada   | 7
                        Connection closed by invalid user ada 192.0.2.10 port 7 [preauth]           | ada   | 7
                        Received disconnect from 192.0.2.10: 11: Bye Bye [preauth]                  |       |
                        Received disconnect from 192.0.2.10 port 7:11: disconnected by user         |       | 7
                        Disconnected from user ada 192.0.2.10 port 7                                | ada   | 7
                        Did not receive identification string from 192.0.2.10                       |       |
                        Bad protocol version identification 'GET' from 192.0.2.10 port 7            |       | 7
                        error: maximum authentication attempts exceeded for invalid user ada from 192.0.2.10 port 7 ssh2 | ada | 7
                        """)
        void tells_who_knocked_at_sshd(String message, String user, String port)
                throws IOException {
            Seen seen = read("May  1 10:00:00 box sshd[4]: " + message);

            assertThat(seen.events).extracting(Event::kind).containsExactly("sshd");
            assertThat(seen.paths()).contains("ipv4-addr:value = 192.0.2.10");
            assertThat(seen.paths())
                    .filteredOn(path -> path.startsWith("user-account:account_login"))
                    .isEqualTo(
                            user == null
                                    ? List.of()
                                    : List.of("user-account:account_login = " + user));
            assertThat(seen.paths())
                    .filteredOn(path -> path.startsWith("network-traffic:src_port"))
                    .isEqualTo(
                            port == null
                                    ? List.of()
                                    : List.of("network-traffic:src_port = " + port));
        }

        @Test
        void of_sshd_without_an_address_shows_the_program() throws IOException {
            assertThat(read("May  1 10:00:00 box sshd[4]: Server listening on port 22.").paths())
                    .contains("file:name = sshd")
                    .noneMatch(path -> path.startsWith("ipv4-addr"));
        }

        @ParameterizedTest
        @CsvSource({
            "May 31 23:59:59, 2024-05-31T23:59:59Z",
            "Jun  1 12:00:00, 2024-06-01T12:00:00Z",
            "Jun  3 00:00:00, 2023-06-03T00:00:00Z",
            "Dec 31 23:59:59, 2023-12-31T23:59:59Z",
            "Feb 29 00:00:00, 2024-02-29T00:00:00Z"
        })
        void without_a_year_is_of_the_last_one_that_is_not_to_come(String written, String time)
                throws IOException {
            assertThat(read(written + " box cron[1]: x").events)
                    .extracting(event -> String.valueOf(event.time()))
                    .containsExactly(time);
        }

        @Test
        void names_the_host_that_reported() throws IOException {
            assertThat(read("<34>1 2024-05-01T10:00:00Z box app - - - hello").events)
                    .extracting(Event::host)
                    .containsExactly("box");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<34>1 2024-05-01T10:00:00Z box app - -",
                    "<3400>1 2024-05-01T10:00:00Z box app - - -",
                    "<34>1 2024-05-01T10:00:00Z box app - - [open",
                    "Mai 10:00:00 box app: x",
                    "May  1 10:00 box app: x",
                    "May  1 10:00:00 box"
                })
        void of_another_form_cannot_be_read(String line) throws IOException {
            Seen seen = read("May  1 10:00:00 box app: x\n" + line + "\n");

            assertThat(seen.unread).containsExactly("2: of no known form");
        }
    }

    @Nested
    class Access_logs {

        private static final String LINE =
                "192.0.2.10 - - [01/May/2024:12:00:00 +0200] \"GET /a HTTP/1.1\" 200 77";

        @Test
        void are_read_in_the_common_and_the_combined_form_and_with_a_host() throws IOException {
            Seen seen =
                    read(
                            LINE
                                    + "\n"
                                    + LINE
                                    + " \"-\" \"probe\"\n"
                                    + "www.example:80 "
                                    + LINE
                                    + "\n");

            assertThat(seen.events)
                    .extracting(event -> String.valueOf(event.time()))
                    .containsOnly("2024-05-01T10:00:00Z")
                    .hasSize(3);
            assertThat(seen.paths()).contains("url:value = http://www.example:80/a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "192.0.2.10 - - [01/May/2024:12:00:00 +0200] \"GET /a HTTP/1.1 200 77",
                    "192.0.2.10 - - [01/May/2024:12:00:00 +0200] \"GET /a\" 20 77",
                    "192.0.2.10 - [01/May/2024:12:00:00 +0200] \"GET /a\" 200 77",
                    "192.0.2.10 - - 01/May/2024:12:00:00 +0200 \"GET /a\" 200 77"
                })
        void of_another_form_cannot_be_read(String line) throws IOException {
            assertThat(read(LINE + "\n" + line).unread).containsExactly("2: of no known form");
        }

        @Test
        void keep_the_address_of_a_request_that_is_none() throws IOException {
            assertThat(read(LINE.replace("GET /a HTTP/1.1", "\\x16\\x03")).paths())
                    .contains("ipv4-addr:value = 192.0.2.10")
                    .noneMatch(path -> path.contains("request_value"));
        }
    }

    @Nested
    class Vendors_formats {

        @Test
        void unescape_what_CEF_escapes() throws IOException {
            assertThat(
                            read("CEF:0|V|P|1|1|n|5|request=http://x.example/?a\\=b\\\\c cs1Label=key cs1=w src=192.0.2.1")
                                    .paths())
                    .contains(
                            "url:value = http://x.example/?a=b\\c", "ipv4-addr:value = 192.0.2.1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x5E", "0x5E", "^"})
        void part_LEEF_at_the_delimiter_it_names(String delimiter) throws IOException {
            assertThat(
                            read("LEEF:2.0|V|P|1|1|" + delimiter + "|src=192.0.2.1^dst=192.0.2.2")
                                    .paths())
                    .contains("ipv4-addr:value = 192.0.2.1", "ipv4-addr:value = 192.0.2.2");
        }

        @Test
        void part_LEEF_1_at_tabs() throws IOException {
            assertThat(read("LEEF:1.0|V|P|1|1|src=192.0.2.1\tdst=192.0.2.2").paths())
                    .contains("ipv4-addr:value = 192.0.2.2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"CEF:0|V|P|1|1|n|5", "LEEF:1.0|V|P|1", "CEF:x|V|P|1|1|n|5|a=b"})
        void with_too_short_a_head_cannot_be_read(String line) throws IOException {
            assertThat(read("CEF:0|V|P|1|1|n|5|src=192.0.2.1\n" + line).unread)
                    .containsExactly("2: of no known form");
        }
    }

    @Nested
    class Tables {

        private static final Mappings COLUMNS =
                Mappings.with(
                        List.of(
                                Mapping.ofColumns(
                                        "time=When it was,ipv4-addr:value=from,ipv4-addr:value=to,network-traffic:dst_port=port,file:hashes.'MD5'=md5")));

        @Test
        void are_read_by_columns_that_a_command_line_names() throws IOException {
            Seen seen =
                    read(
                            """
                            When it was;from;to;port;md5;note
                            2024-05-01T10:00:00Z;192.0.2.1;"192.0.2.2";443;ab;"a; ""quoted"" note"
                            """,
                            COLUMNS);

            assertThat(seen.events)
                    .extracting(event -> event.line() + " " + event.time())
                    .containsExactly("2 2024-05-01T10:00:00Z");
            assertThat(seen.paths())
                    .containsExactlyInAnyOrder(
                            "ipv4-addr:value = 192.0.2.1",
                            "ipv4-addr:value = 192.0.2.2",
                            "network-traffic:dst_port = 443",
                            "file:hashes.MD5 = ab");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a;b;c;d;e", "a;b;c;d;e;f;g", "a;\"b;c;d;e;f", "a;\"b\"x;c;d;e;f"})
        void tell_rows_that_have_not_the_form_of_their_head(String row) throws IOException {
            assertThat(
                            read("When it was;from;to;port;md5;note\n1;2;3;4;5;6\n" + row, COLUMNS)
                                    .unread)
                    .containsExactly("3: of no known form");
        }

        @Test
        void that_no_mapping_knows_are_told_so() throws IOException {
            assertThat(read("x,y\n1,2\n").unmapped).containsExactly(2L);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        ipv4-addr:value=a                  | says 'when' it counts and which field is the 'time'
                        time=t,ipv4-addr=a                 | a part is 'time=COLUMN'
                        time=t,ipv4-addr:value=            | a part is 'time=COLUMN'
                        time=t,ipv5-addr:value=a           | there is no object type 'ipv5-addr'
                        time=t,ipv4-addr:worth=a           | has no property 'worth'
                        """)
        void refuse_columns_that_say_nothing(String columns, String said) {
            assertThatExceptionOfType(MalformedMapping.class)
                    .isThrownBy(() -> Mapping.ofColumns(columns))
                    .withMessageContaining(said);
        }
    }

    @Test
    void a_log_may_mix_forms_line_by_line() throws IOException {
        Seen seen =
                read(
                        """
                        May  1 10:00:00 box app: x
                        CEF:0|V|P|1|1|n|5|src=192.0.2.1
                        {"_path":"conn","ts":1,"id.orig_h":"192.0.2.1"}
                        {"_path":"conn",
                        what is this
                        """);

        assertThat(seen.events)
                .extracting(Event::kind)
                .containsExactly("syslog", "cef", "zeek-conn");
        assertThat(seen.unread)
                .extracting(text -> text.substring(0, 2))
                .containsExactly("4:", "5:");
    }

    @Test
    void a_line_that_is_not_UTF_8_is_told() {
        byte[] log =
                "May  1 10:00:00 box app: x\nMay  1 10:00:00 box app: ?\n"
                        .getBytes(StandardCharsets.UTF_8);
        log[log.length - 2] = (byte) 0xFF;

        assertThat(Seen.of(log).unread).containsExactly("2: not UTF-8");
    }
}
