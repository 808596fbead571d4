package org.kerege.node.exchange.taxii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.identity.Identity;
import org.kerege.node.server.NodeServer;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// Requests that real clients send, sent again: none may meet a refusal that its client cannot do with.
class RealClientsTest {

    private static final Path REQUESTS = Path.of("../../shared/data/taxii");
    private static final String COLLECTION_OF_REQUESTS = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";
    private static final String OBJECT_OF_REQUESTS =
            "identity--00000000-0000-4000-8000-000000000001";
    private static final Set<String> SET_BY_THE_CLIENT =
            Set.of("host", "connection", "content-length", "authorization", "expect");
    private static final String TAXII = "application/taxii+json;version=2.1";

    @TempDir private static Path folder;
    private static NodeServer node;
    private static HttpClient client;
    private static String token;

    @BeforeAll
    static void start() {
        node = NodeServer.start(TestStore.settings(folder));
        Collection collection = TestStore.layOut(node);
        node.part(Intake.class)
                .admit(
                        collection,
                        new Source(TestStore.ORGANISATION, "file", null),
                        TestStore.items(Set.of(OBJECT_OF_REQUESTS)));
        token =
                node.part(Identity.class)
                        .newToken(
                                TestStore.ACCOUNT,
                                "clients",
                                false,
                                java.time.Instant.now().plus(Duration.ofHours(1)));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    @TestFactory
    Stream<DynamicTest> recorded_from_the_reference_client() throws IOException {
        return requests("captured-requests-oasis-client.ndjson");
    }

    @TestFactory
    Stream<DynamicTest> rebuilt_from_the_sources_of_clients() throws IOException {
        return requests("client-requests.ndjson");
    }

    private static Stream<DynamicTest> requests(String file) throws IOException {
        Path path = REQUESTS.resolve(file);
        assumeTrue(Files.exists(path), "the recorded requests are not beside this checkout");
        List<String> lines = Files.readAllLines(path);
        return java.util.stream.IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    JsonNode request = Json.mapper().readTree(lines.get(i));
                    return DynamicTest.dynamicTest(
                            i
                                    + " "
                                    + request.path("client").asString()
                                    + ": "
                                    + request.path("step").asString(),
                            () -> check(request));
                });
    }

    private static void check(JsonNode request) throws Exception {
        String target = request.path("target").asString();
        HttpResponse<byte[]> answer = send(request, target);

        assertThat(allowed(request, target))
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .contains(answer.statusCode());
        if (answer.statusCode() != 200 || answer.body().length > 0) {
            assertThat(answer.headers().firstValue("Content-Type")).contains(TAXII);
        }
        if (answer.statusCode() == 200 && target.contains("/objects/?")) {
            JsonNode page = Json.mapper().readTree(answer.body());
            assertThat(page.has("more")).isTrue();
            assertThat(page.path("more").asBoolean()).isEqualTo(page.has("next"));
        }
        if (answer.statusCode() >= 400) {
            JsonNode error = Json.mapper().readTree(answer.body());
            assertThat(error.path("title").asString("")).isNotBlank();
            assertThat(error.path("http_status").asString(""))
                    .isEqualTo(Integer.toString(answer.statusCode()));
        }
    }

    /// What each client can do with. A cursor or a status that another server made is refused or unknown here.
    private static Set<Integer> allowed(JsonNode request, String target) {
        String method = request.path("method").asString();
        if (accept(request).contains("vnd.oasis") || target.startsWith("/only20/")) {
            return Set.of(406, 404);
        }
        if (target.equals("/taxii-discovery-service")) {
            return Set.of(404, 405, 406, 415);
        }
        if (target.matches(".*next=[^&]+.*")) {
            return Set.of(400);
        }
        if (target.contains("/status/")) {
            return Set.of(404);
        }
        return switch (method) {
            case "POST" -> Set.of(202, 422, 415);
            case "DELETE" -> Set.of(200);
            // The object may have been taken out by a recorded request before.
            default -> target.contains("/objects/identity") ? Set.of(200, 404) : Set.of(200);
        };
    }

    private static HttpResponse<byte[]> send(JsonNode request, String target) throws Exception {
        String here =
                target.replace("/api1/", "/root/").replace(COLLECTION_OF_REQUESTS, ownCollection());
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + here));
        headers(request)
                .filter(h ->
                        !SET_BY_THE_CLIENT.contains(h.name().toLowerCase(java.util.Locale.ROOT)))
                .filter(h -> !h.name().equalsIgnoreCase("Accept-Encoding"))
                .filter(h -> !h.value().startsWith("("))
                .forEach(h -> builder.header(h.name(), h.value()));
        if (accept(request).startsWith("(")) {
            builder.header("Accept", TAXII);
        }
        builder.header("Authorization", credentials(authorization(request)));
        JsonNode body = request.path("body");
        boolean none = !body.isContainer() && body.asString("").isEmpty();
        byte[] bytes =
                (body.isString() ? body.asString() : body.toString())
                        .getBytes(StandardCharsets.UTF_8);
        builder.method(
                request.path("method").asString(),
                none
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(bytes));
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private record Header(String name, String value) {}

    /// Recorded ones are a list of pairs, rebuilt ones an object.
    private static Stream<Header> headers(JsonNode request) {
        JsonNode headers = request.path("headers");
        return headers.isArray()
                ? headers.valueStream()
                        .map(pair -> new Header(pair.get(0).asString(), pair.get(1).asString()))
                : headers.propertyStream()
                        .map(entry -> new Header(entry.getKey(), entry.getValue().asString()));
    }

    private static String accept(JsonNode request) {
        return value(request, "Accept");
    }

    private static String authorization(JsonNode request) {
        return value(request, "Authorization");
    }

    private static String value(JsonNode request, String name) {
        return headers(request)
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /// Real credentials in place of the masked ones, under the scheme as the client writes it.
    private static String credentials(String masked) {
        String scheme = masked.isEmpty() ? "Basic" : masked.substring(0, masked.indexOf(' '));
        if (!scheme.equalsIgnoreCase("Basic")) {
            return scheme + " " + token;
        }
        String pair = TestStore.ACCOUNT + ":" + TestStore.PASSWORD;
        return scheme
                + " "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String ownCollection() {
        return node.part(Catalogue.class).collections("root").getFirst().id().toString();
    }
}
