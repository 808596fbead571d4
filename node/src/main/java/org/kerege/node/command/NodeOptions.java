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
import org.kerege.taxii.client.ClientSettings;
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
    public HttpResponse<String> ask(RemoteOptions remote, String path, @Nullable String body)
            throws IOException, InterruptedException {
        ClientSettings as = remote.settings();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address().resolve(path))
                        .timeout(LIMIT)
                        .header("Accept", "application/json, application/problem+json");
        String authorization = as.credentials().authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        }
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LIMIT);
        SSLContext tls = as.tls();
        if (tls != null) {
            client.sslContext(tls);
        }
        try (HttpClient open = client.build()) {
            return open.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }
}
