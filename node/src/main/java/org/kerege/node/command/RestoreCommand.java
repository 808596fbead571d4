package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.ErasureList;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Epoch;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Snapshot;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--erasures",
            paramLabel = "FILE",
            description =
                    "List of what was erased since; default: erasures.jsonl in the data folder, where there is one.")
    private @Nullable Path erasuresFile;

    @Override
    public Integer call() throws IOException {
        existing(file);
        Settings settings = store.settings();
        ErasureList erasures =
                erasuresFile == null
                        ? ErasureList.in(settings.data())
                        : ErasureList.at(existing(erasuresFile));
        Postgres external = settings.database();
        if (external != null) {
            Ledger.requireNoWriter(external);
            return restored(external, erasures);
        }
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(settings.data().resolve("postgres"))) {
            return restored(postgres.address(), erasures);
        }
    }

    private int restored(Postgres postgres, ErasureList erasures) throws IOException {
        AtomicInteger erased = new AtomicInteger();
        Snapshot.Contents contents =
                Snapshot.restore(
                        file,
                        postgres,
                        (transaction, written) -> {
                            Epoch.open(transaction, written.head());
                            erased.set(erasures.replay(transaction));
                        });
        PrintWriter out = spec.commandLine().getOut();
        out.println(contents.rows() + " rows put back; every entry of the ledger verifies");
        out.println("ledger: " + contents.head());
        if (erased.get() > 0) {
            out.println(erased.get() + " entries that had been erased were erased again");
        }
        out.println("An entry that cites this head begins what follows.");
        out.flush();
        return ExitCode.SUCCESS;
    }

    private static Path existing(Path named) throws NoSuchFileException {
        if (!Files.isRegularFile(named)) {
            throw new NoSuchFileException(named.toString());
        }
        return named;
    }
}
