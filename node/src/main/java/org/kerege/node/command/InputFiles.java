package org.kerege.node.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kerege.stix.Decompressed;

/// Files that a command line names.
public final class InputFiles {

    private static final int BUFFER = 1 << 16;

    private InputFiles() {}

    /// Opens a file, unpacked where it begins as gzip does, within the bounds of [Decompressed].
    ///
    /// @throws NoSuchFileException when there is no such file
    public static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return Decompressed.of(in, Long.MAX_VALUE);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
