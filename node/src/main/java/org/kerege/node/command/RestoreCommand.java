package org.kerege.node.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.kerege.node.Settings;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Snapshot;
import org.kerege.node.ledger.StoreUnavailable;
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
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Settings settings = store.settings();
        Postgres external = settings.database();
        if (external != null) {
            return restored(external);
        }
        Path folder = settings.data().resolve("postgres");
        if (EmbeddedPostgres.running(folder) != null) {
            throw new StoreUnavailable(
                    "a node runs on " + settings.data() + "; stop it, or name an empty folder");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            return restored(postgres.address());
        }
    }

    private int restored(Postgres postgres) throws Exception {
        Snapshot.Contents contents = Snapshot.restore(file, postgres);
        PrintWriter out = spec.commandLine().getOut();
        out.println(contents.rows() + " rows put back; the ledger verifies");
        out.flush();
        return ExitCode.SUCCESS;
    }
}
