package org.kerege.node.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Identity;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./kerege admin`: what whoever has the node's machine may do without an account.
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = "Recovers access from the node's machine.")
public final class AdminCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: 'reset'.");
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description =
                    "Takes an account's password and tokens away and prints a link that sets a new password,"
                            + " once, within two days.")
    int reset(
            @Mixin StoreOptions store,
            @Option(
                            names = "--account",
                            paramLabel = "NAME",
                            description = "Which account; default: the only administrator.")
                    @Nullable String account)
            throws Exception {
        Settings settings = store.settings();
        try (OpenStore open = OpenStore.of(settings)) {
            Identity identity = new Identity(JdbcClient.create(open.database()), Clock.systemUTC());
            String name = account == null ? onlyAdministrator(identity) : account;
            Optional<String> invitation = identity.reset(name);
            PrintWriter out = spec.commandLine().getOut();
            if (invitation.isEmpty()) {
                spec.commandLine().getErr().println("kerege: there is no account '" + name + "'");
                return ExitCode.NEGATIVE;
            }
            out.println(
                    "The password and the tokens of '"
                            + name
                            + "' are gone; a running node forgets them within a minute. Within two days, once, at the"
                            + " node's address:");
            out.println("  /welcome?invitation=" + invitation.get());
            out.flush();
            return ExitCode.SUCCESS;
        }
    }

    private String onlyAdministrator(Identity identity) {
        List<String> administrators = identity.administrators();
        if (administrators.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say which account with --account; administrators are " + administrators);
        }
        return administrators.getFirst();
    }
}
