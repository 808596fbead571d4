package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import picocli.CommandLine.Option;

/// Where the alliance lies, and the clock by which it is looked at; shared by the charter's commands.
final class AllianceOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder of the alliance; ./data/charter when absent.")
    private @Nullable Path dir;

    Path folder() {
        return dir == null ? Path.of("data", "charter") : dir;
    }

    /// The alliance that lies there.
    ///
    /// @throws NoSuchFileException when there is none
    AllianceFolder alliance() throws IOException {
        return AllianceFolder.open(folder());
    }

    /// What the acts of the folder amount to, by what was witnessed up to `knownAt`.
    Verification verification(Instant knownAt) throws IOException {
        List<ProvenAct> acts = alliance().acts();
        if (acts.isEmpty()) {
            throw new NoSuchFileException(folder().resolve("acts").toString());
        }
        return Verification.of(acts, acts.getFirst().act().digest(), knownAt);
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
