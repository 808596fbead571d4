package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.PersonReview;
import org.kerege.gate.Placement;
import org.kerege.node.TestStore;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.server.NodeServer;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables made again from the ledger are those that readers are served from.
class ProjectionsTest {

    private static final String TOOL =
            """
            {"type":"tool","spec_version":"2.1","id":"tool--%1$s","created":"2024-01-01T00:00:00.000Z",\
            "modified":"2024-01-0%2$dT00:00:00.000Z","name":"%3$s"%4$s}\
            """;
    private static final String OLD =
            """
            {"type":"tool","id":"tool--%1$s","created":"2024-01-01T00:00:00.000Z",\
            "modified":"2024-01-01T00:00:00.000Z","name":"of STIX 2.0","labels":["vulnerability-scanning"]}\
            """;

    @TempDir private static Path folder;
    private static NodeServer node;
    private static Collection all;
    private static Collection other;

    @BeforeAll
    static void start() throws IOException {
        node = NodeServer.start(TestStore.settings(folder));
        all = TestStore.layOut(node);
        other =
                node.part(Catalogue.class)
                        .add(UUID.randomUUID(), "root", "o", "O", null, null, "2.1", true, true);
        fill();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /// New versions, the same again, in a second collection, claims of two sources, a late marking, a removal, an
    /// upgrade, an observable without versions, deliveries.
    private static void fill() throws IOException {
        String[] ids = new String[8];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = UUID.randomUUID().toString();
            admit(all, "Alpha", TOOL.formatted(ids[i], 2, "first", ""));
        }
        admit(all, "Alpha", TOOL.formatted(ids[0], 3, "second", ""));
        admit(all, "Alpha", TOOL.formatted(ids[1], 1, "earlier", ""));
        admit(other, "Alpha", TOOL.formatted(ids[0], 3, "second", ""));
        admit(all, "Beta", TOOL.formatted(ids[2], 2, "another claim", ""));
        String marking = "marking-definition--" + UUID.randomUUID();
        String late = UUID.randomUUID().toString();
        admit(
                all,
                "Alpha",
                TOOL.formatted(late, 1, "waits", ",\"object_marking_refs\":[\"" + marking + "\"]"));
        admit(
                all,
                "Alpha",
                """
                {"type":"marking-definition","spec_version":"2.1","id":"%s","created":"2024-01-01T00:00:00.000Z",\
                "definition_type":"statement","definition":{"statement":"all may have it"}}\
                """
                        .formatted(marking));
        admit(all, "Alpha", OLD.formatted(UUID.randomUUID()));
        admit(
                all,
                "Alpha",
                """
                {"type":"ipv4-addr","spec_version":"2.1","id":"ipv4-addr--%s","value":"192.0.2.1"}\
                """
                        .formatted(UUID.randomUUID()));
        remove("tool--" + ids[3]);
        remove("tool--" + ids[0]);
        admit(all, "Alpha", TOOL.formatted(ids[0], 2, "first", ""));
        review();
        node.part(Deliveries.class).record("Beta", new byte[32], "member", List.of(1L, 5L, 3L));
    }

    private static void review() throws IOException {
        String named = "email-addr--" + UUID.randomUUID();
        admit(
                all,
                "Alpha",
                """
                {"type":"email-addr","spec_version":"2.1","id":"%s","value":"a@example.org"}\
                """
                        .formatted(named));
        Map<PersonReview.Exclusion, String> answers =
                Arrays.stream(PersonReview.Exclusion.values())
                        .collect(Collectors.toMap(one -> one, _ -> "it is none"));
        assertThat(
                        node.part(PersonReviews.class)
                                .record(
                                        StixId.parse(named),
                                        new PersonReview(
                                                "to find it",
                                                "a law",
                                                "an analyst",
                                                Instant.parse("2999-01-01T00:00:00Z"),
                                                answers)))
                .isEqualTo(PersonReviews.Outcome.RECORDED);
    }

