package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Channel;
import org.kerege.gate.Placement;
import org.kerege.gate.View;
import org.kerege.node.TestStore;
import org.kerege.node.gate.Gate;
import org.kerege.node.server.NodeServer;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What one intake makes of what it is given, on a real store.
class IntakeTest {

    private static final String GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";

    @TempDir private static Path folder;
    private static NodeServer node;
    private static Collection collection;
    private static JdbcClient store;

    @BeforeAll
    static void start() {
        node = NodeServer.start(TestStore.settings(folder));
        TestStore.layOut(node);
        Catalogue catalogue = node.part(Catalogue.class);
        collection =
                catalogue.add(
                        UUID.randomUUID(),
                        "root",
                        "marked",
                        "Marked",
                        null,
                        null,
                        "2.1",
                        true,
                        true);
        store = node.part(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Verdicts admit(String organisation, String... objects) throws IOException {
        return node.part(Intake.class)
                .admit(
                        collection,
                        new Source(organisation, "taxii", null),
                        new ByteArrayInputStream(
                                ("{\"objects\":[" + String.join(",", objects) + "]}")
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static String identity(String id, String creator, String name) {
        return """
        {"type":"identity","spec_version":"2.1","id":"%s","created_by_ref":"%s","name":"%s",\
        "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z"}\
        """
                .formatted(id, creator, name);
    }

    private static String newId(String type) {
        return type + "--" + UUID.randomUUID();
    }

    /// Bodies that the collection serves of an object, in the order of their addition.
    private static List<String> served(String id) {
        return store.sql(
                        """
                        select p.body from addition a join ledger_payload p using (seq)
                        where a.collection = ? and a.object_id = ? order by a.date_added\
                        """)
                .param(collection.number())
                .param(id)
                .query((row, _) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                .list();
    }

    private static JsonNode meta(long seq) {
        return Json.mapper()
                .readTree(
                        store.sql("select meta from ledger_payload where seq = ?")
                                .param(seq)
                                .query((row, _) -> row.getBytes(1))
                                .single());
    }

    @Test
    void upgrades_an_object_of_stix_2_0_and_keeps_the_bytes_as_received() throws Exception {
        String id = newId("malware");
        String received =
                """
                {"type":"malware","id":"%s","created":"2018-01-01T00:00:00.000Z",\
                "modified":"2018-01-01T00:00:00.000Z","name":"Old","labels":["trojan"]}\
                """
                        .formatted(id);
        Verdicts verdicts = admit("Alpha", received);

        assertThat(verdicts.all()).hasSize(1);
        assertThat(verdicts.all().getFirst().outcome()).isEqualTo(Verdicts.Outcome.ADDED);
        assertThat(verdicts.all().getFirst().message()).contains("upgraded from STIX 2.0");
        assertThat(served(id)).singleElement().asString().contains("\"spec_version\":\"2.1\"");
        long seq =
                store.sql("select seq from object_version where object_id = ?")
                        .param(id)
                        .query(Long.class)
                        .single();
        long origin = meta(seq).path("received").asLong(-1);
        assertThat(
                        store.sql("select body from ledger_payload where seq = ?")
                                .param(origin)
                                .query((row, _) ->
                                        new String(row.getBytes(1), StandardCharsets.UTF_8))
                                .single())
                .isEqualTo(received);
        assertThat(meta(origin).path("changes").toString()).contains("is_family is false");
        assertThat(admit("Alpha", received).count(Verdicts.Outcome.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void answers_once_for_observed_data_of_stix_2_0_and_its_observables() throws Exception {
        String id = newId("observed-data");
        Verdicts verdicts =
                admit(
                        "Alpha",
                        """
                        {"type":"observed-data","id":"%s","created":"2018-01-01T00:00:00.000Z",\
                        "modified":"2018-01-01T00:00:00.000Z","first_observed":"2018-01-01T00:00:00Z",\
                        "last_observed":"2018-01-01T00:00:00Z","number_observed":1,\
                        "objects":{"0":{"type":"ipv4-addr","value":"203.0.113.77"}}}\
                        """
                                .formatted(id));

        assertThat(verdicts.all()).hasSize(1);
        assertThat(verdicts.all().getFirst().objectId()).isEqualTo(id);
        String observable =
                Json.mapper().readTree(served(id).getFirst()).at("/object_refs/0").asString();
        assertThat(served(observable)).singleElement().asString().contains("203.0.113.77");
    }

    @Test
    void leaves_an_object_that_says_it_is_of_stix_2_0_as_it_is_where_it_is_valid()
            throws Exception {
        String id = newId("course-of-action");
        String received =
                """
                {"type":"course-of-action","spec_version":"2.0","id":"%s","name":"Patch",\
                "created":"2018-01-01T00:00:00.000Z","modified":"2018-01-01T00:00:00.000Z"}\
                """
                        .formatted(id);

        assertThat(admit("Alpha", received).all().getFirst().message()).isEqualTo("added");
        assertThat(served(id)).containsExactly(received);
    }

    @Test
    void refuses_whole_what_is_not_valid_after_the_upgrade() throws Exception {
        String id = newId("indicator");
        Verdicts verdicts =
                admit(
                        "Alpha",
                        """
                        {"type":"indicator","id":"%s","created":"2018-01-01T00:00:00.000Z",\
                        "modified":"2018-01-01T00:00:00.000Z","labels":["malicious-activity"],\
                        "pattern":"[ipv4-addr:value = ","valid_from":"2018-01-01T00:00:00Z"}\
                        """
                                .formatted(id));

        assertThat(verdicts.refused()).hasSize(1);
        assertThat(verdicts.refused().getFirst().message())
                .contains("/pattern")
                .contains("after the upgrade");
        assertThat(served(id)).isEmpty();
    }

    @Test
    void serves_the_creators_claim_whoever_came_first() throws Exception {
        String id = newId("identity");
        String creator = node.part(Gate.class).organisations().identity("Creator").toString();
        String told = identity(id, creator, "As the relay tells it");
        String meant = identity(id, creator, "As the creator means it");

        assertThat(admit("Relay", told).count(Verdicts.Outcome.ADDED)).isEqualTo(1);
        assertThat(admit("Other", identity(id, creator, "Else")).count(Verdicts.Outcome.CLAIM_KEPT))
                .isEqualTo(1);
        assertThat(admit("Creator", meant).count(Verdicts.Outcome.ADDED)).isEqualTo(1);

        assertThat(served(id)).containsExactly(meant);
        assertThat(admit("Relay", told).count(Verdicts.Outcome.DUPLICATE)).isEqualTo(1);
        assertThat(admit("Creator", told).count(Verdicts.Outcome.REFUSED)).isEqualTo(1);
        assertThat(served(id)).containsExactly(meant);
        assertThat(
                        store.sql("select count(*) from object_version where object_id = ?")
                                .param(id)
                                .query(Integer.class)
                                .single())
                .as("all three claims are kept")
                .isEqualTo(3);
    }

    @Test
    void gives_relations_to_their_readers_in_whatever_piece_their_ends_come() throws Exception {
        int count = 6_000;
        List<String> objects = new ArrayList<>();
        List<String> ends = IntStream.range(0, count).mapToObj(_ -> newId("identity")).toList();
        for (int i = 1; i < count; i++) {
            objects.add(relation(ends.get(i), ends.get(count - i)));
        }
        ends.forEach(id -> objects.add(marked(identity(id, ends.getFirst(), "One of many"))));
        long before = readable("Beta", "relationship--%");

        Verdicts verdicts = admit("Alpha", objects.toArray(String[]::new));

        assertThat(verdicts.count(Verdicts.Outcome.ADDED)).isEqualTo(2L * count - 1);
        assertThat(readable("Beta", "relationship--%") - before).isEqualTo(count - 1);
    }

    @Test
    void places_again_what_stands_on_an_object_that_another_submission_brings() throws Exception {
        String first = newId("identity");
        String second = newId("identity");
        String relation = relation(first, second);
        String id = Json.mapper().readTree(relation).path("id").asString();
        admit("Alpha", relation);
        admit("Alpha", marked(identity(first, first, "First")));
        assertThat(readable("Beta", id)).as("one end is not held").isZero();

        admit("Alpha", marked(identity(second, second, "Second")));

        assertThat(readable("Beta", id)).isEqualTo(1);
    }

    private static String relation(String from, String to) {
        return marked(
                """
                {"type":"relationship","spec_version":"2.1","id":"%s","relationship_type":"related-to",\
                "source_ref":"%s","target_ref":"%s",\
                "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z"}\
                """
                        .formatted(newId("relationship"), from, to));
    }

    private static String marked(String object) {
        return object.substring(0, object.length() - 1)
                + ",\"object_marking_refs\":[\""
                + GREEN
                + "\"]}";
    }

    /// How many objects with such an identifier an organisation may read.
    private static long readable(String organisation, String id) {
        View view = node.part(Gate.class).view(organisation, Channel.TAXII);
        return store
                .sql("select audience, closure from object_version where object_id like ?")
                .param(id)
                .query((row, _) -> new Placement(row.getInt(1), row.getInt(2)))
                .list()
                .stream()
                .filter(view::releases)
                .count();
    }
}
