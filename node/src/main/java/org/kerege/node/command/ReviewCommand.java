package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
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

    private static final int FORBIDDEN = 403;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: 'record OBJECT', 'list' or 'figures'.");
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
            @Mixin NodeOptions node,
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
        NodeAnswer answer = node.ask(remote, "/reviews", review.toString());
        if (!answer.isGood()) {
            return refused(answer);
        }
        say(object + " is reviewed until " + until);
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the reviews that hold now.")
    int list(
            @Mixin RemoteOptions remote,
            @Mixin NodeOptions node,
            @Option(names = "--json", description = "Answers in JSON.") boolean json)
            throws IOException, InterruptedException {
        NodeAnswer answer = node.ask(remote, "/reviews", null);
        if (!answer.isGood()) {
            return refused(answer);
        }
        if (json) {
            say(answer.body());
            return ExitCode.SUCCESS;
        }
        for (JsonNode one : answer.json()) {
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

    @Command(
            name = "figures",
            mixinStandardHelpOptions = true,
            description =
                    "Counts, for each member, objects that name a person: waiting, reviewed, lapsed, given to it.")
    int figures(
            @Mixin RemoteOptions remote,
            @Mixin NodeOptions node,
            @Option(names = "--json", description = "Answers in JSON.") boolean json)
            throws IOException, InterruptedException {
        NodeAnswer answer = node.ask(remote, "/reviews/figures", null);
        if (!answer.isGood()) {
            return refused(answer);
        }
        if (json) {
            say(answer.body());
            return ExitCode.SUCCESS;
        }
        say("%-30s %8s %8s %8s %8s".formatted("", "waiting", "reviewed", "lapsed", "given"));
        for (JsonNode one : answer.json()) {
            say(
                    "%-30s %8d %8d %8d %8d"
                            .formatted(
                                    one.path("organisation").asString(""),
                                    one.path("waiting").asInt(),
                                    one.path("reviewed").asInt(),
                                    one.path("lapsed").asInt(),
                                    one.path("given").asInt()));
        }
        return ExitCode.SUCCESS;
    }

    private int refused(NodeAnswer answer) {
        return answer.refused(
                spec,
                answer.status() == FORBIDDEN
                        ? "this takes an analyst of the node's own organisation"
                        : answer.reason(null));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
