package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import org.kerege.node.charter.Charter;
import org.kerege.node.command.OpenStore;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Option;

/// Where the alliance lies, and the clock by which it is looked at; shared by the charter's commands.
final class AllianceOptions {

    private static final Path SETTINGS = Path.of("kerege.yaml");

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder of the alliance; 'charter' in the node's data when absent.")
    private @Nullable Path dir;

    Path folder() throws IOException {
        return dir == null ? Settings.read(SETTINGS).data().resolve("charter") : dir;
    }

    /// The alliance that lies there.
    ///
    /// @throws NoSuchFileException when there is none
    AllianceFolder alliance() throws IOException {
        return AllianceFolder.open(folder());
    }

    /// The acts that lie in the folder; where a node has pulled them in place of that, those in its store.
    ///
    /// @throws NoSuchFileException when there are none
    List<ProvenAct> acts() throws IOException {
        Path folder = folder();
        boolean inStore =
                !Files.isDirectory(folder.resolve("acts"))
                        && Files.exists(folder.resolve("founding"));
        List<ProvenAct> acts = inStore ? ofStore(folder) : AllianceFolder.open(folder).acts();
        if (acts.isEmpty()) {
            throw new NoSuchFileException(folder.resolve("acts").toString());
        }
        return acts;
    }

    private static List<ProvenAct> ofStore(Path folder) throws IOException {
        Path data = folder.toAbsolutePath().getParent();
        Settings settings = Settings.read(SETTINGS);
        try (OpenStore store =
                OpenStore.of(data == null ? settings : settings.at(data, settings.port()))) {
            return new Charter(store.database(), folder.resolve("founding")).acts();
        }
    }

    /// What the acts amount to, by what was witnessed up to `knownAt`.
    Verification verification(Instant knownAt) throws IOException {
        List<ProvenAct> acts = acts();
        Path founding = folder().resolve("founding");
        String trusted =
                Files.exists(founding)
                        ? Files.readString(founding).strip()
                        : acts.getFirst().act().digest();
        return Verification.of(acts, trusted, knownAt);
    }

    /// Reads an instant; `otherwise` when there is none.
    static Instant instant(String option, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    option + ": '" + text + "' is no instant such as 2025-01-01T00:00:00Z", e);
        }
    }
}
