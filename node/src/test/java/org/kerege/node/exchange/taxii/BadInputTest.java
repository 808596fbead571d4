package org.kerege.node.exchange.taxii;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.node.TestStore;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// A live node on loopback gets what nobody should send: each time a clear refusal, and it serves on.
class BadInputTest {

    private static final String TAXII = "application/taxii+json;version=2.1";
    private static final int GIGABYTE = 1 << 30;
    private static final int SLOW_CLIENTS = 300;
    private static final Duration PROMPT = Duration.ofSeconds(20);

    @TempDir private static Path folder;
    private static NodeServer node;
    private static HttpClient client;
    private static String objects;

    @BeforeAll
    static void start() throws Exception {
        node = NodeServer.start(TestStore.settings(folder));
        TestStore.layOut(node);
        client = HttpClient.newBuilder().connectTimeout(PROMPT).build();
        objects = "http://127.0.0.1:" + node.port() + "/root/collections/all/objects/";
        // Enough for two pages, so that there is a cursor to forge.
        assertThat(post(TestStore.envelope(TestStore.newIds(3))).statusCode()).isEqualTo(202);
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    @AfterEach
    void serves_on() throws Exception {
        String id = TestStore.newIds(1).iterator().next();
        assertThat(post(TestStore.envelope(Set.of(id))).statusCode()).isEqualTo(202);
        assertThat(get("?match[id]=" + id).body()).contains(id);
    }

    private static HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(
                        URI.create(objects + query.replace("[", "%5B").replace("]", "%5D")))
                .timeout(PROMPT)
                .header("Accept", TAXII)
                .header("Authorization", basic(TestStore.ACCOUNT));
    }

