package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.Dialect;
import org.kerege.pattern.Explanation;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.match.Observations;
import org.kerege.pattern.match.PatternMatcher;
import org.kerege.pattern.match.Undecided;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege pattern`: checks, matches and explains STIX patterns.
@Command(
        name = "pattern",
        mixinStandardHelpOptions = true,
        description = "Checks, matches and explains STIX patterns.")
public final class PatternCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'check', 'match' or 'explain'.");
    }

    /// Says of each pattern whether it is one.
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Reads {id, pattern} cases; prints {id, valid, error} lines.")
    int check(@Option(names = "--cases", required = true, paramLabel = "FILE") Path cases)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode one : CaseFile.read(cases)) {
            ObjectNode line = Json.mapper().createObjectNode().put("id", CaseFile.id(one));
            try {
                Pattern.parse(one.path("pattern").asString(""), dialect(one));
                line.put("valid", true).putNull("error");
            } catch (MalformedPattern e) {
                line.put("valid", false).put("error", e.getMessage());
            }
            out.println(line);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    /// Says of each pattern whether it matches what was observed.
    @Command(
            name = "match",
            mixinStandardHelpOptions = true,
            description =
                    "Reads {id, pattern, observed_data} cases; prints {id, match, error} lines.")
    int match(@Option(names = "--cases", required = true, paramLabel = "FILE") Path cases)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode one : CaseFile.read(cases)) {
            ObjectNode line = Json.mapper().createObjectNode().put("id", CaseFile.id(one));
            try {
                Pattern pattern = Pattern.parse(one.path("pattern").asString(""), dialect(one));
                List<JsonNode> observed = new ArrayList<>();
                one.path("observed_data").forEach(observed::add);
                line.put("match", new PatternMatcher(pattern).matches(Observations.of(observed)))
                        .putNull("error");
            } catch (MalformedPattern | MalformedStix | Undecided e) {
                line.put("match", false).put("error", e.getMessage());
            }
            out.println(line);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    /// Says in words what a pattern looks for.
    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Says in words what a pattern looks for.")
    int explain(@Parameters(paramLabel = "PATTERN") String text) {
        try {
            Explanation.of(Pattern.parse(text).expression())
                    .forEach(spec.commandLine().getOut()::println);
            return ExitCode.SUCCESS;
        } catch (MalformedPattern e) {
            spec.commandLine().getErr().println("kerege: " + e.getMessage());
            return ExitCode.NEGATIVE;
        }
    }

    private static Dialect dialect(JsonNode one) {
        return one.path("stix_version").asString("").equals("2.0")
                ? Dialect.STIX_2_0
                : Dialect.STIX_2_1;
    }
}
