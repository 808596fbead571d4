package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege doctor`: looks at what a node stands on and says of each fault how to mend it. It changes nothing. Exit
/// code 1 when something is wrong.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with this node and how to mend it; changes nothing.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is wrong"})
public final class DoctorCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Option(names = "--all", description = "Checks every entry of the ledger, not the last alone.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = examined();
        findings.forEach(finding -> out.println(finding.said()));
        out.flush();
        return findings.stream().allMatch(Finding::fine) ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private List<Finding> examined() throws IOException {
        Settings settings;
        try {
            settings = store.settings();
        } catch (IllegalArgumentException e) {
            return List.of(
                    Finding.wrong(
                            "settings",
                            String.valueOf(e.getMessage()),
                            "correct the line it names; docs/settings.md has them all"));
        }
        return new Examination(settings, all).findings();
    }
}
