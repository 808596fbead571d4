package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Hunting;
import org.kerege.node.settings.Upkeep;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a node does by itself over time.
class UpkeepTest {

    @TempDir private static Path folder;
    private static NodeServer node;
    private static Collection collection;
    private static JdbcClient store;

    @BeforeAll
    static void start() {
        node = NodeServer.start(TestStore.settings(folder));
        collection = TestStore.layOut(node);
        store = node.part(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void admit(String id, String day) throws IOException {
        String object =
                """
                {"objects":[{"type":"identity","spec_version":"2.1","id":"%s","created":"2024-01-01T00:00:00.000Z",\
                "modified":"2024-01-%sT00:00:00.000Z","name":"Somebody"}]}\
                """
                        .formatted(id, day);
        assertThat(
                        node.part(Intake.class)
                                .admit(
                                        collection,
                                        new Source(TestStore.ORGANISATION, "file", null),
                                        new ByteArrayInputStream(
                                                object.getBytes(StandardCharsets.UTF_8)))
                                .refused())
                .isEmpty();
    }

    private static Retention retention(Duration superseded, Instant now) {
        return new Retention(
                store,
                node.part(Ledger.class),
                node.part(Catalogue.class),
                node.part(Changes.class),
                new Upkeep(List.of(), null, Duration.ofDays(30), superseded, Hunting.NONE),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void erases_versions_that_were_overtaken_long_enough_ago_and_keeps_the_newest()
            throws IOException {
        String id = "identity--" + UUID.randomUUID();
        admit(id, "01");
        admit(id, "02");
        admit(id, "03");
        Instant now = Instant.now();
        Duration keep = Duration.ofDays(10);

        assertThat(retention(keep, now.plus(keep).minusSeconds(60)).look()).isZero();
        assertThat(retention(keep, now.plus(keep).plusSeconds(60)).look()).isEqualTo(2);
        assertThat(retention(keep, now.plus(keep).plusSeconds(60)).look()).isZero();

        assertThat(
                        store.sql("select version from object_version where object_id = ?")
                                .param(id)
                                .query(String.class)
                                .list())
                .containsExactly("2024-01-03T00:00:00");
    }

    @Test
    void forgets_what_became_of_submissions_after_the_time_that_was_set() {
        Statuses statuses = node.part(Statuses.class);
        UUID old = UUID.randomUUID();
        UUID young = UUID.randomUUID();
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        statuses.keep(old, "root", now.minus(Duration.ofDays(31)), "alpha", new byte[] {1});
        statuses.keep(young, "root", now.minus(Duration.ofDays(29)), "alpha", new byte[] {1});

        retention(Duration.ofDays(36_500), now).look();

        assertThat(statuses.find(old, "root", "alpha")).isEmpty();
        assertThat(statuses.find(young, "root", "alpha")).isPresent();
    }

    @Test
    void dates_go_on_growing_when_the_clock_stands_before_the_last_of_them() throws IOException {
        Instant ahead = Instant.now().plus(Duration.ofHours(2));
        store.sql("update collection set last_added = ? where number = ?")
                .params(Timestamp.from(ahead), collection.number())
                .update();
        Set<String> ids = TestStore.newIds(3);
        for (String id : ids) {
            admit(id, "01");
        }

        List<Instant> dates =
                store.sql("select date_added from addition where object_id = any(?) order by seq")
                        .param(ids.toArray(String[]::new))
                        .query((row, _) -> row.getTimestamp(1).toInstant())
                        .list();

        assertThat(dates).hasSize(3).doesNotHaveDuplicates().isSorted();
        assertThat(dates.getFirst()).isAfter(ahead);
    }
}
