package org.kerege.node.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.kerege.node.ledger.Snapshot;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege backup`: the whole store in one file, also while the node runs.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Writes the whole store, as it is now, to one file; the node may run on.")
public final class BackupCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Parameters(
            paramLabel = "DIR|FILE",
            description = "A folder, in which a new file is made, or a new file.")
    private Path to = Path.of("");

    @Override
    public Integer call() throws Exception {
        Settings settings = store.settings();
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path file = Files.isDirectory(to) ? to.resolve("kerege-" + time + ".zip") : to;
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
        try (OpenStore open = OpenStore.asItIs(settings)) {
            Snapshot.Contents contents = Snapshot.write(open.address(), file);
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    file
                            + ": "
                            + contents.rows()
                            + " rows, schema "
                            + contents.schema()
                            + ", "
                            + Files.size(file)
                            + " bytes");
            out.println("ledger: " + contents.head());
            out.println(
                    "Keep a copy of the keys too: they lie in "
                            + settings.data().resolve("keys")
                            + " and are not in the file.");
            out.flush();
            return ExitCode.SUCCESS;
        }
    }
}
