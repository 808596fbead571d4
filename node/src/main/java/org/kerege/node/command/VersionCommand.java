package org.kerege.node.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./kerege version`: the version of the program and of the Java that runs it.
@Command(name = "version", description = "Prints the version.")
public final class VersionCommand implements Callable<Integer>, IVersionProvider {

    @Spec private CommandSpec spec;

    @Override
    public String[] getVersion() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return new String[] {
            "kerege "
                    + (version == null ? "(not packaged)" : version)
                    + ", Java "
                    + Runtime.version()
        };
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(getVersion()[0]);
        return ExitCode.SUCCESS;
    }
}
