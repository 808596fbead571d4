package org.kerege.node.hunt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.Mapping;
import org.kerege.readers.Mappings;
import picocli.CommandLine.Option;

/// How a command says by which mappings logs are read.
final class MappingOptions {

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "A mapping of your own, tried before the others.")
    private List<Path> files = List.of();

    @Option(
            names = "--columns",
            paramLabel = "SPEC",
            description = "Columns of a table: 'time=COLUMN,ipv4-addr:value=COLUMN,...'.")
    private @Nullable String columns;

    /// The mappings that the command line names, tried before those of Kerege.
    Mappings mappings() throws IOException {
        List<Mapping> own = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            own.add(Mapping.parse(file.toString(), Files.readString(file)));
        }
        if (columns != null) {
            own.add(Mapping.ofColumns(columns));
        }
        return Mappings.with(own);
    }
}
