package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.Callable;
import org.kerege.charter.alliance.SampleAlliance;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege charter init --sample`: the sample alliance with new keys.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Creates the sample alliance: six members, a session, the next chair.")
public final class InitCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Option(
            names = "--sample",
            required = true,
            description = "The sample alliance; every key lies in the folder.")
    private boolean sample;

    @Override
    public Integer call() throws IOException {
        if (!sample) {
            throw new IllegalArgumentException(
                    "the sample is the only alliance made here: --sample");
        }
        try {
            String digest = SampleAlliance.create(options.folder());
            spec.commandLine().getOut().println("charter " + digest);
            spec.commandLine()
                    .getErr()
                    .println("The alliance lies in " + options.folder() + ", with all its keys.");
            return ExitCode.SUCCESS;
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(
                    "an alliance lies in " + options.folder() + " already; name another --dir", e);
        }
    }
}
