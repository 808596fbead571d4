package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.kerege.node.Settings;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Epoch;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege restore`: puts a backup into an empty store and checks its ledger.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts a backup into an empty store and checks every entry of its ledger.")
public final class RestoreCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "FILE", description = "What 'kerege backup' has written.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Settings settings = store.settings();
        Postgres external = settings.database();
        if (external != null) {
            Ledger.requireNoWriter(external);
            return restored(external);
        }
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(settings.data().resolve("postgres"))) {
            return restored(postgres.address());
        }
    }

    private int restored(Postgres postgres) throws IOException {
        Snapshot.Contents contents =
                Snapshot.restore(file, postgres, Epoch.after(Clock.systemUTC()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(contents.rows() + " rows put back; every entry of the ledger verifies");
        out.println("ledger: " + contents.head());
        out.println("An entry that cites this head begins what follows.");
        out.flush();
        return ExitCode.SUCCESS;
    }
}
