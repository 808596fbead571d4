package org.kerege.node.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Pap;
import org.kerege.node.Ended;
import org.kerege.node.TestStore;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.kerege.stix.Json;
import org.kerege.stix.marking.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What leaves for sensors and firewalls, of files and of a running node.
class ExportCommandTest {

    @TempDir private static Path folder;
    private static NodeServer node;

    private static String indicator(int number, String pattern, String more) {
        return """
        {"type":"indicator","spec_version":"2.1","id":"indicator--%08d-0000-4000-8000-000000000000",\
        "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z",\
        "pattern":"%s","pattern_type":"stix","valid_from":"2024-01-01T00:00:00Z"%s}\
        """
                .formatted(number, pattern, more);
    }

    private static String marked(int number, String host, Pap pap) {
        return indicator(
                number,
                "[domain-name:value = '" + host + "']",
                ",\"object_marking_refs\":[\""
                        + Tlp.AMBER_2.id()
                        + "\",\""
                        + pap.marking()
                        + "\"]");
    }

    private static final List<String> OBJECTS =
            List.of(
                    indicator(1, "[domain-name:value = 'unmarked.example']", ""),
                    marked(2, "clear.example", Pap.CLEAR),
                    marked(3, "green.example", Pap.GREEN),
                    marked(4, "amber.example", Pap.AMBER),
                    marked(5, "red.example", Pap.RED),
                    indicator(6, "[domain-name:value = 'revoked.example']", ",\"revoked\":true"),
                    indicator(
                            7,
                            "[domain-name:value = 'old.example']",
                            ",\"valid_until\":\"2024-02-01T00:00:00Z\""),
                    indicator(8, "[email-addr:value = 'who@mail.example']", ""),
                    indicator(
                            9,
                            "[domain-name:value = 'strange.example']",
                            ",\"object_marking_refs\":[\"marking-definition--11111111-1111-4111-8111-111111111111\"]"));

    @BeforeAll
    static void start() throws IOException {
        node = NodeServer.start(TestStore.settings(folder.resolve("node")));
        Collection collection = TestStore.layOut(node);
        node.part(Intake.class)
                .admit(
                        collection,
                        new Source(TestStore.ORGANISATION, "file", null),
                        new ByteArrayInputStream(
                                String.join("\n", OBJECTS).getBytes(StandardCharsets.UTF_8)));
        Identity identity = node.part(Identity.class);
        identity.putAccount("beta", "Beta", Set.of(Role.READER), null);
        identity.setPassword("beta", TestStore.PASSWORD);
        Files.writeString(folder.resolve("password"), TestStore.PASSWORD);
        Files.writeString(
                folder.resolve("kerege.yaml"), "organisation: " + TestStore.ORGANISATION + "\n");
        Files.writeString(
                folder.resolve("bundle.json"),
                OBJECTS.stream()
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"type\":\"bundle\",\"id\":\"bundle--22222222-2222-4222-8222-222222222222\",\"objects\":[",
                                        "]}")));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Ended ofFile(String... more) {
        List<String> arguments = new ArrayList<>(List.of("export"));
        arguments.addAll(List.of(more));
        arguments.add("--indicators");
        arguments.add(folder.resolve("bundle.json").toString());
        return Ended.of(arguments.toArray(String[]::new));
    }

    private static Ended ofNode(String account, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "export",
                                "--settings",
                                folder.resolve("kerege.yaml").toString(),
                                "--node",
                                "http://127.0.0.1:" + node.port() + "/",
                                "--user",
                                account,
                                "--password-file",
                                folder.resolve("password").toString()));
        arguments.addAll(List.of(more));
        return Ended.of(arguments.toArray(String[]::new));
    }

    @Test
    void blocks_only_what_green_and_clear_allow() {
        Ended ended = ofFile("--format", "plain");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines())
                .containsExactly("clear.example", "green.example", "unmarked.example");
        assertThat(ended.err())
                .contains("1 × PAP:AMBER does not allow blocking")
                .contains("1 × PAP:RED does not allow blocking")
                .contains("1 × it is revoked")
                .contains("1 × it is expired")
                .contains("1 × it names a person, and no review of it is on record")
                .contains("1 × its markings cannot be understood")
                .contains(
                        "indicator--00000004-0000-4000-8000-000000000000: left out: PAP:AMBER does not allow blocking");
    }

    @Test
    void watches_with_amber_and_searches_with_red() {
        assertThat(ofFile("--format", "csv", "--use", "detect").out())
                .contains("amber.example")
                .doesNotContain("red.example");
        assertThat(ofFile("--format", "plain", "--use", "look-up").out())
                .doesNotContain("amber.example");
        assertThat(ofFile("--format", "sigma").out()).contains("red.example");
    }

    @Test
    void gives_the_own_organisation_what_the_node_holds() {
        Ended ended = ofNode(TestStore.ACCOUNT, "--format", "rpz");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("unmarked.example IN CNAME .", "clear.example", "green.example")
                .doesNotContain("amber.", "red.", "revoked.", "old.", "strange.", "mail.");
        assertThat(ended.err()).contains("1 × PAP:RED does not allow blocking");
    }

    @Test
    void gives_another_organisation_what_the_gate_releases_and_records_it() {
        Ended ended = ofNode("beta", "--format", "plain", "--use", "search");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("unmarked.example").contains("red.example");
        assertThat(ended.out() + ended.err())
                .as("of what is withheld nothing is said")
                .doesNotContain("strange.example")
                .doesNotContain("indicator--00000008")
                .doesNotContain("indicator--00000009");
        assertThat(
                        node.part(JdbcClient.class)
                                .sql(
                                        "select count(*) from delivery where recipient = 'Beta' and rule = 'export'")
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void writes_files_into_a_folder_and_every_refusal_into_a_report() throws IOException {
        Path place = folder.resolve("sets");
        Path report = folder.resolve("report.json");
        Ended ended =
                ofFile(
                        "--format",
                        "suricata-dataset",
                        "--out",
                        place.toString(),
                        "--report",
                        report.toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(place.resolve("kerege.rules")).isNotEmptyFile();
        assertThat(place.resolve("kerege-domain.lst")).isNotEmptyFile();
        assertThat(Json.mapper().readTree(Files.readString(report))).hasSize(5);
    }

    @Test
    void says_which_words_there_are() {
        assertThat(ofFile("--format", "snort").err())
                .contains("there is no format 'snort'; there are plain, csv");
        assertThat(ofFile("--format", "rpz", "--use", "search").code()).isEqualTo(2);
        assertThat(ofFile("--format", "plain", "--kind", "phone").code()).isEqualTo(2);
    }

    @Test
    void answers_a_firewall_with_the_list_alone() throws IOException, InterruptedException {
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (TestStore.ACCOUNT + ":" + TestStore.PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8));
        URI address =
                URI.create(
                        "http://127.0.0.1:" + node.port() + "/enforcement/plain?kind=domain,ipv4");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(address).header("Authorization", basic).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("clear.example\ngreen.example\nunmarked.example\n");
            assertThat(answer.headers().firstValue("Kerege-Left-Out")).isPresent();
            HttpResponse<String> stranger =
                    client.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(stranger.statusCode()).isEqualTo(401);
        }
    }
}
