package org.kerege.node.exchange.taxii;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;

class NearlyFullDiskTest {

    @TempDir private Path folder;

    @Test
    void takes_nothing_in_and_still_answers_readers() throws Exception {
        Settings settings =
                new Settings(
                        TestStore.ORGANISATION,
                        "A test",
                        folder,
                        "127.0.0.1",
                        0,
                        TestDatabases.laidOut(),
                        Map.of(),
                        Long.MAX_VALUE);
        try (NodeServer node = NodeServer.start(settings);
                HttpClient client = HttpClient.newHttpClient()) {
            TestStore.layOut(node);
            HttpRequest.Builder objects =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + node.port()
                                                    + "/root/collections/all/objects/"))
                            .header("Accept", "application/taxii+json;version=2.1")
                            .header("Content-Type", "application/taxii+json;version=2.1")
                            .header("Authorization", "Basic " + credentials());

            HttpResponse<String> refused =
                    client.send(
                            objects.POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    TestStore.envelope(TestStore.newIds(1))))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> read =
                    client.send(objects.GET().build(), HttpResponse.BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("disk").contains("\"http_status\":\"507\"");
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).isEqualTo("{\"more\":false}");
        }
    }

    private static String credentials() {
        return Base64.getEncoder()
                .encodeToString(
                        (TestStore.ACCOUNT + ":" + TestStore.PASSWORD)
                                .getBytes(StandardCharsets.UTF_8));
    }
}
