package org.kerege.node.hunt;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.node.gate.Organisations;
import org.kerege.node.settings.Settings;
import org.kerege.stix.StixId;
import org.kerege.stix.marking.Tlp;
import org.kerege.taxii.client.PushStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege false-positive`: an analyst tells the origin that an indicator finds what is harmless, by an opinion on the
/// way that sightings go.
@Command(
        name = "false-positive",
        mixinStandardHelpOptions = true,
        description = "Tells the origin that an indicator finds what is harmless, and why.")
public final class FalsePositiveCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--because",
            required = true,
            paramLabel = "TEXT",
            description = "Why it is harmless, for the origin's analysts.")
    private String because = "";

    @Option(
            names = "--publish-to",
            paramLabel = "URL",
            description = "Server that takes the opinion; default: this member's node.")
    private @Nullable URI publishTo;

    @Option(
            names = "--publish-in",
            paramLabel = "NAME",
            description = "Collection that takes it; needed where the server offers several.")
    private @Nullable String publishIn;

    @Option(
            names = "--marking",
            paramLabel = "TLP",
            defaultValue = "amber",
            description =
                    "How far it may go: clear, green, amber, amber+strict or red; default: ${DEFAULT-VALUE}.")
    private String marking = "amber";

    @Mixin private NodeOptions node = new NodeOptions();

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "INDICATOR", description = "Identifier of the indicator.")
    private String indicator = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        StixId about = StixId.parse(indicator);
        if (!about.type().equals("indicator") || because.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "an opinion is about an indicator and says why");
        }
        Tlp tlp = tlp();
        Settings settings = node.settings();
        StixId observer =
                Organisations.own(settings.organisation(), settings.data().resolve("members.yaml"));
        PushStatus status =
                new OwnNode(node, remote)
                        .tell(
                                List.of(
                                        Sightings.falsePositive(
                                                about,
                                                because,
                                                observer,
                                                tlp.id().toString(),
                                                Instant.now())),
                                publishTo,
                                publishIn);
        PrintWriter err = spec.commandLine().getErr();
        status.failures()
                .forEach(failure ->
                        err.println("kerege: " + failure.id() + ": " + failure.message()));
        boolean told = status.failure() == 0 && status.complete();
        err.println(
                told
                        ? "kerege: told as "
                                + tlp.level().label().toUpperCase(Locale.ROOT)
                                + " that "
                                + about
                                + " finds what is harmless"
                        : "kerege: the opinion was not taken");
        return told ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private Tlp tlp() {
        return Tlp.labelled("TLP:" + marking)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(), "--marking knows no TLP:" + marking));
    }
}
