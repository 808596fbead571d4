package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.alliance.ActTray;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.MalformedStix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege charter import`: acts that came as a file.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Hands a bundle of acts, as export writes it, to this member's node.")
public final class ImportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Parameters(paramLabel = "FILE", description = "A bundle as export writes it.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        if (!options.isOfNode()) {
            throw new IllegalArgumentException(
                    options.folder() + " has a log of its own; its acts are signed there");
        }
        List<ProvenAct> acts;
        try {
            acts = ActTray.read(file);
        } catch (MalformedCharter | MalformedStix e) {
            throw new IllegalArgumentException(file + " " + e.getMessage(), e);
        }
        if (acts.isEmpty()) {
            throw new IllegalArgumentException(file + " has no act in it");
        }
        options.tray().put(acts);
        spec.commandLine().getOut().println(acts.size() + " acts handed to the node");
        return ExitCode.SUCCESS;
    }
}
