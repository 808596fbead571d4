package org.kerege.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Dialogues with a TAXII 2.1 server, each begun with a server that holds exactly the seed.
public final class TaxiiExpectationsCorpus implements Corpus {

    public static final String FILE = "taxii-expectations.json";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern CAPTURED = Pattern.compile("\\$\\{(\\w+)}");
    private static final Set<String> SERVED_OPTIONS =
            Set.of("next", "next-on-manifest", "stix-2.0-content");

    private final String address;
    private final String admin;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /// @param address of the server without a slash at its end; it answers `POST /conformance/reset`
    /// @param seed what it holds; the user `admin` is in it
    public TaxiiExpectationsCorpus(String address, JsonNode seed) {
        this.address = address;
        this.admin = seed.path("users").path("admin").asString();
    }

    @Override
    public String file() {
        return FILE;
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            String id = one.path("id").asString();
            if (one.path("ambiguous").asBoolean(false)) {
                tally.skipped("ambiguous");
            } else if (one.has("requires")
                    && !SERVED_OPTIONS.contains(one.path("requires").asString())) {
                tally.skipped("option not served");
            } else {
                String failure = failure(one);
                if (failure == null) {
                    tally.passed();
                } else {
                    tally.failed(id, failure);
                }
            }
        }
    }

    private @Nullable String failure(JsonNode one) {
        Map<String, JsonNode> captured = new HashMap<>();
        try {
            send(
                    HttpRequest.newBuilder(URI.create(address + "/conformance/reset"))
                            .POST(HttpRequest.BodyPublishers.noBody()));
            int number = 0;
            for (JsonNode step : one.path("steps")) {
                number++;
                HttpResponse<byte[]> response = send(request(step.path("request"), captured));
                JsonNode body = body(response);
                String failure = judge(step.path("expect"), response, body, captured);
                if (failure != null) {
                    return "step " + number + ": " + failure;
                }
                capture(step.path("capture"), response, body, captured);
            }
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(JsonNode request, Map<String, JsonNode> captured) {
        StringBuilder target =
                new StringBuilder(address).append(fill(request.path("path").asString(), captured));
        if (request.has("raw_query")) {
            target.append('?').append(request.path("raw_query").asString());
        } else if (!request.path("query").isEmpty()) {
            char separator = '?';
            for (JsonNode pair : request.path("query")) {
                target.append(separator)
                        .append(URLEncoder.encode(pair.get(0).asString(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(
                                URLEncoder.encode(
                                        fill(pair.get(1).asString(), captured),
                                        StandardCharsets.UTF_8));
                separator = '&';
            }
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(target.toString()));
        request.path("headers")
                .properties()
                .forEach(h -> builder.header(h.getKey(), h.getValue().asString()));
        String auth = request.path("auth").asString("");
        if (!auth.isEmpty()) {
            String pair = "admin:" + (auth.equals("wrong") ? admin + "x" : admin);
            builder.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        byte[] body = requestBody(request);
        return builder.method(
                request.path("method").asString(),
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static byte @Nullable [] requestBody(JsonNode request) {
        byte[] body;
        if (request.has("body_text")) {
            body = request.path("body_text").asString().getBytes(StandardCharsets.UTF_8);
        } else if (request.has("body")) {
            body = request.path("body").toString().getBytes(StandardCharsets.UTF_8);
        } else if (request.has("body_padded_to_bytes")) {
            body = new byte[0];
        } else {
            return null;
        }
        if (request.has("body_padded_to_bytes")) {
            int given = body.length;
            body =
                    Arrays.copyOf(
                            body, Math.max(given, request.path("body_padded_to_bytes").asInt()));
            Arrays.fill(body, given, body.length, (byte) ' ');
        }
        return body;
    }

    private static String fill(String text, Map<String, JsonNode> captured) {
        Matcher names = CAPTURED.matcher(text);
        return names.replaceAll(name ->
                Matcher.quoteReplacement(
                        captured.getOrDefault(name.group(1), MissingNode.getInstance())
                                .asString("")));
    }

    /// The condition with a captured text in place of its name, where the whole value is one.
    private static JsonNode filled(JsonNode condition, Map<String, JsonNode> captured) {
        JsonNode value = condition.path("value");
        boolean name = value.isString() && CAPTURED.matcher(value.stringValue()).matches();
        boolean text = name && captured.getOrDefault(bare(value.stringValue()), value).isString();
        if (!text) {
            return condition;
        }
        return ((ObjectNode) condition.deepCopy())
                .put("value", fill(value.stringValue(), captured));
    }

    private static String bare(String name) {
        return name.substring(2, name.length() - 1);
    }

    private static JsonNode body(HttpResponse<byte[]> response) {
        try {
            return response.body().length == 0
                    ? MissingNode.getInstance()
                    : Json.mapper().readTree(response.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable String judge(
            JsonNode expect,
            HttpResponse<byte[]> response,
            JsonNode body,
            Map<String, JsonNode> captured) {
        if (expect.has("status")) {
            boolean expected = false;
            for (JsonNode status : expect.path("status")) {
                expected |= status.asInt() == response.statusCode();
            }
            if (!expected) {
                return "status " + response.statusCode() + ", expected " + expect.path("status");
            }
        }
        for (var header : expect.path("headers").properties()) {
            String failure = Expectation.ofHeader(header.getKey(), header.getValue(), response);
            if (failure != null) {
                return failure;
            }
        }
        for (JsonNode condition : expect.path("body")) {
            String failure = Expectation.ofBody(filled(condition, captured), body, captured);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private static void capture(
            JsonNode capture,
            HttpResponse<byte[]> response,
            JsonNode body,
            Map<String, JsonNode> captured) {
        for (var entry : capture.properties()) {
            String from = entry.getValue().asString();
            if (from.startsWith("header:")) {
                String value = response.headers().firstValue(from.substring(7)).orElse("");
                captured.put(entry.getKey(), Json.mapper().valueToTree(value));
            } else {
                captured.put(entry.getKey(), collected(BodyPath.find(body, from), from));
            }
        }
    }

    private static JsonNode collected(List<JsonNode> found, String path) {
        if (!path.contains("[*]")) {
            return found.isEmpty() ? MissingNode.getInstance() : found.getFirst();
        }
        return Json.mapper().createArrayNode().addAll(found.stream().collect(Collectors.toList()));
    }
}
