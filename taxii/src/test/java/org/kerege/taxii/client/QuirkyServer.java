package org.kerege.taxii.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.kerege.taxii.Parameters;
import org.kerege.taxii.TaxiiTimestamp;

/// A TAXII server with the habits of those there are; each test says which. It runs on loopback.
final class QuirkyServer implements AutoCloseable {

    static final String COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

    enum Cursors {
        GIVEN,
        NONE,
        FORGOTTEN,
        THE_SAME_AGAIN
    }

    /// One object and when it was added.
    record Held(Instant added, String json) {}

    /// What the server does in place of answering as it should.
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<Held> held = new ArrayList<>();
    final Deque<Answer> before = new ArrayDeque<>();
    final List<String> asked = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    final List<String> posted = new ArrayList<>();
    final Map<String, String> resources = new HashMap<>();

    Cursors cursors = Cursors.GIVEN;
    boolean inclusive;
    boolean claimsMoreForEver;
    boolean tellsTimes = true;
    boolean compresses;
    int cap = 1_000;
    int pending;
    String mediaType = "application/taxii+json;version=2.1";

    private final HttpServer http;

    QuirkyServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
        resources.put("/taxii2/", "{\"title\":\"quirky\",\"api_roots\":[\"/api/\",\"/closed/\"]}");
        resources.put(
                "/api/", "{\"title\":\"root\",\"versions\":[\"x\"],\"max_content_length\":400}");
        String collection =
                "{\"id\":\""
                        + COLLECTION
                        + "\",\"title\":\"Feed\",\"can_read\":true,\"can_write\":true}";
        resources.put("/api/collections/", "{\"collections\":[" + collection + "]}");
        resources.put("/api/collections/" + COLLECTION + "/", collection);
    }

    URI at(String path) {
        return URI.create(
                "http://"
                        + http.getAddress().getHostString()
                        + ":"
                        + http.getAddress().getPort()
                        + path);
    }

    RemoteCollection collection() {
        RemoteRoot root = new RemoteRoot(at("/api/"), "root", 400);
        return new RemoteCollection(
                root,
                at("/api/collections/" + COLLECTION + "/"),
                COLLECTION,
                null,
                "Feed",
                true,
                true);
    }

    /// Adds an indicator of that number.
    void hold(Instant added, int number) {
        held.add(
                new Held(
                        added,
                        "{\"type\":\"x-thing\",\"id\":\"x-thing--"
                                + new UUID(0x4000L, 0x8000000000000000L | number)
                                + "\",\"modified\":\"2025-01-01T00:00:00.000Z\"}"));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(authorization == null ? "" : authorization);
            Answer instead = before.poll();
            if (instead != null) {
                instead.to(exchange);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("POST")) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                send(exchange, 202, status());
            } else if (path.startsWith("/api/status/")) {
                send(exchange, 200, status());
            } else if (path.endsWith("/objects/")) {
                page(exchange);
            } else if (resources.containsKey(path)) {
                send(exchange, 200, resources.get(path));
            } else {
                send(exchange, 404, "{\"title\":\"nothing here\",\"http_status\":\"404\"}");
            }
        }
    }

    private String status() {
        boolean still = pending-- > 0;
        return "{\"id\":\"7\",\"status\":\""
                + (still ? "pending" : "complete")
                + "\",\"total_count\":1,\"success_count\":"
                + (still ? 0 : 1)
                + ",\"failure_count\":0,\"pending_count\":"
                + (still ? 1 : 0)
                + "}";
    }

    private void page(HttpExchange exchange) throws IOException {
        Parameters asks = Parameters.parse(exchange.getRequestURI().getRawQuery());
        if (asks.next() != null && cursors == Cursors.FORGOTTEN) {
            send(exchange, 404, "{\"title\":\"no such cursor\"}");
            return;
        }
        int from = asks.next() == null ? 0 : Integer.parseInt(asks.next().split("/")[1]);
        List<Held> found = new ArrayList<>();
        for (int i = from; i < held.size(); i++) {
            Instant added = held.get(i).added();
            Instant after = asks.addedAfter();
            if (after == null || added.isAfter(after) || (inclusive && added.equals(after))) {
                found.add(held.get(i));
            }
        }
        int limit = Math.min(cap, asks.limit() == null ? cap : asks.limit());
        boolean more = found.size() > limit;
        List<Held> page = more ? found.subList(0, limit) : found;
        String next = null;
        if (more && cursors != Cursors.NONE) {
            // Told apart from an index by its form: cursors are any text, also what needs encoding.
            int position = held.indexOf(page.getLast()) + 1;
            next = cursors == Cursors.THE_SAME_AGAIN ? "+=/0" : "+=/" + position;
        }
        send(exchange, 200, envelope(exchange, page, more, next));
    }

    private String envelope(
            HttpExchange exchange, List<Held> page, boolean more, @Nullable String next) {
        if (tellsTimes && !page.isEmpty()) {
            exchange.getResponseHeaders()
                    .set(
                            "X-TAXII-Date-Added-First",
                            TaxiiTimestamp.format(page.getFirst().added()));
            exchange.getResponseHeaders()
                    .set("X-TAXII-Date-Added-Last", TaxiiTimestamp.format(page.getLast().added()));
        }
        String frame =
                (more || claimsMoreForEver ? "\"more\":true" : "\"more\": false")
                        + (next == null ? "" : ",\"next\":\"" + next + "\"");
        if (page.isEmpty()) {
            return "{" + frame + "}";
        }
        return "{\"objects\":["
                + String.join(",", page.stream().map(Held::json).toList())
                + "],"
                + frame
                + "}";
    }

    void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        byte[] bytes = body.getBytes(UTF_8);
        if (compresses) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            bytes = packed.toByteArray();
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
