package org.kerege.taxii.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.taxii.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Sends requests and survives what lies between: redirects, busy servers, compression, picky media types.
/// Safe for several threads.
final class Transport {

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final ClientSettings settings;
    private final HttpClient http;

    Transport(ClientSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(settings.answerWithin())
                        // By hand, so that credentials go to their own origin only.
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls());
        }
        this.http = builder.build();
    }

    /// A successful answer; its body is decompressed, bounded in bytes and time, and must be closed.
    record Answer(URI address, HttpResponse<InputStream> response, InputStream body)
            implements AutoCloseable {

        @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    Answer get(URI address, long maxBytes) throws IOException, InterruptedException {
        return send(address, null, maxBytes);
    }

    Answer post(URI address, byte[] body, long maxBytes) throws IOException, InterruptedException {
        return send(address, body, maxBytes);
    }

    private Answer send(URI address, byte @Nullable [] body, long maxBytes)
            throws IOException, InterruptedException {
        String accept = MediaType.TAXII_21;
        int attempt = 1;
        while (true) {
            Duration asked = null;
            TaxiiFailure failure;
            try {
                HttpResponse<InputStream> response = followed(address, body, accept);
                int status = response.statusCode();
                if (status / 100 == 2) {
                    return answer(response, maxBytes);
                }
                if (status == 406 && accept.contains(";")) {
                    response.body().close();
                    // Some servers know the type and trip over its parameter.
                    accept = "application/taxii+json, application/json;q=0.5, */*;q=0.1";
                    continue;
                }
                failure = failure(response);
                if (!isBusy(status)) {
                    throw failure;
                }
                asked = retryAfter(response);
            } catch (TaxiiFailure e) {
                throw e;
            } catch (IOException e) {
                failure =
                        new TaxiiFailure(
                                TaxiiFailure.Kind.UNREACHABLE, address, "cannot be reached", e);
            }
            if (attempt == settings.attempts()) {
                throw failure;
            }
            settings.pauses().pause(pause(attempt, asked));
            attempt++;
        }
    }

    private HttpResponse<InputStream> followed(URI start, byte @Nullable [] body, String accept)
            throws IOException, InterruptedException {
        URI address = start;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            boolean home = sameOrigin(start, address);
            HttpResponse<InputStream> response =
                    http.send(request(address, body, accept, home), BodyHandlers.ofInputStream());
            String location = response.headers().firstValue("Location").orElse(null);
            if (!isRedirect(response.statusCode()) || location == null) {
                return response;
            }
            response.body().close();
            // 303 means that what was asked for has been done: the answer is got elsewhere. For a
            // body the
            // other two older codes are not safe to repeat, as clients have read them either way.
            if (body != null && response.statusCode() < 307) {
                throw new TaxiiFailure(
                        TaxiiFailure.Kind.REFUSED,
                        response.statusCode(),
                        address,
                        "redirects a POST to " + shown(location) + "; use that address");
            }
            URI target = target(address, location);
            if ("https".equalsIgnoreCase(address.getScheme())
                    && !"https".equalsIgnoreCase(target.getScheme())) {
                throw new TaxiiFailure(
                        TaxiiFailure.Kind.UNUSABLE,
                        response.statusCode(),
                        address,
                        "redirects to an address without TLS");
            }
            address = target;
        }
        throw new TaxiiFailure(
                TaxiiFailure.Kind.UNUSABLE,
                0,
                start,
                "redirects more than " + MAX_REDIRECTS + " times");
    }

    private HttpRequest request(URI address, byte @Nullable [] body, String accept, boolean home) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(settings.answerWithin())
                        .header("Accept", accept)
                        .header("Accept-Encoding", "gzip")
                        .header("User-Agent", "kerege");
        String authorization = settings.credentials().authorization();
        if (home && authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body == null) {
            return request.GET().build();
        }
        return request.header("Content-Type", MediaType.TAXII_21)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private static URI target(URI from, String location) throws TaxiiFailure {
        try {
            URI target = from.resolve(URI.create(location.strip()));
            String scheme = target.getScheme();
            if (target.getHost() != null
                    && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new TaxiiFailure(
                    TaxiiFailure.Kind.UNUSABLE, from, "redirects to what is no address", e);
        }
        throw new TaxiiFailure(
                TaxiiFailure.Kind.UNUSABLE, 0, from, "redirects to what is no HTTP address");
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static boolean isBusy(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    private Answer answer(HttpResponse<InputStream> response, long maxBytes) throws IOException {
        InputStream timed = closedLate(response.body());
        try {
            String coding = response.headers().firstValue("Content-Encoding").orElse("identity");
            InputStream plain =
                    switch (coding.strip().toLowerCase(Locale.ROOT)) {
                        case "gzip", "x-gzip" -> new GZIPInputStream(timed, 1 << 13);
                        case "identity", "" -> timed;
                        default ->
                                throw new TaxiiFailure(
                                        TaxiiFailure.Kind.UNUSABLE,
                                        response.statusCode(),
                                        response.uri(),
                                        "compresses in a way that was not asked for");
                    };
            return new Answer(
                    response.uri(), response, new Bounded(plain, maxBytes, response.uri()));
        } catch (IOException e) {
            timed.close();
            throw e;
        }
    }

    /// A server that sends a byte a minute would hold the reader for ever: the time for the whole is bounded.
    private InputStream closedLate(InputStream body) {
        Executor late =
                CompletableFuture.delayedExecutor(
                        settings.bodyWithin().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> watch =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                body.close();
                            } catch (IOException e) {
                                // Closed or broken already, which is what was wanted.
                                return;
                            }
                        },
                        late);
        return new FilterInputStream(body) {
            @Override
            public void close() throws IOException {
                watch.cancel(false);
                super.close();
            }
        };
    }

    private static TaxiiFailure failure(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        String said = null;
        try (InputStream body = response.body()) {
            said = title(body.readNBytes(MAX_ERROR_BYTES));
        }
        TaxiiFailure.Kind kind =
                switch (status) {
                    case 401, 403 -> TaxiiFailure.Kind.FORBIDDEN;
                    case 404, 410 -> TaxiiFailure.Kind.NOT_FOUND;
                    default ->
                            isBusy(status)
                                    ? TaxiiFailure.Kind.UNREACHABLE
                                    : TaxiiFailure.Kind.REFUSED;
                };
        return new TaxiiFailure(
                kind,
                status,
                response.uri(),
                "answers " + status + (said == null ? "" : " (" + shown(said) + ")"));
    }

    /// Title of a TAXII error, TAXII 2.1 §3.6.1.
    private static @Nullable String title(byte[] body) {
        try {
            JsonNode title = Json.mapper().readTree(body).path("title");
            return title.isString() ? title.asString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /// What a server says, fit for one line of a terminal.
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private Duration pause(int attempt, @Nullable Duration asked) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 16));
        Duration wanted = asked == null ? doubled : asked;
        return wanted.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : wanted;
    }

    /// Seconds or a date, RFC 9110 §10.2.3.
    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant date =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration until = Duration.between(Instant.now(), date);
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /// Ends with an error where a body goes on too long.
    private static final class Bounded extends FilterInputStream {

        private final URI address;
        private final long max;
        private long left;

        Bounded(InputStream in, long max, URI address) {
            super(in);
            this.max = max;
            this.left = max;
            this.address = address;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }

        private void count(int bytes) throws TaxiiFailure {
            left -= bytes;
            if (left < 0) {
                throw new TaxiiFailure(
                        TaxiiFailure.Kind.UNUSABLE,
                        0,
                        address,
                        "sends more than " + max + " bytes in one answer");
            }
        }
    }
}
