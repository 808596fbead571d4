package org.kerege.node.council;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./kerege charter`: the alliance's chair, decisions and their proofs.
@Command(
        name = "charter",
        mixinStandardHelpOptions = true,
        description = "Who chairs and until when, and by which decision.",
        subcommands = {
            InitCommand.class,
            ShowCommand.class,
            HistoryCommand.class,
            ProposeCommand.class,
            VoteCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            DossierCommand.class,
            TrustCommand.class,
            KeysCommand.class,
            ChairCommand.class
        })
public final class CharterCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: name one of the commands below.");
    }
}
