package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.kerege.charter.alliance.Verification;
import org.kerege.charter.alliance.VerificationReport;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege charter history`: each act in the order of the log, with its time and what became of it.
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Every act, with its witnessed time and what became of it.")
public final class HistoryCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Option(names = "--json", description = "One JSON document in place of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Verification verification = options.verification();
        VerificationReport report = new VerificationReport(verification, Instant.now());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            verification.findings().forEach(finding -> out.println(report.line(finding)));
            report.evidence().forEach(out::println);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }
}
