package org.kerege.node.demo;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./kerege demo handover`: the chapter of the demo in which the chair passes, by itself.
@Command(
        name = "handover",
        mixinStandardHelpOptions = true,
        description = "The chair passes at a shifted clock, on three nodes, one of them offline.")
public final class HandoverCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path stores = Files.createTempDirectory("kerege-handover");
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().getErr().println("kerege: starting three offices' nodes ...");
        try {
            boolean asExpected = new HandoverStory(out).tell(stores);
            out.flush();
            return asExpected ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
        } finally {
            DemoCommand.delete(stores);
        }
    }
}
