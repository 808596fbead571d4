package org.kerege.node;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.kerege.node.command.AdminCommand;
import org.kerege.node.command.BackupCommand;
import org.kerege.node.command.DoctorCommand;
import org.kerege.node.command.EraseCommand;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.FeedsCommand;
import org.kerege.node.command.MoveCommand;
import org.kerege.node.command.PatternCommand;
import org.kerege.node.command.PublishCommand;
import org.kerege.node.command.PullCommand;
import org.kerege.node.command.RebuildCommand;
import org.kerege.node.command.ReleaseCommand;
import org.kerege.node.command.RestoreCommand;
import org.kerege.node.command.ReviewCommand;
import org.kerege.node.command.ValidateCommand;
import org.kerege.node.command.VersionCommand;
import org.kerege.node.command.WarningListsCommand;
import org.kerege.node.conformance.ConformanceCommand;
import org.kerege.node.council.CharterCommand;
import org.kerege.node.council.VerifyCommand;
import org.kerege.node.demo.DemoCommand;
import org.kerege.node.enforcement.ExportCommand;
import org.kerege.node.foreign.ImportCommand;
import org.kerege.node.hunt.FalsePositiveCommand;
import org.kerege.node.hunt.HuntCommand;
import org.kerege.node.hunt.NoiseCommand;
import org.kerege.node.hunt.ReadersCommand;
import org.kerege.node.hunt.retro.RetroCommand;
import org.kerege.node.peers.BundleCommand;
import org.kerege.node.peers.PeersCommand;
import org.kerege.node.peers.RecallCommand;
import org.kerege.node.peers.RecallsCommand;
import org.kerege.node.server.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line, `./kerege`. Results go to standard output, progress and errors to standard error; the
/// exit code is one of [ExitCode]. A command that needs no server starts none.
@Command(
        name = "kerege",
        description = "Threat-intelligence exchange for alliances of organisations.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            UpCommand.class,
            PublishCommand.class,
            PullCommand.class,
            DemoCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            HuntCommand.class,
            RetroCommand.class,
            ReadersCommand.class,
            NoiseCommand.class,
            FalsePositiveCommand.class,
            WarningListsCommand.class,
            CharterCommand.class,
            VerifyCommand.class,
            ValidateCommand.class,
            PatternCommand.class,
            ConformanceCommand.class,
            ReleaseCommand.class,
            ReviewCommand.class,
            AdminCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            MoveCommand.class,
            FeedsCommand.class,
            PeersCommand.class,
            BundleCommand.class,
            RecallCommand.class,
            RecallsCommand.class,
            RebuildCommand.class,
            EraseCommand.class,
            VersionCommand.class
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs one command line and answers its exit code.
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /// The command line with its exit codes; whoever reads what it writes sets other streams.
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setOut(
                        new PrintWriter(
                                new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true))
                .setErr(
                        new PrintWriter(
                                new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(ExitCode::of)
                .setExecutionExceptionHandler(ExitCode::report);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: name one of the commands below.");
    }
}
