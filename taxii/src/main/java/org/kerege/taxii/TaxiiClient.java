package org.kerege.taxii;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Speaks with one collection of a TAXII 2.1 server. Odd media types are forgiven, busy servers are asked again after
/// the time they name, and no answer is read beyond a limit. Thread-safe. Source: TAXII 2.1 §5.
public final class TaxiiClient {

    private static final long MAX_ANSWER_BYTES = 256L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int TRIES = 4;

    private final URI collection;
    private final @Nullable String authorization;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /// @param collection address of the collection, with or without a slash at its end
    /// @param authorization value of the `Authorization` header, such as `Bearer …`; null for none
    public TaxiiClient(URI collection, @Nullable String authorization) {
        String text = collection.toString();
        this.collection = URI.create(text.endsWith("/") ? text : text + "/");
        this.authorization = authorization;
    }

    /// A page of objects.
    ///
    /// @param items what could be read and what could not, in order
    /// @param next cursor of the next page; null when there is none
    /// @param lastAdded when the last object of the page was added there; null when the server does not say
    public record ObjectsPage(
            List<BundleReader.Item> items,
            @Nullable String next,
            boolean more,
            @Nullable Instant lastAdded) {

        public ObjectsPage {
            items = List.copyOf(items);
        }
    }

    /// Reads a page.
    ///
    /// @param addedAfter exclusive; null from the beginning
    /// @param next the cursor that the page before gave; null for a first page
    /// @throws TaxiiFailure when the server refuses or answers with something else than objects
    public ObjectsPage objects(@Nullable Instant addedAfter, @Nullable String next, int limit)
            throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("?limit=").append(limit);
        if (addedAfter != null) {
            query.append("&added_after=").append(TaxiiTimestamp.format(addedAfter));
        }
        if (next != null) {
            query.append("&next=").append(URLEncoder.encode(next, StandardCharsets.UTF_8));
        }
        HttpResponse<InputStream> response = send(request("objects/" + query).GET());
        byte[] body = body(response);
        if (response.statusCode() / 100 != 2) {
            throw failure(response.statusCode(), body);
        }
        List<BundleReader.Item> items = new ArrayList<>();
        JsonNode frame = frame(body);
        if (!frame.path("objects").isEmpty()) {
            BundleReader.readEnvelope(new ByteArrayInputStream(body), items::add);
        }
        String cursor = frame.path("next").asString("");
        return new ObjectsPage(
                items,
                cursor.isEmpty() ? null : cursor,
                frame.path("more").asBoolean(false),
                response.headers()
                        .firstValue("X-TAXII-Date-Added-Last")
                        .map(text -> TaxiiTimestamp.parse("X-TAXII-Date-Added-Last", text))
                        .orElse(null));
    }

    /// Adds an envelope of objects.
    ///
    /// @return the status resource
    /// @throws TaxiiFailure when the server refuses it as a whole
    public JsonNode add(byte[] envelope) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                send(
                        request("objects/")
                                .header("Content-Type", MediaType.TAXII_21)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(envelope)));
        byte[] body = body(response);
        if (response.statusCode() / 100 != 2) {
            throw failure(response.statusCode(), body);
        }
        return frame(body);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(collection + path))
                        .timeout(LIMIT)
                        .header("Accept", MediaType.TAXII_21)
                        .header("Accept-Encoding", "gzip");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            boolean busy = response.statusCode() == 429 || response.statusCode() == 503;
            if (!busy || attempt == TRIES - 1) {
                return response;
            }
            response.body().close();
            Thread.sleep(wait(response, attempt));
        }
        throw new IllegalStateException("at least one try is made");
    }

    private static Duration wait(HttpResponse<?> response, int attempt) {
        Duration asked =
                response.headers()
                        .firstValue("Retry-After")
                        .filter(text -> text.matches("\\d{1,6}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                        .orElse(Duration.ofSeconds(1L << attempt));
        return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    }

    private static byte[] body(HttpResponse<InputStream> response) throws IOException {
        boolean gzip =
                response.headers()
                        .firstValue("Content-Encoding")
                        .filter("gzip"::equalsIgnoreCase)
                        .isPresent();
        try (InputStream raw = response.body();
                InputStream in = gzip ? new GZIPInputStream(raw) : raw) {
            byte[] body = in.readNBytes((int) MAX_ANSWER_BYTES + 1);
            if (body.length > MAX_ANSWER_BYTES) {
                throw new IOException(
                        "the server's answer is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return body;
        }
    }

    private static JsonNode frame(byte[] body) throws IOException {
        if (body.length == 0) {
            return Json.mapper().createObjectNode();
        }
        try {
            return Json.mapper().readTree(body);
        } catch (JacksonException e) {
            throw new IOException("the server's answer is no JSON: " + Json.reason(e), e);
        }
    }

    private static TaxiiFailure failure(int status, byte[] body) {
        String title = "";
        try {
            title = Json.mapper().readTree(body).path("title").asString("");
        } catch (JacksonException e) {
            title = "an answer that is no TAXII error message";
        }
        return new TaxiiFailure(status, title);
    }
}
