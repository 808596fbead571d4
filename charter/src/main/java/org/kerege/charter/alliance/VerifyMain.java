package org.kerege.charter.alliance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.stix.MalformedStix;
import org.kerege.tlog.MalformedLog;

/// The verifier that stands alone, without server or network: `java -jar kerege-verify.jar FILE [--charter DIGEST]
/// [--at T] [--json]`. Exit codes: 0 all acts are in force or of an unknown kind, 1 some are not, 2 the file cannot be
/// used.
public final class VerifyMain {

    private static final String USAGE =
            "usage: verify FILE [--charter DIGEST] [--at T] [--known-at T] [--json]";

    private VerifyMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out));
    }

    /// Verifies as the arguments say and answers the exit code.
    static int run(String[] arguments, PrintStream out) {
        try {
            Request request = Request.read(arguments);
            byte[] bundle = bounded(request.file());
            Verification verification =
                    Verification.of(ActBundle.read(bundle), request.charter(), request.knownAt());
            VerificationReport report = new VerificationReport(verification, request.at());
            if (request.json()) {
                out.println(report.json());
            } else {
                print(verification, report, request, out);
            }
            return report.isClean() ? 0 : 1;
        } catch (NoSuchFileException e) {
            System.err.println("verify: no such file: " + e.getFile());
            return 2;
        } catch (IOException | IllegalArgumentException | MalformedStix | MalformedLog e) {
            System.err.println("verify: " + e.getMessage());
            return 2;
        }
    }

    private static void print(
            Verification verification,
            VerificationReport report,
            Request request,
            PrintStream out) {
        verification.findings().forEach(finding -> out.println(report.line(finding)));
        report.evidence().forEach(out::println);
        var state = verification.replay().state();
        if (state.isFounded()) {
            out.println("charter " + state.alliance());
            if (request.charter() == null) {
                out.println("        (taken from the file: name the one you trust with --charter)");
            }
            out.println("state   " + state.digest());
            out.println(
                    "chair   " + VerificationReport.chair(state.rotation().chairAt(request.at())));
        }
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > ActBundle.MAX_BYTES) {
            throw new MalformedCharter(
                    "", "a bundle has at most " + ActBundle.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private record Request(
            Path file, @Nullable String charter, Instant at, Instant knownAt, boolean json) {

        static Request read(String[] arguments) {
            Path file = null;
            String charter = null;
            Instant at = Instant.now();
            Instant knownAt = Instant.MAX;
            boolean json = false;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--json" -> json = true;
                    case "--charter" -> charter = value(arguments, ++i);
                    case "--at" -> at = instant(value(arguments, ++i));
                    case "--known-at" -> knownAt = instant(value(arguments, ++i));
                    case String name -> {
                        if (file != null || name.startsWith("-")) {
                            throw new IllegalArgumentException(USAGE);
                        }
                        file = Path.of(name);
                    }
                }
            }
            if (file == null) {
                throw new IllegalArgumentException(USAGE);
            }
            return new Request(file, charter, at, knownAt, json);
        }

        private static String value(String[] arguments, int index) {
            if (index >= arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            return arguments[index];
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("'" + text + "' is no instant", e);
            }
        }
    }
}