    private static HttpResponse<String> get(String query) throws Exception {
        return client.send(request(query).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = request("").header("Content-Type", TAXII);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> broken() {
        return List.of(
                "",
                "{",
                "{\"objects\":[{\"type\":\"identity\"",
                "nonsense",
                "[]",
                "{\"objects\":{}}",
                "[".repeat(100_000),
                "{\"objects\":[],\"objects\":[]}",
                "\u0000\u0001");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_document_without_a_sound_frame_is_refused(String document) throws Exception {
        HttpResponse<String> answer = post(document);

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
        JsonNode error = Json.mapper().readTree(answer.body());
        assertThat(error.path("title").asString("")).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("org.kerege");
    }

    @Test
    void a_hundred_thousand_arrays_in_place_of_an_object_are_one_refused_object() throws Exception {
        HttpResponse<String> answer =
                post("{\"objects\":[" + "[".repeat(100_000) + "]".repeat(100_000) + "]}");

        assertThat(answer.statusCode() == 422 || answer.body().contains("\"failure_count\":1"))
                .as(answer.statusCode() + answer.body())
                .isTrue();
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() throws Exception {
        byte[] envelope = TestStore.envelope(TestStore.newIds(1));
        envelope[envelope.length - 30] = (byte) 0xC3;
        envelope[envelope.length - 29] = (byte) 0x28;

        HttpResponse<String> answer = post(envelope);

        assertThat(answer.statusCode() == 422 || answer.body().contains("\"failure_count\":1"))
                .as(answer.statusCode() + answer.body())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"a\",\"name\":\"b\"",
                "\"name\":\"\\ud800\"",
                "\"name\":\"a\",\"created\":\"2024-13-01T00:00:00.000Z\"",
                "\"name\":\"a\",\"labels\":[]",
                "\"name\":\"a\",\"\\udc00\":1",
                "\"name\":\"a\",\"x\":1e999999999",
                "\"name\":\"a\",\"object_marking_refs\":[\"identity--1\"]"
            })
    void a_bad_object_is_refused_with_its_reason_beside_a_good_one(String properties)
            throws Exception {
        String bad = "identity--" + UUID.randomUUID();
        String good = new String(TestStore.envelope(TestStore.newIds(1)), StandardCharsets.UTF_8);
        String both =
                good.replace(
                        "{\"objects\":[",
                        """
                        {"objects":[{"type":"identity","spec_version":"2.1","id":"%s",\
                        "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z",%s},\
                        """
                                .formatted(bad, properties));

        HttpResponse<String> answer = post(both);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode status = Json.mapper().readTree(answer.body());
        assertThat(status.path("success_count").asInt()).isEqualTo(1);
        assertThat(status.path("failure_count").asInt()).isEqualTo(1);
        assertThat(status.path("failures").path(0).path("message").asString("")).isNotBlank();
    }

    static List<String> refusedIndicators() {
        return List.of(
                "[file:name = '" + "a".repeat(1 << 20) + "']",
                "(".repeat(25_000) + "[file:name = 'a']" + ")".repeat(25_000),
                "[" + "(".repeat(25_000) + "file:name = 'a'" + ")".repeat(25_000) + "]",
                "(".repeat(10_000) + "[file:name = 'a']",
                "[file:name = 'a'");
    }

    @ParameterizedTest
    @MethodSource("refusedIndicators")
    void a_pattern_that_cannot_be_read_or_is_beyond_the_limits_is_refused_by_name(String pattern)
            throws Exception {
        HttpResponse<String> answer = post(indicator("2024-01-01T00:00:00.000Z", pattern));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("\"failure_count\":1").contains("/pattern: ");
        assertThat(answer.body().length()).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*b", "(.*)*x", "((a{1,100}){1,100}){1,100}"})
    void a_regular_expression_that_makes_others_blow_up_is_answered_at_once(String regex)
            throws Exception {
        HttpResponse<String> answer =
                post(indicator("2024-01-01T00:00:00.000Z", "[file:name MATCHES '" + regex + "']"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00.000Z",
                "1969-12-31T23:59:59.999999999999Z",
                "9999-12-31T23:59:59.999Z"
            })
    void an_object_from_before_the_epoch_or_from_the_future_is_kept_and_found(String time)
            throws Exception {
        byte[] body = indicator(time, "[file:name = 'a']");
        String id = Json.mapper().readTree(body).path("objects").path(0).path("id").asString();

        assertThat(post(body).body()).contains("\"success_count\":1");

        assertThat(get("?match[id]=" + id + "&match[version]=" + time).body()).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-00-00T00:00:00Z",
                "10000-01-01T00:00:00.000Z",
                "2024-02-30T00:00:00.000Z",
                "-001-01-01T00:00:00.000Z"
            })
    void a_time_that_never_is_is_refused(String time) throws Exception {
        assertThat(post(indicator(time, "[file:name = 'a']")).body())
                .contains("\"failure_count\":1")
                .containsPattern("/(created|modified): ");
        assertThat(get("?added_after=" + time).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z"
            })
    void a_page_after_any_time_is_served(String time) throws Exception {
        assertThat(get("?added_after=" + time).statusCode()).isEqualTo(200);
    }

    private static byte[] indicator(String time, String pattern) {
        return Json.mapper()
                .writeValueAsBytes(
                        Map.of(
                                "objects",
                                List.of(
                                        Map.of(
                                                "type",
                                                "indicator",
                                                "spec_version",
                                                "2.1",
                                                "id",
                                                "indicator--" + UUID.randomUUID(),
                                                "created",
                                                time,
                                                "modified",
                                                time,
                                                "pattern",
                                                pattern,
                                                "pattern_type",
                                                "stix",
                                                "valid_from",
                                                "2024-01-01T00:00:00.000Z"))));
    }

    @Test
    void a_status_is_there_at_once_and_for_its_submitter_alone() throws Exception {
        Identity identity = node.part(Identity.class);
        identity.putAccount("another", TestStore.ORGANISATION, Set.of(Role.values()), null);
        identity.setPassword("another", TestStore.PASSWORD);
        String status = post(TestStore.envelope(TestStore.newIds(2_500))).body();
        String id = Json.mapper().readTree(status).path("id").asString();

        assertThat(status).contains("\"status\":\"complete\"").contains("\"pending_count\":0");
        assertThat(status(TestStore.ACCOUNT, id).body()).isEqualTo(status);
        assertThat(status("another", id).statusCode()).isEqualTo(404);
        assertThat(status("another", id).body())
                .isEqualTo(status("another", UUID.randomUUID().toString()).body());
    }

    private static HttpResponse<String> status(String account, String id) throws Exception {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        objects.replaceAll("collections/.*", "status/") + id + "/"))
                        .header("Accept", TAXII)
                        .header("Authorization", basic(account))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String account) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (account + ":" + TestStore.PASSWORD)
                                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_identifier_of_another_type_is_refused_by_name() throws Exception {
        String envelope =
                new String(TestStore.envelope(TestStore.newIds(1)), StandardCharsets.UTF_8)
                        .replace("\"id\":\"identity--", "\"id\":\"malware--");

        assertThat(post(envelope).body())
                .contains("\"failure_count\":1")
                .contains("malware--")
                .contains("identity");
    }

    @Test
    void one_bad_object_among_ten_thousand_costs_the_others_nothing() throws Exception {
        String text =
                new String(TestStore.envelope(TestStore.newIds(10_000)), StandardCharsets.UTF_8);
        int middle = text.indexOf("\"spec_version\"", text.length() / 2);
        String one = text.substring(0, middle) + "\"labels\":[]," + text.substring(middle);

        JsonNode status = Json.mapper().readTree(post(one).body());

        assertThat(status.path("success_count").asInt()).isEqualTo(9_999);
        assertThat(status.path("failure_count").asInt()).isEqualTo(1);
    }

    @Test
    void a_string_of_a_gigabyte_is_cut_off_at_the_largest_body() throws Exception {
        HttpRequest endless =
                request("")
                        .header("Content-Type", TAXII)
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new LongString(GIGABYTE)))
                        .build();
        int status;
        try {
            status = client.send(endless, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            // The node may hang up on whoever goes on sending after it has refused.
            status = 413;
        }

        assertThat(status).isEqualTo(413);
    }

    @Test
    void a_length_beyond_the_largest_body_is_refused_before_the_body_is_read() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout((int) PROMPT.toMillis());
            write(socket, head() + "Content-Length: " + GIGABYTE + "\r\n\r\n{");

            assertThat(statusLine(socket)).contains(" 413");
        }
    }

    @Test
    void a_packed_body_is_refused_unread() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                gzip.write(zeros);
            }
        }

        HttpResponse<String> answer = post(packed.toByteArray(), "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
    }

    @Test
    void a_body_packed_for_the_way_is_refused_unread() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout((int) PROMPT.toMillis());
            write(socket, head() + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\n12345\r\n");

            assertThat(statusLine(socket)).containsAnyOf(" 400", " 415", " 501");
        }
    }

    @Test
    void clients_that_never_end_their_requests_keep_nobody_out() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
                slow.add(socket);
                write(
                        socket,
                        i % 2 == 0
                                ? "POST /root/collections/all/objects/ HTTP/1.1\r\nHost: a\r\nX-Slow:"
                                : head() + "Content-Length: 1000\r\n\r\n{\"obj");
            }

            long begin = System.nanoTime();
            assertThat(get("?limit=1").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPT);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void a_cursor_that_was_changed_or_made_up_is_refused() throws Exception {
        String next = Json.mapper().readTree(get("?limit=1").body()).path("next").asString();
        assertThat(next).isNotBlank();
        char[] changed = next.toCharArray();
        int at = changed.length / 2;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';

        assertThat(get("?limit=1&next=" + next).statusCode()).isEqualTo(200);
        for (String forged :
                List.of(
                        new String(changed),
                        next.substring(1),
                        next + "A",
                        "AAAA",
                        "a".repeat(10_000))) {
            assertThat(get("?limit=1&next=" + forged).statusCode()).as(forged).isEqualTo(400);
        }
    }

    @Test
    void brackets_of_a_filter_may_come_as_they_are() throws Exception {
        String id = TestStore.newIds(1).iterator().next();
        assertThat(post(TestStore.envelope(Set.of(id))).statusCode()).isEqualTo(202);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout((int) PROMPT.toMillis());
            write(
                    socket,
                    head().replace("POST", "GET")
                                    .replace("/objects/ ", "/objects/?match[id]=" + id + " ")
                            + "Connection: close\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing/at/all/that/is/here/", "%2e%2e/", "versions/x/y"})
    void an_address_that_nothing_has_is_answered_with_an_error_message(String address)
            throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(request("").build(), (_, _) -> true)
                                .uri(URI.create(objects + address))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(Json.mapper().readTree(answer.body()).path("title").asString("")).isNotBlank();
    }

    @Test
    void which_methods_an_address_has_is_answered() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        request("").method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
    }

    private static String head() {
        return "POST /root/collections/all/objects/ HTTP/1.1\r\nHost: a\r\nAccept: "
                + TAXII
                + "\r\nContent-Type: "
                + TAXII
                + "\r\nAuthorization: "
                + basic(TestStore.ACCOUNT)
                + "\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (SocketException e) {
            // Hung up on already: as good as refused.
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static String statusLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            line.append((char) one);
        }
        return line.toString();
    }

    /// An envelope of one object whose name goes on and on.
    private static final class LongString extends InputStream {

        private final byte[] begin =
                "{\"objects\":[{\"type\":\"identity\",\"name\":\""
                        .getBytes(StandardCharsets.US_ASCII);
        private final long length;
        private long at;

        LongString(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int count) {
            if (at == length) {
                return -1;
            }
            int taken = (int) Math.min(count, length - at);
            for (int i = 0; i < taken; i++, at++) {
                into[from + i] = at < begin.length ? begin[(int) at] : (byte) 'a';
            }
            return taken;
        }
    }
}
