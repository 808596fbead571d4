package org.kerege.node.exchange.taxii;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.server.NodeServer;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database itself meets a full disk, as it can where it has one of its own.
class FullDatabaseTest {

    private static final String FULL =
            """
            create function full_disk() returns trigger language plpgsql as $$
            begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
            create trigger full_disk before insert on ledger_entry execute function full_disk()\
            """;

    @TempDir private Path folder;

    @Test
    void is_answered_as_a_full_disk_and_what_came_before_is_held() throws Exception {
        try (NodeServer node = NodeServer.start(TestStore.settings(folder));
                HttpClient client = HttpClient.newHttpClient()) {
            TestStore.layOut(node);
            JdbcClient database = node.part(JdbcClient.class);
            Set<String> before = TestStore.newIds(3);
            assertThat(post(client, node, before).statusCode()).isEqualTo(202);
            database.sql(FULL).update();

            Set<String> ids = TestStore.newIds(3);
            HttpResponse<String> refused = post(client, node, ids);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
            database.sql("drop trigger full_disk on ledger_entry").update();
            assertThat(post(client, node, ids).body()).contains("\"success_count\":3");
            assertThat(
                            database.sql("select count(distinct object_id) from addition")
                                    .query(Integer.class)
                                    .single())
                    .isEqualTo(6);
        }
    }

    private static HttpResponse<String> post(HttpClient client, NodeServer node, Set<String> ids)
            throws Exception {
        String pair = TestStore.ACCOUNT + ":" + TestStore.PASSWORD;
        return client.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + node.port()
                                                + "/root/collections/all/objects/"))
                        .header("Accept", "application/taxii+json;version=2.1")
                        .header("Content-Type", "application/taxii+json;version=2.1")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        pair.getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(TestStore.envelope(ids)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
