package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Channel;
import org.kerege.gate.Placement;
import org.kerege.node.TestStore;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A node that ends after it has recorded something and before it has placed what waited for it.
class UnsettledTest {

    private static final String BREAK =
            """
            create function no_move() returns trigger language plpgsql as
                $$ begin raise exception 'the node ends here'; end $$;
            create trigger no_move before update on object_version execute function no_move()\
            """;

    @TempDir private Path folder;
    private Settings settings;
    private NodeServer node;
    private String tool;

    /// A tool waits for its marking, which is then recorded; the tool cannot be placed by it.
    @BeforeEach
    void recorded_and_not_settled() throws IOException {
        settings = TestStore.settings(folder);
        node = NodeServer.start(settings);
        TestStore.layOut(node);
        String marking = "marking-definition--" + UUID.randomUUID();
        tool = "tool--" + UUID.randomUUID();
        admit(
                """
                {"type":"tool","spec_version":"2.1","id":"%s","created":"2024-01-01T00:00:00.000Z",\
                "modified":"2024-01-01T00:00:00.000Z","name":"waits","object_marking_refs":["%s"]}\
                """
                        .formatted(tool, marking));
        assertThat(readableByBeta()).isFalse();
        database().sql(BREAK).update();
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() ->
                        admit(
                                """
                                {"type":"marking-definition","spec_version":"2.1","id":"%s",\
                                "created":"2024-01-01T00:00:00.000Z","definition_type":"statement",\
                                "definition":{"statement":"all may have it"}}\
                                """
                                        .formatted(marking)));
        assertThat(count("select count(*) from object_version where object_id = '" + marking + "'"))
                .isEqualTo(1);
        assertThat(readableByBeta()).isFalse();
        database().sql("drop trigger no_move on object_version").update();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void places_what_waited_when_it_starts_again() {
        restart();

        assertThat(readableByBeta()).isTrue();
        assertThat(count("select count(*) from addition where object_id = '" + tool + "'"))
                .as("additions: the first, and one for the new readers")
                .isEqualTo(2);
    }

    @Test
    void changes_nothing_when_it_starts_once_more() {
        restart();
        int entries = count("select count(*) from ledger_entry");
        // As a node leaves it that dies before it has noted that all is settled.
        database().sql("update settled set through = -1").update();

        restart();

        assertThat(count("select count(*) from ledger_entry")).isEqualTo(entries);
        assertThat(count("select through from settled")).isEqualTo(entries - 1);
    }

    @Test
    void places_it_with_the_next_submission_where_it_goes_on() throws IOException {
        admit(
                """
                {"type":"tool","spec_version":"2.1","id":"tool--%s","created":"2024-01-01T00:00:00.000Z",\
                "modified":"2024-01-01T00:00:00.000Z","name":"another"}\
                """
                        .formatted(UUID.randomUUID()));

        assertThat(readableByBeta()).isTrue();
    }

    private void restart() {
        node.close();
        node = NodeServer.start(settings);
    }

    private void admit(String object) throws IOException {
        node.part(Intake.class)
                .admit(
                        TestStore.collection(node),
                        new Source(TestStore.ORGANISATION, "file", null),
                        new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean readableByBeta() {
        return database()
                .sql("select audience, closure from object_version where object_id = ?")
                .param(tool)
                .query((row, _) -> new Placement(row.getInt(1), row.getInt(2)))
                .list()
                .stream()
                .anyMatch(node.part(Gate.class).view("Beta", Channel.TAXII)::releases);
    }

    private int count(String sql) {
        return database().sql(sql).query(Integer.class).single();
    }

    private JdbcClient database() {
        return node.part(JdbcClient.class);
    }
}
