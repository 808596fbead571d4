package org.kerege.taxii.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.stix.StixObject;

class TaxiiClientTest {

    private static final Instant ADDED = Instant.parse("2025-01-01T00:00:00.123456Z");

    private final QuirkyServer server = new QuirkyServer();
    private final QuirkyServer elsewhere = new QuirkyServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final TaxiiClient client = client(1 << 20);

    private TaxiiClient client(long pageBytes) {
        return new TaxiiClient(
                new ClientSettings(
                        new Credentials.Basic("анна", "secret"),
                        null,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        3,
                        Duration.ofSeconds(60),
                        pageBytes,
                        pauses::add));
    }

    @AfterEach
    void stop() {
        server.close();
        elsewhere.close();
    }

    private PageEnd page() throws Exception {
        return client.objects(
                server.collection(), new PageRequest(null, 10, null, List.of(), false), _ -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/taxii2/",
                "/taxii2",
                "/api/",
                "/api",
                "/api/collections/",
                "/api/collections/" + QuirkyServer.COLLECTION,
                "/api/collections/" + QuirkyServer.COLLECTION + "/objects/?limit=1"
            })
    void finds_the_collection_behind_whatever_address_is_pasted(String pasted) throws Exception {
        List<RemoteCollection> found = client.collectionsAt(server.at(pasted));

        assertThat(found).containsExactly(server.collection());
    }

    @Test
    void reads_times_to_the_microsecond_and_counts_objects() throws Exception {
        server.hold(ADDED, 1);
        server.hold(ADDED.plusSeconds(1), 2);

        assertThat(page()).isEqualTo(new PageEnd(2, false, null, ADDED, ADDED.plusSeconds(1)));
    }

    @Test
    void takes_an_envelope_without_objects_as_an_empty_page() throws Exception {
        assertThat(page().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/stix+json"})
    void reads_an_envelope_of_any_media_type(String type) throws Exception {
        server.mediaType = type;
        server.hold(ADDED, 1);

        assertThat(page().count()).isEqualTo(1);
    }

    @Test
    void reads_compressed_answers() throws Exception {
        server.compresses = true;
        server.hold(ADDED, 1);

        assertThat(page().count()).isEqualTo(1);
    }

    @Test
    void asks_a_server_that_trips_over_the_version_parameter_without_it() throws Exception {
        server.hold(ADDED, 1);
        List<String> accepted = new ArrayList<>();
        server.before.add(exchange -> {
            accepted.add(exchange.getRequestHeaders().getFirst("Accept"));
            server.send(exchange, 406, "{}");
        });

        assertThat(page().count()).isEqualTo(1);
        assertThat(accepted).containsExactly("application/taxii+json;version=2.1");
    }

    @Test
    void waits_as_long_as_a_busy_server_asks() throws Exception {
        server.before.add(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            server.send(exchange, 429, "{}");
        });
        server.before.add(exchange -> server.send(exchange, 503, "{}"));

        page();

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }

    @Test
    void waits_no_longer_than_its_settings_allow() throws Exception {
        server.before.add(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "999999999");
            server.send(exchange, 503, "{}");
        });

        page();

        assertThat(pauses).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void gives_up_on_a_server_that_stays_busy() {
        for (int i = 0; i < 3; i++) {
            server.before.add(exchange -> server.send(exchange, 503, "{}"));
        }

        assertThatThrownBy(this::page)
                .isInstanceOfSatisfying(
                        TaxiiFailure.class,
                        failure ->
                                assertThat(failure.kind())
                                        .isEqualTo(TaxiiFailure.Kind.UNREACHABLE));
    }

    @Test
    void sends_credentials_along_with_a_redirect_within_the_origin() throws Exception {
        server.before.add(exchange -> {
            exchange.getResponseHeaders().set("Location", exchange.getRequestURI() + "&moved=1");
            exchange.sendResponseHeaders(307, -1);
        });

        page();

        assertThat(server.authorizations).hasSize(2).allMatch(sent -> sent.startsWith("Basic "));
    }

