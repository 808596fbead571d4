package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.LogKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege charter keys`: this node's lines for the witness policy of a charter.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "The keys of this node's log and witness, as a charter's policy names them.")
public final class KeysCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file; default: ${DEFAULT-VALUE}.",
            defaultValue = "kerege.yaml")
    private Path settingsFile;

    @Override
    public Integer call() throws IOException {
        Settings settings = Settings.read(settingsFile);
        LogKeys keys = LogKeys.of(settings.organisation(), settings.data());
        PrintWriter out = spec.commandLine().getOut();
        out.println("log " + keys.log().verifier());
        out.println(
                "witness "
                        + keys.witness().verifier().name().replaceFirst("/.*", "")
                        + " "
                        + keys.witness().verifier());
        out.flush();
        return ExitCode.SUCCESS;
    }
}
