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
            TemplateCommand.class,
            KeysCommand.class,
            InitCommand.class,
            TrustCommand.class,
            JoinCommand.class,
            ShowCommand.class,
            HistoryCommand.class,
            ConveneCommand.class,
            ProposeCommand.class,
            VoteCommand.class,
            DecideCommand.class,
            KeyCommand.class,
            WithdrawCommand.class,
            SignCommand.class,
            DossierCommand.class,
            AcceptCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            WitnessCommand.class,
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
