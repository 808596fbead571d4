package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class HuntCommandTest {

    private static final String ADDRESS = "indicator--0a4b8a2e-6c1f-4d63-9a51-1f2c3d4e5f01";
    private static final String SEQUENCE = "indicator--0a4b8a2e-6c1f-4d63-9a51-1f2c3d4e5f02";
    private static final String PERSON = "indicator--0a4b8a2e-6c1f-4d63-9a51-1f2c3d4e5f03";
    private static final String LOG =
            """
            {"_path":"conn","ts":1714557600.5,"id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.7","id.resp_p":443,"sensor":"gate"}
            {"_path":"conn","ts":1714561200,"id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.8","id.resp_p":80}
            not a line of this log
            {"_path":"conn","ts":1714564800,"id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.7","id.resp_p":443,"sensor":"gate"}
            {"_path":"smtp","ts":1714564801,"mailfrom":"ada@example.org"}
            {"kind":"of none"}
            """;

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path log = Path.of("log");
    private Path indicators = Path.of("indicators");

    @BeforeEach
    void has_a_log_and_indicators() throws IOException {
        log = Files.writeString(folder.resolve("conn.log"), LOG);
        indicators =
                Files.writeString(
                        folder.resolve("indicators.json"),
                        "{\"type\":\"bundle\",\"id\":\"bundle--0a4b8a2e-6c1f-4d63-9a51-1f2c3d4e5f00\",\"objects\":[%s,%s,%s]}"
                                .formatted(
                                        indicator(
                                                ADDRESS,
                                                "[ipv4-addr:value = '198.51.100.7']",
                                                "2024-05-01T11:00:00Z"),
                                        indicator(
                                                SEQUENCE,
                                                "[network-traffic:dst_port = 80] FOLLOWEDBY [network-traffic:dst_port = 443]",
                                                "2024-01-01T00:00:00Z"),
                                        indicator(
                                                PERSON,
                                                "[email-addr:value = 'ada@example.org']",
                                                "2024-01-01T00:00:00Z")));
    }

    private static String indicator(String id, String pattern, String validFrom) {
        return Json.mapper()
                .createObjectNode()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created", "2024-01-01T00:00:00.000Z")
                .put("modified", "2024-01-01T00:00:00.000Z")
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", validFrom)
                .toString();
    }

    private int run(Object... arguments) {
        CommandLine command =
                new CommandLine(new HuntCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .setExitCodeExceptionMapper(ExitCode::of)
                        .setExecutionExceptionHandler(ExitCode::report);
        return command.execute(
                java.util.stream.Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    private List<JsonNode> lines() {
        return out.toString().lines().map(line -> Json.mapper().readTree(line)).toList();
    }

    @Test
    void prints_a_line_a_match_and_the_totals() {
        assertThat(run("--json", "--indicators", indicators, log)).isZero();

        assertThat(lines()).hasSize(4);
        assertThat(lines().getFirst())
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"indicator":"%s","file":%s,"line":[1],"time":"2024-05-01T10:00:00.500Z",
                                         "path":"ipv4-addr:value","value":"198.51.100.7",
                                         "clause":"ipv4-addr:value = '198.51.100.7'","timing":"before"}
                                        """
                                                .formatted(
                                                        ADDRESS,
                                                        Json.mapper()
                                                                .writeValueAsString(
                                                                        log.toString()))));
        assertThat(lines().getLast())
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        "{\"totals\":{\"events\":5,\"unread\":1,\"matched\":3,\"held_back\":0}}"));
        assertThat(err.toString()).contains("line 3 cannot be read");
    }

    @Test
    void names_all_lines_of_a_match_of_several_events() {
        run("--json", "--indicators", indicators, log);

        assertThat(lines())
                .filteredOn(line -> line.path("indicator").asString("").equals(SEQUENCE))
                .extracting(line -> line.path("line").toString())
                .containsExactly("[2,4]");
    }

    @Test
    void reads_standard_input() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("--json", "--indicators", indicators, "-")).isZero();
        } finally {
            System.setIn(before);
        }

        assertThat(lines().getFirst().path("file").asString()).isEqualTo("-");
        assertThat(lines()).hasSize(4);
    }

    @Test
    void leaves_out_what_happened_before_a_time() {
        run("--json", "--since", "2024-05-01T11:30:00Z", "--indicators", indicators, log);

        assertThat(lines())
                .extracting(line -> line.path("line").toString())
                .containsExactly("[4]", "");
    }

    @Test
    void holds_back_what_a_warning_list_knows() throws IOException {
        Path known =
                Files.writeString(
                        folder.resolve("list.json"),
                        "{\"type\":\"cidr\",\"list\":[\"198.51.100.0/24\"]}");

        run("--json", "--known-good", known, "--indicators", indicators, log);

        assertThat(lines().getLast().at("/totals/held_back").asInt()).isEqualTo(2);
    }

    @Test
    void sets_apart_what_names_a_person_until_a_record_says_why() throws IOException {
        run("--json", "--indicators", indicators, log);
        assertThat(out.toString()).doesNotContain(PERSON);
        assertThat(err.toString()).contains("1 indicators name a person and are set apart");

        Path basis =
                Files.writeString(
                        folder.resolve("basis.json"),
                        """
                        {"purpose":"case 7","legal_basis":"law 1","analyst":"Ada","indicators":["%s"]}
                        """
                                .formatted(PERSON));
        run("--json", "--person-basis", basis, "--indicators", indicators, log);

        assertThat(out.toString()).contains(PERSON);
        assertThat(err.toString()).contains("case 7 (law 1), recorded by Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"purpose\":\"\",\"legal_basis\":\"l\",\"analyst\":\"a\",\"indicators\":[\"i\"]}",
                "{\"purpose\":\"p\",\"analyst\":\"a\",\"indicators\":[\"i\"]}",
                "{\"purpose\":\"p\",\"legal_basis\":\"l\",\"indicators\":[\"i\"]}",
                "{\"purpose\":\"p\",\"legal_basis\":\"l\",\"analyst\":\"a\",\"indicators\":[]}",
                "purpose: p"
            })
    void refuses_a_record_that_says_too_little(String record) throws IOException {
        Path basis = Files.writeString(folder.resolve("basis.json"), record);

        assertThat(run("--person-basis", basis, "--indicators", indicators, log))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void ends_with_a_table_by_indicator_host_and_hour() {
        run("--summary", "--indicators", indicators, log);

        assertThat(out.toString())
                .containsPattern(ADDRESS + " +gate +2 +2024-05-01T10:00:00Z +1")
                .contains("2024-05-01T10:00:00Z │█ █│ 2024-05-01T12:00:00Z");
    }

    @Test
    void says_in_words_what_was_found() {
        run("--explain", "--indicators", indicators, log);

        assertThat(out.toString())
                .containsOnlyOnce(ADDRESS + "  [ipv4-addr:value = '198.51.100.7']")
                .contains("an observation with an ipv4-addr whose value is '198.51.100.7'");
    }

    @Test
    void follows_one_file_only() {
        assertThat(run("--follow", "--indicators", indicators, log, log)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void names_a_mapping_that_cannot_be_used() throws IOException {
        Path mapping =
                Files.writeString(
                        folder.resolve("own.map"), "when kind x\ntime t\na file nope n\n");

        assertThat(run("--mapping", mapping, "--indicators", indicators, log))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("own.map, line 3: 'file' has no property 'nope'");
    }

    @Test
    void a_followed_log_gives_matches_of_several_events_as_they_come_also_after_rotation()
            throws IOException {
        Hunt hunt =
                new Hunt(
                        List.of(
                                Indicator.of(
                                        org.kerege.stix.StixObject.of(
                                                (tools.jackson.databind.node.ObjectNode)
                                                        Json.mapper()
                                                                .readTree(
                                                                        indicator(
                                                                                SEQUENCE,
                                                                                "([network-traffic:dst_port = 80] FOLLOWEDBY [network-traffic:dst_port = 443]) WITHIN 5 SECONDS",
                                                                                "2024-01-01T00:00:00Z"))))),
                        KnownGood.NONE,
                        org.kerege.readers.Mappings.standard(),
                        null);
        List<Match> matches = new java.util.ArrayList<>();
        String line = "{\"_path\":\"conn\",\"ts\":%d,\"id.resp_p\":%d}\n";
        for (String part :
                List.of(
                        line.formatted(10, 80) + line.formatted(16, 443),
                        line.formatted(20, 80),
                        line.formatted(22, 443) + line.formatted(23, 443))) {
            hunt.follow(
                    log,
                    new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)),
                    java.time.Duration.ofSeconds(1),
                    matches::add,
                    (_, _, _) -> {});
        }

        assertThat(matches)
                .extracting(match -> match.time() + " to " + match.last())
                .containsExactly("1970-01-01T00:00:20Z to 1970-01-01T00:00:22Z");
    }
}