    @Test
    void sends_no_credentials_to_another_origin() throws Exception {
        server.before.add(exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", elsewhere.at(exchange.getRequestURI().toString()).toString());
            exchange.sendResponseHeaders(302, -1);
        });

        page();

        assertThat(elsewhere.authorizations).containsExactly("");
    }

    @Test
    void ends_a_circle_of_redirects() {
        for (int i = 0; i < 10; i++) {
            server.before.add(exchange -> {
                exchange.getResponseHeaders().set("Location", "/taxii2/");
                exchange.sendResponseHeaders(301, -1);
            });
        }

        assertThatThrownBy(this::page).hasMessageContaining("redirects more than");
    }

    @Test
    void refuses_a_page_of_too_many_bytes_also_when_it_arrives_compressed() {
        server.compresses = true;
        for (int i = 0; i < 100; i++) {
            server.hold(ADDED, i);
        }

        assertThatThrownBy(() ->
                        client(1_000)
                                .objects(
                                        server.collection(),
                                        new PageRequest(null, 100, null, List.of(), false),
                                        _ -> {}))
                .hasMessageContaining("more than 1000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html></html>",
                "[]",
                "",
                "{\"objects\":[",
                "{\"title\":\"x\",\"http_status\":\"500\"}"
            })
    void refuses_what_is_no_envelope(String body) {
        server.before.add(exchange -> server.send(exchange, 200, body));

        assertThatThrownBy(this::page).isInstanceOf(TaxiiFailure.class);
    }

    @Test
    void says_what_the_server_says_without_its_control_characters() {
        server.before.add(
                exchange -> server.send(exchange, 403, "{\"title\":\"not\\u001b[31m you\"}"));

        assertThatThrownBy(this::page).hasMessageContaining("403 (not [31m you)");
    }

    @Test
    void repeats_filters_beside_a_cursor_and_encodes_both() {
        PageRequest request =
                new PageRequest(ADDED, 5, "a+/= b&", List.of("indicator", "malware"), true);

        assertThat(request.query())
                .isEqualTo(
                        "added_after=2025-01-01T00%3A00%3A00.123456Z&limit=5"
                                + "&match%5Btype%5D=indicator%2Cmalware&match%5Bversion%5D=all"
                                + "&next=a%2B%2F%3D+b%26");
    }

    @Test
    void pushes_in_requests_that_the_server_can_take_and_waits_for_its_decision() throws Exception {
        server.pending = 2;

        PushStatus status =
                client.push(
                        server.collection(), List.of(object(1, 150), object(2, 150), object(3, 9)));

        assertThat(server.posted).hasSize(2).allMatch(body -> body.length() <= 400);
        assertThat(status.complete()).isTrue();
        assertThat(status.success()).isEqualTo(2);
    }

    @Test
    void says_which_object_is_larger_than_any_request() throws Exception {
        PushStatus status = client.push(server.collection(), List.of(object(1, 500)));

        assertThat(status.failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.id()).isEqualTo(object(1, 1).id().toString());
                    assertThat(failure.message()).contains("400 bytes");
                });
        assertThat(server.posted).isEmpty();
    }

    @Test
    void loses_no_body_to_a_redirect() {
        server.before.add(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere/");
            exchange.sendResponseHeaders(301, -1);
        });

        assertThatThrownBy(() -> client.push(server.collection(), List.of(object(1, 5))))
                .hasMessageContaining("redirects a POST");
    }

    @Test
    void prints_no_secret() {
        assertThat(new Credentials.Basic("anna", "secret").toString()).doesNotContain("secret");
        assertThat(new Credentials.Bearer("secret").toString()).doesNotContain("secret");
    }

    @Test
    void takes_no_password_in_an_address() {
        assertThatThrownBy(() -> client.collectionsAt(URI.create("https://a:b@example.org/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no password");
    }

    private static StixObject object(int number, int padding) {
        String json =
                "{\"type\":\"x-thing\",\"id\":\"x-thing--00000000-0000-4000-8000-00000000000"
                        + number
                        + "\",\"name\":\""
                        + "x".repeat(padding)
                        + "\"}";
        return StixObject.read(json.getBytes(UTF_8));
    }
}
