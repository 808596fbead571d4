package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Snapshot;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege move`: takes the store from the node's own PostgreSQL to another one, ledger and all. The node stands still
/// meanwhile; the old store stays as it is.
@Command(
        name = "move",
        mixinStandardHelpOptions = true,
        description = "Copies the store of the stopped node to an external, empty PostgreSQL.")
public final class MoveCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description = "JDBC URL, such as jdbc:postgresql://db.example/kerege.")
    private String to = "";

    @Option(
            names = "--user",
            defaultValue = "kerege",
            paramLabel = "NAME",
            description = "User there; default: ${DEFAULT-VALUE}.")
    private String user = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File that holds the user's password.")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() throws IOException {
        Settings settings = store.settings();
        if (settings.database() != null) {
            throw new IllegalArgumentException(
                    "the settings name an external database already (database.url)");
        }
        if (!to.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "--to is a JDBC URL of PostgreSQL, such as jdbc:postgresql://db.example/kerege");
        }
        Path folder = settings.data().resolve("postgres");
        if (!Files.exists(folder.resolve("data/PG_VERSION"))) {
            throw new IllegalArgumentException("there is no store in " + settings.data());
        }
        Postgres target = new Postgres(to, user, password());
        Path copy = settings.data().resolve("moving.zip");
        Files.deleteIfExists(copy);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            Snapshot.write(postgres.address(), copy);
            Snapshot.Contents contents = Snapshot.restore(copy, target, (_, _) -> {});
            PrintWriter out = spec.commandLine().getOut();
            out.println(contents.rows() + " rows copied; every entry of the ledger verifies there");
            out.println("ledger: " + contents.head());
            out.println("Put into kerege.yaml, with database.password, and start the node:");
            out.println("  database.url: " + to);
            out.println("  database.user: " + user);
            out.flush();
            return ExitCode.SUCCESS;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private String password() throws IOException {
        if (passwordFile == null) {
            return "";
        }
        return Files.readString(passwordFile).strip();
    }
}
