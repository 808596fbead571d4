package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Ended;
import org.kerege.node.TestStore;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.server.NodeServer;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// The hunt of what a member's own node holds, and the sightings that its analyst tells.
class HuntOnNodeTest {

    private static final String LOG =
            """
            {"_path":"conn","ts":1700000000.0,"uid":"C1","id.orig_h":"10.0.0.5","id.orig_p":50000,"id.resp_h":"203.0.113.45","id.resp_p":443,"proto":"tcp"}
            {"_path":"conn","ts":1700000060.0,"uid":"C2","id.orig_h":"10.0.0.5","id.orig_p":50001,"id.resp_h":"203.0.113.45","id.resp_p":443,"proto":"tcp"}
            {"_path":"conn","ts":1700000120.0,"uid":"C3","id.orig_h":"10.0.0.6","id.orig_p":50002,"id.resp_h":"198.51.100.7","id.resp_p":443,"proto":"tcp"}
            """;

    @TempDir private static Path folder;
    private static NodeServer node;
    private static String indicator;

    @BeforeAll
    static void start() throws IOException {
        node = NodeServer.start(TestStore.settings(folder.resolve("node")));
        Collection collection = TestStore.layOut(node);
        indicator = "indicator--" + UUID.randomUUID();
        node.part(Intake.class)
                .admit(
                        collection,
                        new Source(TestStore.ORGANISATION, "file", null),
                        new ByteArrayInputStream(
                                """
                                {"type":"indicator","spec_version":"2.1","id":"%s",\
                                "created":"2023-01-01T00:00:00.000Z",\
                                "modified":"2023-01-01T00:00:00.000Z",\
                                "pattern":"[ipv4-addr:value = '203.0.113.45']",\
                                "pattern_type":"stix","valid_from":"2023-01-01T00:00:00Z"}\
                                """
                                        .formatted(indicator)
                                        .getBytes(StandardCharsets.UTF_8)));
        Files.writeString(folder.resolve("conn.log"), LOG);
        Files.writeString(folder.resolve("password"), TestStore.PASSWORD);
        Files.writeString(
                folder.resolve("kerege.yaml"), "organisation: " + TestStore.ORGANISATION + "\n");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Ended hunt(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "hunt",
                                "--settings",
                                folder.resolve("kerege.yaml").toString(),
                                "--node",
                                "http://127.0.0.1:" + node.port() + "/",
                                "--user",
                                TestStore.ACCOUNT,
                                "--password-file",
                                folder.resolve("password").toString(),
                                "--json"));
        arguments.addAll(List.of(more));
        arguments.add(folder.resolve("conn.log").toString());
        return Ended.of(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> sightings() {
        return node.part(JdbcClient.class)
                .sql(
                        """
                        select p.body from object_version v join ledger_payload p using (seq)
                        where v.type = 'sighting' order by v.seq\
                        """)
                .query((row, _) -> Json.mapper().readTree(row.getBytes(1)))
                .list();
    }

    @Test
    void finds_what_the_node_holds_and_tells_value_time_and_count_alone() {
        Ended looked = hunt();
        assertThat(looked.code()).as(looked.err()).isZero();
        assertThat(looked.out().lines().filter(line -> line.contains(indicator))).hasSize(2);
        assertThat(sightings()).as("nobody has decided to tell").isEmpty();

        Ended told = hunt("--publish", "--marking", "amber+strict");

        assertThat(told.code()).as(told.err()).isZero();
        assertThat(sightings()).hasSize(1);
        JsonNode sighting = sightings().getFirst();
        assertThat(sighting.path("sighting_of_ref").asString()).isEqualTo(indicator);
        assertThat(sighting.path("count").asInt()).isEqualTo(2);
        assertThat(sighting.path("first_seen").asString()).startsWith("2023-11-14T22:13:20");
        assertThat(sighting.path("last_seen").asString()).startsWith("2023-11-14T22:14:20");
        assertThat(
                        node.part(JdbcClient.class)
                                .sql(
                                        "select count(*) from ledger_payload where position('10.0.0.5'::bytea in body) > 0")
                                .query(Integer.class)
                                .single())
                .as("hosts of the member's own network stay at home")
                .isZero();
    }

    @Test
    void tells_the_origin_that_an_indicator_finds_what_is_harmless() {
        Ended told =
                Ended.of(
                        "false-positive",
                        "--settings",
                        folder.resolve("kerege.yaml").toString(),
                        "--node",
                        "http://127.0.0.1:" + node.port() + "/",
                        "--user",
                        TestStore.ACCOUNT,
                        "--password-file",
                        folder.resolve("password").toString(),
                        "--because",
                        "Everyone asks this server for the time.",
                        indicator);

        assertThat(told.code()).as(told.err()).isZero();
        JsonNode opinion =
                node.part(JdbcClient.class)
                        .sql(
                                """
                                select p.body from object_version v join ledger_payload p using (seq)
                                where v.type = 'opinion'\
                                """)
                        .query((row, _) -> Json.mapper().readTree(row.getBytes(1)))
                        .single();
        assertThat(opinion.path("opinion").asString()).isEqualTo("strongly-disagree");
        assertThat(opinion.path("object_refs").path(0).asString()).isEqualTo(indicator);
        assertThat(opinion.path("explanation").asString()).contains("for the time");
    }

    @Test
    void refuses_a_marking_that_is_none() {
        Ended ended = hunt("--publish", "--marking", "purple");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("TLP:purple");
    }
}
