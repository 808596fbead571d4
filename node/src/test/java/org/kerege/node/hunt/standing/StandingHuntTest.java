package org.kerege.node.hunt.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Hunting;
import org.kerege.node.settings.LogSource;
import org.kerege.node.settings.Settings;
import org.kerege.node.settings.Upkeep;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A node that hunts all the time. Waits for what other threads do, and no longer than for that.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StandingHuntTest {

    @TempDir private static Path folder;
    private static NodeServer node;
    private static Settings settings;
    private static int syslogPort;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("zeek"));
        try (ServerSocket free = new ServerSocket(0)) {
            syslogPort = free.getLocalPort();
        }
        Settings plain = TestStore.settings(folder.resolve("node"));
        settings =
                plain.with(
                        new Upkeep(
                                List.of(),
                                null,
                                Duration.ofDays(1),
                                null,
                                new Hunting(
                                        List.of(
                                                new LogSource(
                                                        "zeek",
                                                        new LogSource.Kind.Files(
                                                                folder + "/zeek/*.log")),
                                                new LogSource(
                                                        "edge",
                                                        new LogSource.Kind.Syslog(
                                                                "127.0.0.1",
                                                                syslogPort,
                                                                null,
                                                                null))),
                                        Duration.ofDays(7),
                                        List.of())));
        node = NodeServer.start(settings);
        TestStore.layOut(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String publish(String pattern) {
        String id = "indicator--" + UUID.randomUUID();
        admit(id, pattern, "2024-01-01T00:00:00.000Z", false);
        return id;
    }

    private static void admit(String id, String pattern, String modified, boolean revoked) {
        try {
            node.part(Intake.class)
                    .admit(
                            TestStore.collection(node),
                            new Source(TestStore.ORGANISATION, "file", null),
                            new ByteArrayInputStream(
                                    Json.mapper()
                                            .createObjectNode()
                                            .put("type", "indicator")
                                            .put("spec_version", "2.1")
                                            .put("id", id)
                                            .put("created", "2024-01-01T00:00:00.000Z")
                                            .put("modified", modified)
                                            .put("pattern", pattern)
                                            .put("pattern_type", "stix")
                                            .put("revoked", revoked)
                                            .put("valid_from", "2024-01-01T00:00:00Z")
                                            .toString()
                                            .getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String conn(String address) {
        return """
        {"_path":"conn","ts":1700000000.0,"uid":"C1","id.orig_h":"10.0.0.5","id.orig_p":50000,"id.resp_h":"%s","id.resp_p":443,"proto":"tcp"}
        """
                .formatted(address);
    }

    private static long matches(String indicator) {
        return node.part(JdbcClient.class)
                .sql("select count(*) from hunt_match where indicator = ?")
                .param(indicator)
                .query(Long.class)
                .single();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitHunted(int indicators) {
        await(() -> node.part(StandingHunt.class).indicators() >= indicators);
    }

    private static SourceState state(String name) {
        return node.part(StandingHunt.class).states().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> post(byte[] events, String source) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + node.port()
                                                    + "/hunt/events?source="
                                                    + source))
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString(
                                                            (TestStore.ACCOUNT
                                                                            + ":"
                                                                            + TestStore.PASSWORD)
                                                                    .getBytes(
                                                                            StandardCharsets
                                                                                    .UTF_8)))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(events))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void finds_a_new_indicator_in_a_file_that_grows_and_in_one_that_comes() throws IOException {
        String indicator = publish("[ipv4-addr:value = '203.0.113.1']");
        awaitHunted(1);
        Path log = folder.resolve("zeek/conn.log");
        Files.writeString(log, conn("203.0.113.1"));
        await(() -> matches(indicator) == 1);
        Files.writeString(log, conn("203.0.113.1"), StandardOpenOption.APPEND);
        await(() -> matches(indicator) == 2);
        Files.writeString(folder.resolve("zeek/other.log"), conn("203.0.113.1"));
        await(() -> matches(indicator) == 3);

        JsonNode found =
                node.part(JdbcClient.class)
                        .sql(
                                "select row_to_json(m) from hunt_match m where indicator = ? order by id limit 1")
                        .param(indicator)
                        .query((row, _) -> Json.mapper().readTree(row.getString(1)))
                        .single();
        assertThat(found.path("file").asString()).isEqualTo(log.toString());
        assertThat(found.path("line").asString()).isEqualTo(conn("203.0.113.1").strip());
        assertThat(found.path("timing").asString()).isEqualTo("before");
        assertThat(found.at("/clauses/0/value").asString()).isEqualTo("203.0.113.1");
        await(() -> state("zeek").lag() == 0);
    }

    @Test
    void takes_syslog_framed_either_way() throws IOException {
        String indicator = publish("[ipv4-addr:value = '203.0.113.2']");
        await(() ->
                post(bytes(conn("203.0.113.2")), "probe").statusCode() == 200
                        && matches(indicator) > 0);
        long before = matches(indicator);
        String json = "<134>1 2026-03-01T10:00:00Z s zeek - - - " + conn("203.0.113.2").strip();
        try (Socket sensor = new Socket(InetAddress.getLoopbackAddress(), syslogPort);
                OutputStream out = sensor.getOutputStream()) {
            out.write(bytes(json.length() + " " + json + json + "\n"));
            out.flush();
            await(() -> matches(indicator) == before + 2);
        }
        assertThat(state("edge").unread()).isZero();
    }

    @Test
    void takes_posted_lines_plain_and_gzip_and_says_what_it_read() throws IOException {
        String indicator = publish("[ipv4-addr:value = '203.0.113.3']");
        await(() ->
                post(bytes(conn("203.0.113.3")), "probe").statusCode() == 200
                        && matches(indicator) > 0);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes(conn("203.0.113.3") + "{broken\n{\"kind\":\"unknown\"}\n"));
        }
        HttpResponse<String> answer = post(zipped.toByteArray(), "sensor");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode read = Json.mapper().readTree(answer.body());
        assertThat(read.path("events").asInt()).isEqualTo(2);
        assertThat(read.path("unmapped").asInt()).isEqualTo(1);
        assertThat(read.path("unread").asInt()).isEqualTo(1);
        assertThat(read.path("matched").asInt()).isEqualTo(1);
        assertThat(read.path("firstUnread").toString()).contains("sensor, 2: no JSON");
        byte[] cut = java.util.Arrays.copyOf(zipped.toByteArray(), zipped.size() - 12);
        assertThat(post(cut, "sensor").body()).contains("breaks off");
        assertThat(post(bytes("x"), "a/b").statusCode()).isEqualTo(400);
    }

    @Test
    void hunts_a_revoked_indicator_no_longer() {
        String id = "indicator--" + UUID.randomUUID();
        admit(id, "[ipv4-addr:value = '203.0.113.4']", "2024-01-01T00:00:00.000Z", false);
        await(() -> {
            post(bytes(conn("203.0.113.4")), "probe");
            return matches(id) > 0;
        });
        admit(id, "[ipv4-addr:value = '203.0.113.4']", "2024-02-01T00:00:00.000Z", true);
        await(() -> {
            long before = matches(id);
            post(bytes(conn("203.0.113.4")), "probe");
            return matches(id) == before;
        });
    }

    @Test
    void hunts_an_indicator_that_comes_in_the_events_of_before() {
        publish("[ipv4-addr:value = '192.0.2.200']");
        awaitHunted(1);
        assertThat(post(bytes(conn("203.0.113.5")), "early").statusCode()).isEqualTo(200);
        String indicator = publish("[ipv4-addr:value = '203.0.113.5']");
        await(() -> matches(indicator) == 1);

        assertThat(
                        node.part(JdbcClient.class)
                                .sql(
                                        "select r.who from hunt_match m join retro_hunt r on r.seq = m.retro where m.indicator = ?")
                                .param(indicator)
                                .query(String.class)
                                .single())
                .isEqualTo("the node");
    }

    @Test
    void never_hunts_for_a_person_by_itself() {
        String person = publish("[email-addr:value = 'someone@example.org']");
        String thing = publish("[ipv4-addr:value = '203.0.113.6']");
        await(() -> {
            post(bytes(conn("203.0.113.6")), "probe");
            return matches(thing) > 0;
        });

        assertThat(matches(person)).isZero();
        assertThat(
                        node.part(JdbcClient.class)
                                .sql("select count(*) from retro_hunt where ? = any(indicators)")
                                .param(person)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void keeps_so_many_matches_of_an_indicator_an_hour_and_counts_the_rest() {
        String indicator = publish("[ipv4-addr:value = '203.0.113.7']");
        await(() -> {
            post(bytes(conn("203.0.113.7")), "probe");
            return matches(indicator) > 0;
        });
        post(bytes(conn("203.0.113.7").repeat(Matches.MOST_AN_HOUR + 50)), "probe");

        assertThat(matches(indicator)).isEqualTo(Matches.MOST_AN_HOUR);
        assertThat(node.part(Matches.class).byIndicator(100))
                .anyMatch(tally ->
                        tally.name().equals(indicator)
                                && tally.count() > Matches.MOST_AN_HOUR + 49);
    }
}
