package org.kerege.node.peers;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `./kerege recalls`: what was recalled, by whom, and who has not answered.
@Command(
        name = "recalls",
        mixinStandardHelpOptions = true,
        description = "Lists recalls given and taken, with every answer and who owes one.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nobody owes an answer",
            "1:somebody does",
            "2:the command line is wrong"
        })
public final class RecallsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(names = "--open", description = "Only those to which somebody owes an answer.")
    private boolean open;

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PeersCommand.Asked asked = PeersCommand.ask(spec, remote, node, "/recalls", null);
        if (asked.answer() == null) {
            return asked.exit();
        }
        int owing = 0;
        for (JsonNode one : asked.answer()) {
            boolean owes = !one.path("open").isEmpty();
            owing += owes ? 1 : 0;
            if (!json && (owes || !open)) {
                print(one);
            }
        }
        if (json) {
            say(asked.answer().toString());
        }
        return owing == 0 ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private void print(JsonNode one) {
        String by = one.path("brought_by").asString("");
        say(
                "%s  %s  %s  %s"
                        .formatted(
                                one.path("at").asString(),
                                one.path("object").asString(),
                                one.path("cause").asString(),
                                by.isEmpty() ? "by us" : "by " + by));
        say("    why: " + one.path("why").asString());
        if (one.has("own_outcome")) {
            say("    here: " + one.path("own_outcome").asString());
        }
        for (JsonNode copy : one.path("copies")) {
            say(
                    "    %s%-20s %s %s"
                            .formatted(
                                    "  ".repeat(copy.path("depth").asInt()),
                                    copy.path("organisation").asString(),
                                    copy.path("outcome").asString("has not answered"),
                                    copy.path("note").asString("")));
        }
        for (JsonNode name : one.path("open")) {
            say(
                    "    owes an answer%s: %s"
                            .formatted(
                                    one.path("overdue").asBoolean()
                                            ? " since " + one.path("answer_by").asString()
                                            : "",
                                    name.asString()));
        }
    }

    @Command(
            name = "hold",
            mixinStandardHelpOptions = true,
            description = {
                "Keeps an object from erasure for a ground in law. When it is recalled it is taken out of use at once,",
                "answered as kept, and erased when the time is over."
            })
    int hold(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
                    String object,
            @Option(
                            names = "--ground",
                            required = true,
                            paramLabel = "TEXT",
                            description = "The law or order it rests on.")
                    String ground,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "TIME",
                            description = "When it ends, RFC 3339.")
                    String until)
            throws IOException, InterruptedException {
        PeersCommand.Asked asked =
                PeersCommand.ask(
                        spec,
                        who,
                        where,
                        "/recalls/holds",
                        Json.mapper()
                                .createObjectNode()
                                .put("object", object)
                                .put("ground", ground)
                                .put("until", until));
        if (asked.answer() != null) {
            say(object + " is kept until " + until);
        }
        return asked.exit();
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
