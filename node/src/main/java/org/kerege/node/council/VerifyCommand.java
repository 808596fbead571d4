package org.kerege.node.council;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.alliance.ActBundle;
import org.kerege.charter.alliance.Verification;
import org.kerege.charter.alliance.VerificationReport;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege charter verify`: judges a bundle of acts from the bundle alone.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Of each act: authentic, by whom, entitled then, in force, witnessed by whom.")
public final class VerifyCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE|URL", description = "A bundle as export writes it.")
    private String source;

    @Option(
            names = "--charter",
            paramLabel = "DIGEST",
            description = "The founding act that you trust.")
    private @Nullable String charter;

    @Option(names = "--at", paramLabel = "T", description = "In force then; now when absent.")
    private @Nullable String at;

    @Option(names = "--known-at", paramLabel = "T", description = "Leave out later acts.")
    private @Nullable String knownAt;

    @Option(names = "--json", description = "One JSON document in place of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Verification verification =
                Verification.of(
                        ActBundle.read(bytes()),
                        charter,
                        AllianceOptions.instant("--known-at", knownAt, Instant.MAX));
        VerificationReport report =
                new VerificationReport(
                        verification, AllianceOptions.instant("--at", at, Instant.now()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            verification.findings().forEach(finding -> out.println(report.line(finding)));
            report.evidence().forEach(out::println);
            out.println(report.isClean() ? "all acts hold" : "not all acts hold");
        }
        out.flush();
        return report.isClean() ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private byte[] bytes() throws IOException, InterruptedException {
        if (!source.startsWith("https://") && !source.startsWith("http://")) {
            Path file = Path.of(source);
            if (Files.exists(file) && Files.size(file) > ActBundle.MAX_BYTES) {
                throw tooLarge();
            }
            return Files.readAllBytes(file);
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<InputStream> response =
                    client.send(
                            HttpRequest.newBuilder(URI.create(source)).timeout(TIMEOUT).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(source + " answers " + response.statusCode());
                }
                byte[] read = body.readNBytes(ActBundle.MAX_BYTES + 1);
                if (read.length > ActBundle.MAX_BYTES) {
                    throw tooLarge();
                }
                return read;
            }
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException(
                "a bundle has at most " + ActBundle.MAX_BYTES + " bytes");
    }
}
