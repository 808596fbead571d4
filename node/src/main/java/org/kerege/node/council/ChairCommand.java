package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.alliance.VerificationReport;
import org.kerege.charter.rotation.Handover;
import org.kerege.charter.rotation.Rotation;
import org.kerege.charter.rotation.RotationFile;
import org.kerege.charter.rotation.Tenure;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter chair`: the sequence of chairs that a rule pack and its decisions give.
@Command(
        name = "chair",
        mixinStandardHelpOptions = true,
        description = "The sequence of chairs by any rule pack and list of decisions.")
public final class ChairCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    private static final class Source {

        @Option(
                names = "--rules",
                paramLabel = "FILE",
                description = "Rule pack with decisions (docs/charter.md).")
        private @Nullable Path rules;

        @Option(
                names = "--pack",
                paramLabel = "NAME",
                description =
                        "One that comes with the program: eu-council, asean, brics, cis, eaeu, g20,"
                                + " osce, sco, sample-alliance.")
        private @Nullable String pack;
    }

    @Option(
            names = "--from",
            required = true,
            paramLabel = "T",
            description = "Day or instant; a day begins at the body's handover.")
    private String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "T",
            description = "Day or instant, not included.")
    private String to;

    @Option(
            names = "--known-at",
            paramLabel = "T",
            description = "Only by what was decided up to then.")
    private @Nullable String knownAt;

    @Option(names = "--json", description = "One JSON document in place of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Rotation rotation = rotation();
        Handover handover = rotation.rules().handover();
        Instant begin = instant("--from", from, handover);
        Instant end = instant("--to", to, handover);
        if (!begin.isBefore(end)) {
            throw new ParameterException(spec.commandLine(), "--from lies before --to.");
        }
        List<Tenure> chairs =
                rotation.chairs(
                        begin,
                        end,
                        knownAt == null ? Instant.MAX : instant("--known-at", knownAt, handover));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.mapper().writeValueAsString(document(rotation, chairs)));
        } else {
            chairs.forEach(tenure -> out.println(line(tenure)));
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    private Rotation rotation() throws IOException {
        if (source.rules != null) {
            return RotationFile.read(source.rules);
        }
        return RotationFile.bundled(String.valueOf(source.pack));
    }

    private Instant instant(String option, String text, Handover handover) {
        try {
            return handover.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option
                            + ": '"
                            + text
                            + "' is neither a day (2025-01-01) nor an instant"
                            + " (2025-01-01T00:00:00Z).");
        }
    }

    private static ObjectNode document(Rotation rotation, List<Tenure> chairs) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("body", rotation.rules().body());
        document.put("zone", rotation.rules().handover().zone().getId());
        ArrayNode list = document.putArray("chairs");
        chairs.forEach(tenure -> list.add(VerificationReport.chair(tenure)));
        return document;
    }

    private static String line(Tenure tenure) {
        String from = tenure.from().equals(Instant.MIN) ? "ever" : tenure.from().toString();
        String until = tenure.until() == null ? "open" : tenure.until().toString();
        return "%-20s  %-20s  %-24s %s"
                .formatted(
                        from,
                        until,
                        tenure.member() == null ? "(vacant)" : tenure.member(),
                        tenure.basis().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
