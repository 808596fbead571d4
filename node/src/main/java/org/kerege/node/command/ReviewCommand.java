package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.kerege.node.Settings;
import org.kerege.stix.Json;
import org.kerege.taxii.client.ClientSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege review`: records at this member's running node why an object that names a person may be hunted and leave,
/// and lists what was recorded.
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = "Records purpose and legal basis of objects that name a person.")
public final class ReviewCommand implements Runnable {

    private static final int CREATED = 201;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: 'record OBJECT' or 'list'.");
    }

    @Command(
            name = "record",
            mixinStandardHelpOptions = true,
            description = {
                "Records a review of an object. Each exclusion (journalism, research, art, protest,",
                "humanitarian_work, counter_speech) is answered with the reason why it does not apply."
            })
    int record(
            @Mixin RemoteOptions remote,
            @Mixin Node node,
            @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
                    String object,
            @Option(
                            names = "--purpose",
                            required = true,
                            paramLabel = "TEXT",
                            description = "What it is for, in a sentence.")
                    String purpose,
            @Option(
                            names = "--legal-basis",
                            required = true,
                            paramLabel = "TEXT",
                            description = "The law or decision it rests on.")
                    String legalBasis,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "TIME",
                            description = "When it must be looked at again, RFC 3339.")
                    String until,
            @Option(
                            names = "--exclusion",
                            paramLabel = "NAME=REASON",
                            description = "Why an exclusion does not apply; once for each.")
                    @Nullable Map<String, String> exclusions)
            throws IOException, InterruptedException {
        ObjectNode review =
                Json.mapper()
                        .createObjectNode()
                        .put("object", object)
                        .put("purpose", purpose)
                        .put("legal_basis", legalBasis)
                        .put("review_by", until);
        ObjectNode answers = review.putObject("exclusions");
        if (exclusions != null) {
            exclusions.forEach(answers::put);
        }
        HttpResponse<String> answer =
                ask(
                        remote,
                        node,
                        HttpRequest.BodyPublishers.ofString(
                                review.toString(), StandardCharsets.UTF_8));
        if (answer.statusCode() == CREATED) {
            say(object + " is reviewed until " + until);
            return ExitCode.SUCCESS;
        }
        spec.commandLine().getErr().println("kerege: " + reason(answer));
        return answer.statusCode() == 400 ? ExitCode.USAGE : ExitCode.NEGATIVE;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the reviews that hold now.")
    int list(
            @Mixin RemoteOptions remote,
            @Mixin Node node,
            @Option(names = "--json", description = "Answers in JSON.") boolean json)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(remote, node, null);
        if (answer.statusCode() != 200) {
            spec.commandLine().getErr().println("kerege: " + reason(answer));
            return ExitCode.NEGATIVE;
        }
        if (json) {
            say(answer.body());
            return ExitCode.SUCCESS;
        }
        for (JsonNode one : Json.mapper().readTree(answer.body())) {
            say(
                    "%s  until %s  by %s: %s (%s)"
                            .formatted(
                                    one.path("object").asString(),
                                    one.path("reviewBy").asString(),
                                    one.path("reviewer").asString(),
                                    one.path("purpose").asString(),
                                    one.path("legalBasis").asString()));
        }
        return ExitCode.SUCCESS;
    }

    /// Where this member's node is.
    static final class Node {

        @Option(
                names = "--settings",
                paramLabel = "FILE",
                description = "Settings file; default: ${DEFAULT-VALUE}.",
                defaultValue = "kerege.yaml")
        private Path settings = Path.of("kerege.yaml");

        @Option(
                names = "--node",
                paramLabel = "URL",
                description = "Address of the node; default: as the settings name it.")
        private @Nullable URI node;

        URI address() throws IOException {
            if (node != null) {
                return node;
            }
            Settings read = Settings.read(settings);
            return URI.create("http://" + read.address() + ":" + read.port() + "/");
        }
    }

    private static HttpResponse<String> ask(
            RemoteOptions remote, Node node, HttpRequest.@Nullable BodyPublisher body)
            throws IOException, InterruptedException {
        ClientSettings settings = remote.settings();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(node.address().resolve("/reviews"))
                        .timeout(LIMIT)
                        .header("Accept", "application/json, application/problem+json");
        String authorization = settings.credentials().authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", "application/json").POST(body);
        }
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LIMIT);
        SSLContext tls = settings.tls();
        if (tls != null) {
            client.sslContext(tls);
        }
        try (HttpClient open = client.build()) {
            return open.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }

    private static String reason(HttpResponse<String> answer) {
        if (answer.statusCode() == 401) {
            return "the node does not know you; say who you are with --user or --token-file";
        }
        if (answer.statusCode() == 403) {
            return "this takes an analyst of the node's own organisation";
        }
        return Json.mapper()
                .readTree(answer.body())
                .path("detail")
                .asString("the node answered " + answer.statusCode());
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
