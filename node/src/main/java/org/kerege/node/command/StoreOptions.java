package org.kerege.node.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Option;

/// Options of commands that work on a node's store.
public final class StoreOptions {

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file; default: ${DEFAULT-VALUE}.",
            defaultValue = "kerege.yaml")
    private Path settingsFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the node's data, in place of the settings'.")
    private @Nullable Path data;

    public Settings settings() throws IOException {
        return settings(null);
    }

    /// The settings with another port.
    ///
    /// @param port null for that of the settings
    public Settings settings(@Nullable Integer port) throws IOException {
        Settings read = Settings.read(settingsFile);
        return read.at(data == null ? read.data() : data, port == null ? read.port() : port);
    }
}
