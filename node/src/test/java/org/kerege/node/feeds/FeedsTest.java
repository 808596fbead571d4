package org.kerege.node.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.conformance.SeededServer;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Feed;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A node beside a foreign server on loopback that goes down and comes back.
class FeedsTest {

    private static final String CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
    private static final String RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

    @TempDir private Path folder;
    private NodeServer node;
    private Collection collection;
    private Feeds feeds;

    @BeforeEach
    void start() throws IOException {
        node = NodeServer.start(TestStore.settings(folder));
        collection = TestStore.layOut(node);
        feeds = node.part(Feeds.class);
        Files.writeString(folder.resolve("password"), "its password\n");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Feed feed(Feed.Direction direction, String address, String remote) {
        return new Feed(
                "foreign",
                direction,
                URI.create(address + "/api/"),
                remote,
                "all",
                "Foreigners",
                Duration.ofMinutes(5),
                "reader",
                folder.resolve("password"));
    }

    private static JsonNode seed(int objects) {
        StringBuilder contents = new StringBuilder();
        for (int i = 0; i < objects; i++) {
            contents.append(i == 0 ? "" : ",")
                    .append(
                            "{\"date_added\":\"2024-01-01T00:00:%02d.000Z\",\"object\":"
                                    .formatted(i))
                    .append(identity("identity--00000000-0000-4000-8000-%012d".formatted(i), CLEAR))
                    .append('}');
        }
        return Json.mapper()
                .readTree(
                        """
                        {"discovery":{"title":"Foreign","default":"/api/"},
                         "users":{"reader":"its password"},
                         "api_roots":[{"path":"/api/","information":{"title":"Api","max_content_length":1048576},
                           "collections":[
                             {"id":"11111111-1111-4111-8111-111111111111","title":"Out","can_read":true,"can_write":false,
                              "media_types":["application/stix+json;version=2.1"],"contents":[%s]},
                             {"id":"22222222-2222-4222-8222-222222222222","title":"In","can_read":false,"can_write":true,
                              "media_types":["application/stix+json;version=2.1"],"contents":[]}]}]}
                        """
                                .formatted(contents));
    }

    private static String identity(String id, String marking) {
        return """
        {"type":"identity","spec_version":"2.1","id":"%s","created":"2024-01-01T00:00:00.000Z",\
        "modified":"2024-01-01T00:00:00.000Z","name":"Somebody","object_marking_refs":["%s"]}\
        """
                .formatted(id, marking);
    }

    private List<String> held() {
        return node.part(JdbcClient.class)
                .sql("select object_id from addition")
                .query(String.class)
                .list();
    }

    @Test
    void a_pull_goes_on_where_it_stopped_once_the_server_is_back() throws Exception {
        Postgres foreign = TestDatabases.laidOut();
        int port;
        try (SeededServer server = SeededServer.start(seed(3), 0, foreign)) {
            port = URI.create(server.address()).getPort();
            FeedState first = feeds.runOnce(feed(Feed.Direction.PULL, server.address(), "Out"));
            assertThat(first.failures()).as(first.problem()).isZero();
            assertThat(first.objects()).isEqualTo(3);
        }
        String address = "http://127.0.0.1:" + port;

        FeedState down = feeds.runOnce(feed(Feed.Direction.PULL, address, "Out"));
        FeedState still = feeds.runOnce(feed(Feed.Direction.PULL, address, "Out"));

        assertThat(down.failures()).isEqualTo(1);
        assertThat(down.problem()).isNotBlank();
        assertThat(down.lastGood()).isNotNull();
        assertThat(still.failures()).isEqualTo(2);
        try (SeededServer server = SeededServer.start(seed(5), port, TestDatabases.laidOut())) {
            FeedState back = feeds.runOnce(feed(Feed.Direction.PULL, server.address(), "Out"));

            assertThat(back.failures()).as(back.problem()).isZero();
            assertThat(back.objects()).isEqualTo(5);
            assertThat(held()).hasSize(5).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_push_hands_over_what_the_gate_lets_out_and_nothing_twice() throws Exception {
        String open = "identity--" + UUID.randomUUID();
        admit(identity(open, CLEAR) + "," + identity("identity--" + UUID.randomUUID(), RED));
        Postgres foreign = TestDatabases.laidOut();
        try (SeededServer server = SeededServer.start(seed(0), 0, foreign)) {
            Feed push = feed(Feed.Direction.PUSH, server.address(), "In");

            FeedState first = feeds.runOnce(push);
            FeedState again = feeds.runOnce(push);
            admit(identity("identity--" + UUID.randomUUID(), CLEAR));
            FeedState more = feeds.runOnce(push);

            assertThat(first.problem()).isNull();
            assertThat(first.objects()).isEqualTo(1);
            assertThat(again.objects()).isEqualTo(1);
            assertThat(more.objects()).isEqualTo(2);
        }
        assertThat(
                        node.part(JdbcClient.class)
                                .sql("select count(*) from delivery where recipient = 'Foreigners'")
                                .query(Integer.class)
                                .single())
                .isEqualTo(2);
    }

    @Test
    void a_feed_that_names_no_collection_here_says_so() throws Exception {
        Feed lost =
                new Feed(
                        "lost",
                        Feed.Direction.PULL,
                        URI.create("http://127.0.0.1:1/"),
                        null,
                        "nowhere",
                        "Foreigners",
                        Duration.ofMinutes(5),
                        null,
                        null);

        assertThat(feeds.runOnce(lost).problem()).contains("no collection called 'nowhere'");
    }

    private void admit(String objects) throws IOException {
        assertThat(
                        node.part(Intake.class)
                                .admit(
                                        collection,
                                        new Source(TestStore.ORGANISATION, "file", null),
                                        new ByteArrayInputStream(
                                                ("{\"objects\":[" + objects + "]}")
                                                        .getBytes(StandardCharsets.UTF_8)))
                                .refused())
                .isEmpty();
    }
}
