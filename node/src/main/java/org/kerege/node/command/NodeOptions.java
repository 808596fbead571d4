package org.kerege.node.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Option;

/// Where this member's node is, and how a command asks it.
public final class NodeOptions {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file of this member's node; default: ${DEFAULT-VALUE}.",
            defaultValue = "kerege.yaml")
    private Path settings = Path.of("kerege.yaml");

    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "Address of this member's node; default: as the settings name it.")
    private @Nullable URI node;

    /// The settings of the node.
    public Settings settings() throws IOException {
        return Settings.read(settings);
    }

    /// The root of its addresses.
    public URI address() throws IOException {
        if (node != null) {
            return node;
        }
        Settings read = settings();
        return URI.create("http://" + read.address() + ":" + read.port() + "/");
    }

    /// Asks the node.
    ///
    /// @param path of the route
    /// @param body in JSON, to be posted; null to read
    public NodeAnswer ask(RemoteOptions remote, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(remote, path).timeout(LIMIT);
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        }
        return NodeAnswer.of(
                send(
                        remote,
                        request.build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    /// Asks the node for something large.
    ///
    /// @param body in JSON
    /// @param file where the answer goes, whatever it is
    public HttpResponse<Path> download(RemoteOptions remote, String path, String body, Path file)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(remote, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build();
        return send(remote, request, HttpResponse.BodyHandlers.ofFile(file));
    }

    /// Hands the node something large.
    public NodeAnswer upload(RemoteOptions remote, String path, Path file)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(remote, path)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build();
        return NodeAnswer.of(
                send(remote, request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder request(RemoteOptions remote, String path) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address().resolve(path))
                        .header("Accept", "application/json, application/problem+json");
        String authorization = remote.settings().credentials().authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private static <T> HttpResponse<T> send(
            RemoteOptions remote, HttpRequest request, HttpResponse.BodyHandler<T> answer)
            throws IOException, InterruptedException {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LIMIT);
        SSLContext tls = remote.settings().tls();
        if (tls != null) {
            client.sslContext(tls);
        }
        try (HttpClient open = client.build()) {
            return open.send(request, answer);
        }
    }
}
