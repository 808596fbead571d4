package org.kerege.node.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.kerege.conformance.Corpora;
import org.kerege.conformance.Corpus;
import org.kerege.conformance.Tally;
import org.kerege.conformance.TaxiiExpectationsCorpus;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `./kerege conformance`: runs corpora of cases, or serves a seed for others to run theirs against.
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Runs conformance corpora, or serves TAXII for them.")
public final class ConformanceCommand implements Runnable {

    private static final String TAXII_SEED = "taxii-seed.json";

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say 'run DIR' or 'taxii-server --seed FILE'.");
    }

    /// Runs each known file in a folder.
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description =
                    "Runs every corpus file that is known in DIR; exit code 1 when a case fails.")
    int runAll(@Parameters(paramLabel = "DIR") Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "There is no folder " + folder);
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean allPassed = true;
        int known = 0;
        for (Corpus corpus : Corpora.ofLibraries()) {
            Path file = folder.resolve(corpus.file());
            if (Files.exists(file)) {
                known++;
                allPassed &= report(file, corpus, out);
            }
        }
        Path expectations = folder.resolve(TaxiiExpectationsCorpus.FILE);
        if (Files.exists(expectations) && Files.exists(folder.resolve(TAXII_SEED))) {
            known++;
            JsonNode seed = read(folder.resolve(TAXII_SEED));
            try (SeededServer server = SeededServer.start(seed, 0)) {
                allPassed &=
                        report(
                                expectations,
                                new TaxiiExpectationsCorpus(server.address(), seed),
                                out);
            }
        }
        if (known == 0) {
            throw new ParameterException(
                    spec.commandLine(), "No corpus file that is known lies in " + folder);
        }
        return allPassed ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    /// Serves a seed until stopped.
    @Command(
            name = "taxii-server",
            mixinStandardHelpOptions = true,
            description = "Serves exactly what FILE lists, on loopback, until stopped (Ctrl+C).")
    int serve(
            @Option(names = "--seed", required = true, paramLabel = "FILE") Path seed,
            @Option(
                            names = "--port",
                            defaultValue = "0",
                            paramLabel = "N",
                            description = "0 for any free one.")
                    int port)
            throws Exception {
        SeededServer server = SeededServer.start(read(seed), port);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    stopped.countDown();
                                },
                                "stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "TAXII answers at "
                        + server.address()
                        + "/taxii2/; POST /conformance/reset puts it back");
        out.flush();
        stopped.await();
        return ExitCode.SUCCESS;
    }

    private static boolean report(Path file, Corpus corpus, PrintWriter out) throws IOException {
        Tally tally = new Tally();
        corpus.run(read(file), tally);
        List<String> skipped = new ArrayList<>();
        tally.skippedByKind().forEach((kind, count) -> skipped.add(count + " " + kind));
        out.println(
                corpus.file()
                        + ": "
                        + tally.passedCount()
                        + " passed, "
                        + tally.failures().size()
                        + " failed, "
                        + tally.skippedCount()
                        + " skipped"
                        + (skipped.isEmpty()
                                ? ""
                                : skipped.stream().collect(Collectors.joining(", ", " (", ")"))));
        for (Tally.Failure failure : tally.failures()) {
            out.println("  " + failure.id() + ": " + failure.reason());
        }
        out.flush();
        return tally.failures().isEmpty();
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(file));
    }
}
