package org.kerege.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.server.NodeServer;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A node in a process of its own, with its own PostgreSQL, is killed while clients hand objects over.
class KilledNodeTest {

    private static final int CLIENTS = 8;
    private static final int PER_ENVELOPE = 5;

    @TempDir private Path folder;

    /// The process that is killed: a node that says where it answers and waits.
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            NodeServer node = NodeServer.start(TestStore.settings(Path.of(arguments[0]), null));
            TestStore.layOut(node);
            System.out.println("port " + node.port());
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }

    @Test
    @Tag("long")
    void holds_every_acknowledged_object_after_a_kill() throws Exception {
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        Process victim = startVictim();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            int port = port(victim);
            CountDownLatch busy = new CountDownLatch(CLIENTS * 15);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> handOver(port, acknowledged, busy)));
            }
            assertThat(busy.await(90, TimeUnit.SECONDS)).isTrue();
            victim.destroyForcibly().waitFor();
            for (Future<?> client : running) {
                client.get(60, TimeUnit.SECONDS);
            }
        } finally {
            victim.destroyForcibly();
        }

        try (NodeServer again = NodeServer.start(TestStore.settings(folder, null))) {
            JdbcClient database = again.part(JdbcClient.class);
            Set<String> held =
                    new HashSet<>(
                            database.sql("select object_id from addition")
                                    .query(String.class)
                                    .list());
            assertThat(held).containsAll(acknowledged);
            assertThat(
                            database.sql("select max(seq) + 1 - count(*) from ledger_entry")
                                    .query(Long.class)
                                    .single())
                    .as("gaps in the ledger's numbers")
                    .isZero();
            assertThat(
                            database.sql(
                                            """
                                            select count(*) from object_version v
                                            where not exists (select 1 from ledger_payload p where p.seq = v.seq)\
                                            """)
                                    .query(Long.class)
                                    .single())
                    .as("versions that the ledger does not hold")
                    .isZero();
        }
    }

    private Process startVictim() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process victim) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new IOException("the node did not start");
    }

    /// Hands envelopes over until the node is gone.
    private static void handOver(int port, Set<String> acknowledged, CountDownLatch busy) {
        String credentials =
                Base64.getEncoder()
                        .encodeToString(
                                (TestStore.ACCOUNT + ":" + TestStore.PASSWORD)
                                        .getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                Set<String> ids = TestStore.newIds(PER_ENVELOPE);
                HttpResponse<String> answer =
                        client.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + port
                                                                + "/root/collections/all/objects/"))
                                        .timeout(Duration.ofSeconds(30))
                                        .header("Accept", "application/taxii+json;version=2.1")
                                        .header(
                                                "Content-Type",
                                                "application/taxii+json;version=2.1")
                                        .header("Authorization", "Basic " + credentials)
                                        .POST(
                                                HttpRequest.BodyPublishers.ofByteArray(
                                                        TestStore.envelope(ids)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                assertThat(answer.body()).contains("\"failure_count\":0");
                acknowledged.addAll(ids);
                busy.countDown();
            }
        } catch (IOException e) {
            // The node is gone, as the test wants it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
