package org.kerege.node.peers;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.node.ObjectNode;

/// `./kerege recall`: takes an object off this node and off everybody to whom it went.
@Command(
        name = "recall",
        mixinStandardHelpOptions = true,
        description = {
            "Takes an object out of every collection and tells everybody to whom it was given, who tell those to whom",
            "they gave it; each answers with a signed receipt. './kerege recalls' lists who has not."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:recalled",
            "1:refused; the reason is said",
            "2:the command line is wrong"
        })
public final class RecallCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Mixin private NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
    private String object = "";

    @Option(
            names = "--why",
            required = true,
            paramLabel = "TEXT",
            description = "The reason; everybody who had the object reads it.")
    private String why = "";

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            defaultValue = "withdrawn",
            description = {
                "withdrawn (default): it is not to be used or kept; expired: its time is over;",
                "revoked: for good, with a revoked version by its creator; corrected: a later version was published;",
                "tightened: a new version gets the stricter --marking."
            })
    private String cause = "withdrawn";

    @Option(
            names = "--marking",
            paramLabel = "TLP",
            description = "The stricter marking of a tightening, such as TLP:AMBER.")
    private @Nullable String marking;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description =
                    "After how many days a missing answer is overdue; default: ${DEFAULT-VALUE}.")
    private int days = 7;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode request =
                Json.mapper()
                        .createObjectNode()
                        .put("object", object)
                        .put("why", why)
                        .put("cause", cause)
                        .put("days", days);
        Views.putText(request, "marking", marking);
        PeersCommand.Asked asked = PeersCommand.ask(spec, remote, node, "/recalls", request);
        if (asked.answer() == null) {
            return asked.exit();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                object
                        + " is recalled from "
                        + asked.answer().path("copies").size()
                        + " recipients: "
                        + asked.answer().path("recall").asString());
        out.flush();
        return ExitCode.SUCCESS;
    }
}
