package org.kerege.taxii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// Requests of real clients, as they were recorded or rebuilt from their sources.
class RecordedClientsTest {

    private static final Path FOLDER = Path.of("../../shared/data/taxii");

    @ParameterizedTest
    @ValueSource(strings = {"captured-requests-oasis-client.ndjson", "client-requests.ndjson"})
    void every_request_for_taxii_21_is_understood(String file) throws IOException {
        for (JsonNode request : requests(file)) {
            String accept = header(request, "Accept");
            String target = request.path("target").asString();
            if (accept == null || isOfAnotherVersion(accept) || accept.startsWith("(")) {
                continue;
            }
            assertThat(MediaType.acceptsTaxii(accept)).as(request.toString()).isTrue();
            int query = target.indexOf('?');
            assertThatCode(() -> Parameters.parse(query < 0 ? null : target.substring(query + 1)))
                    .as(request.toString())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"captured-requests-oasis-client.ndjson", "client-requests.ndjson"})
    void every_request_for_another_version_is_told_apart(String file) throws IOException {
        for (JsonNode request : requests(file)) {
            String accept = header(request, "Accept");
            if (accept != null && isOfAnotherVersion(accept)) {
                assertThat(MediaType.acceptsTaxii(accept)).as(request.toString()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"captured-requests-oasis-client.ndjson", "client-requests.ndjson"})
    void every_body_that_clients_send_may_hold_an_envelope(String file) throws IOException {
        for (JsonNode request : requests(file)) {
            String type = header(request, "Content-Type");
            if ("POST".equals(request.path("method").asString())
                    && type != null
                    && !type.contains("xml")) {
                assertThat(MediaType.mayHoldEnvelope(type)).as(request.toString()).isTrue();
            }
        }
    }

    @Test
    void a_cursor_comes_back_form_encoded() {
        assertThat(Parameters.parse("limit=1&next=opaque+token%2F%2B%3D").next())
                .isEqualTo("opaque token/+=");
    }

    @Test
    void an_empty_cursor_is_none() {
        assertThat(Parameters.parse("limit=50&next=").next()).isNull();
    }

    private static boolean isOfAnotherVersion(String accept) {
        return accept.contains("vnd.oasis") || accept.contains("xml");
    }

    private static List<JsonNode> requests(String file) throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "the recorded requests are not on this machine");
        List<JsonNode> requests = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve(file))) {
            requests.add(Json.mapper().readTree(line));
        }
        assertThat(requests).isNotEmpty();
        return requests;
    }

    private static @Nullable String header(JsonNode request, String name) {
        JsonNode headers = request.path("headers");
        if (headers.isObject()) {
            for (String key : headers.propertyNames()) {
                if (key.equalsIgnoreCase(name)) {
                    return headers.path(key).asString();
                }
            }
        }
        for (JsonNode pair : headers) {
            if (pair.isArray() && pair.path(0).asString().equalsIgnoreCase(name)) {
                return pair.path(1).asString();
            }
        }
        return null;
    }
}
