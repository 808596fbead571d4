package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Channel;
import org.kerege.gate.Placement;
import org.kerege.node.Ended;
import org.kerege.node.TestStore;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Objects that name a person, on a running node: they stay until an analyst has recorded why they may leave.
class PersonReviewsTest {

    private static final String GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    private static final String PASSWORD = "an analyst's password";

    @TempDir private static Path folder;
    private static NodeServer node;
    private static Collection collection;

    @BeforeAll
    static void start() throws IOException {
        node = NodeServer.start(TestStore.settings(folder.resolve("node")));
        TestStore.layOut(node);
        collection =
                node.part(Catalogue.class)
                        .add(
                                UUID.randomUUID(),
                                "root",
                                "persons",
                                "Persons",
                                null,
                                null,
                                "2.1",
                                true,
                                true);
        Identity identity = node.part(Identity.class);
        identity.putAccount("analyst", TestStore.ORGANISATION, Set.of(Role.ANALYST), null);
        identity.setPassword("analyst", PASSWORD);
        identity.putAccount("reader", TestStore.ORGANISATION, Set.of(Role.READER), null);
        identity.setPassword("reader", PASSWORD);
        identity.putAccount("foreign", "Beta", Set.of(Role.ANALYST), null);
        identity.setPassword("foreign", PASSWORD);
        Files.writeString(folder.resolve("password"), PASSWORD);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String admit(String pattern) throws IOException {
        String id = "indicator--" + UUID.randomUUID();
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(
                                collection,
                                new Source(TestStore.ORGANISATION, "file", null),
                                new ByteArrayInputStream(
                                        """
                                        {"type":"indicator","spec_version":"2.1","id":"%s",\
                                        "created":"2024-01-01T00:00:00.000Z",\
                                        "modified":"2024-01-01T00:00:00.000Z",\
                                        "pattern":"%s","pattern_type":"stix",\
                                        "valid_from":"2024-01-01T00:00:00Z",\
                                        "object_marking_refs":["%s"]}\
                                        """
                                                .formatted(id, pattern, GREEN)
                                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(verdicts.refused()).isEmpty();
        return id;
    }

    private static boolean readableByBeta(String id) {
        return node
                .part(JdbcClient.class)
                .sql("select audience, closure from object_version where object_id = ?")
                .param(id)
                .query((row, _) -> new Placement(row.getInt(1), row.getInt(2)))
                .list()
                .stream()
                .anyMatch(node.part(Gate.class).view("Beta", Channel.TAXII)::releases);
    }

    private static Ended review(String user, String... arguments) {
        List<String> all = new ArrayList<>(List.of("review"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of(
                        "--node",
                        "http://127.0.0.1:" + node.port() + "/",
                        "--user",
                        user,
                        "--password-file",
                        folder.resolve("password").toString()));
        return Ended.of(all.toArray(String[]::new));
    }

    private static String[] complete(String object, String until) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "record",
                                object,
                                "--purpose",
                                "find who is written to",
                                "--legal-basis",
                                "Act 5, section 2",
                                "--until",
                                until));
        for (String exclusion :
                List.of(
                        "journalism",
                        "research",
                        "art",
                        "protest",
                        "humanitarian_work",
                        "counter_speech")) {
            arguments.add("--exclusion");
            arguments.add(exclusion + "=a robot's address");
        }
        return arguments.toArray(String[]::new);
    }

    @Test
    void stay_until_a_review_is_recorded_and_leave_with_it() throws Exception {
        String id = admit("[email-addr:value = 'robot@example.test']");
        assertThat(readableByBeta(id)).isFalse();

        Ended ended = review("analyst", complete(id, "2999-01-01T00:00:00Z"));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(readableByBeta(id)).isTrue();
        assertThat(review("analyst", "list").out()).contains(id).contains("Act 5, section 2");
        assertThat(
                        node.part(JdbcClient.class)
                                .sql(
                                        "select count(*) from person_review r join ledger_entry e using (seq)"
                                                + " where e.kind = 6 and r.object_id = ?")
                                .param(id)
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void are_counted_as_waiting_until_they_are_reviewed() throws Exception {
        String id = admit("[email-addr:value = 'counted@example.test']");
        ReviewFigures.Figures before = figures();

        assertThat(review("analyst", complete(id, "2999-01-01T00:00:00Z")).code()).isZero();

        assertThat(figures())
                .isEqualTo(
                        new ReviewFigures.Figures(
                                before.organisation(),
                                before.waiting() - 1,
                                before.reviewed() + 1,
                                before.lapsed(),
                                before.given()));
    }

    private static ReviewFigures.Figures figures() {
        return node.part(ReviewFigures.class).all().stream()
                .filter(one -> one.organisation().equals(TestStore.ORGANISATION))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stay_where_an_exclusion_is_not_answered() throws Exception {
        String id = admit("[user-account:user_id = 'someone']");

        Ended ended =
                review(
                        "analyst",
                        "record",
                        id,
                        "--purpose",
                        "curiosity",
                        "--legal-basis",
                        "none",
                        "--until",
                        "2999-01-01T00:00:00Z");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("exclusion JOURNALISM");
        assertThat(readableByBeta(id)).isFalse();
    }

    @Test
    void are_reviewed_by_analysts_of_the_own_organisation_alone() throws Exception {
        String id = admit("[email-addr:value = 'other@example.test']");

        assertThat(review("reader", complete(id, "2999-01-01T00:00:00Z")).code()).isEqualTo(1);
        assertThat(review("foreign", complete(id, "2999-01-01T00:00:00Z")).code()).isEqualTo(1);

        assertThat(readableByBeta(id)).isFalse();
    }

    @Test
    void need_a_day_in_the_future_on_which_they_are_looked_at_again() throws Exception {
        String id = admit("[email-addr:value = 'past@example.test']");

        Ended ended = review("analyst", complete(id, "2001-01-01T00:00:00Z"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("later day");
    }

    @Test
    void are_not_asked_for_where_no_person_is_named() throws Exception {
        String id = admit("[ipv4-addr:value = '203.0.113.9']");

        Ended ended = review("analyst", complete(id, "2999-01-01T00:00:00Z"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("names no person");
    }
}