    private static void admit(Collection into, String source, String object) throws IOException {
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(
                                into,
                                new Source(source, "file", null),
                                new ByteArrayInputStream(
                                        ("{\"objects\":[" + object + "]}")
                                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(verdicts.refused()).isEmpty();
    }

    private static void remove(String id) {
        List<Held> held =
                node.part(JdbcClient.class)
                        .sql(
                                "select seq, date_added, version, spec_version from addition"
                                        + " where collection = ? and object_id = ?")
                        .params(all.number(), id)
                        .query((row, _) ->
                                new Held(
                                        row.getLong(1),
                                        row.getTimestamp(2).toInstant(),
                                        id,
                                        row.getString(3),
                                        row.getString(4),
                                        new Placement(0, 0),
                                        new byte[0]))
                        .list();
        assertThat(node.part(Objects.class).remove(all, new Source("Alpha", "taxii", "a"), held))
                .isEqualTo(held.size());
    }

    private static Map<String, Projections.Difference> rebuilt(boolean replace)
            throws SQLException {
        try (Connection connection = node.part(DataSource.class).getConnection()) {
            connection.setAutoCommit(false);
            Map<String, Projections.Difference> differences =
                    Projections.rebuild(connection, replace);
            connection.commit();
            connection.setAutoCommit(true);
            return differences;
        }
    }

    @Test
    void equal_what_was_written_as_it_happened() throws SQLException {
        Map<String, Projections.Difference> differences = rebuilt(true);

        assertThat(differences.values()).allMatch(Projections.Difference::none);
        assertThat(differences)
                .hasEntrySatisfying("addition", one -> assertThat(one.rows()).isGreaterThan(8))
                .hasEntrySatisfying("person_review", one -> assertThat(one.rows()).isEqualTo(1))
                .hasEntrySatisfying("delivery", one -> assertThat(one.rows()).isEqualTo(1));
        assertThat(rebuilt(false).values()).allMatch(Projections.Difference::none);
    }

    @Test
    void come_back_without_what_was_erased() throws IOException, SQLException {
        String erased = "tool--" + UUID.randomUUID();
        admit(all, "Alpha", TOOL.formatted(erased.substring(6), 1, "to be erased", ""));
        int before = count("select count(*) from ledger_entry");
        List<Erasure.Erased> gone =
                node.part(Ledger.class)
                        .record(new Erasure(StixId.parse(erased), "asked for", "a test"));

        assertThat(gone).hasSize(1);
        assertThat(rebuilt(true).values()).allMatch(Projections.Difference::none);
        assertThat(count("select count(*) from object_version where object_id = '" + erased + "'"))
                .isZero();
        assertThat(count("select count(*) from ledger_entry")).isEqualTo(before + 1);
        assertThat(
                        count(
                                "select count(*) from ledger_payload where position('"
                                        + erased
                                        + "' in encode(body || meta, 'escape')) > 0"))
                .isZero();
    }

    @Test
    void erase_what_an_object_was_upgraded_from() throws IOException {
        String id = UUID.randomUUID().toString();
        admit(all, "Alpha", OLD.formatted(id));

        List<Erasure.Erased> gone =
                node.part(Ledger.class)
                        .record(new Erasure(StixId.parse("tool--" + id), "asked for", "a test"));

        assertThat(gone).hasSize(2);
        assertThat(
                        count(
                                "select count(*) from ledger_payload where position('"
                                        + id
                                        + "' in encode(body, 'escape')) > 0"))
                .isZero();
    }

    @Test
    void placings_are_read_as_they_were_written() {
        Placings written = new Placings();
        Instant date = Instant.parse("2024-01-01T00:00:00.000001Z");
        written.add(date, 7, new Placement(3, 4), null);
        written.add(date.minusSeconds(1), 5, new Placement(1, 1), new Placement(2, 9));
        written.place(7, new Placement(3, 4), true);
        written.move(5, new Placement(8, 1));

        Placings read = Placings.read(written.bytes());

        assertThat(read.added()).isEqualTo(written.added());
        assertThat(read.placed()).isEqualTo(written.placed());
    }

    private static int count(String sql) {
        return node.part(JdbcClient.class).sql(sql).query(Integer.class).single();
    }

    @Test
    void leave_the_accounts_and_collections_alone() throws SQLException {
        Set<String> before = collections();

        rebuilt(true);

        assertThat(collections()).isEqualTo(before);
    }

    private static Set<String> collections() {
        return Set.copyOf(
                node.part(JdbcClient.class)
                        .sql("select title || last_added::text from collection")
                        .query(String.class)
                        .list());
    }
}
