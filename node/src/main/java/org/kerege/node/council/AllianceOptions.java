package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.charter.act.Signers;
import org.kerege.charter.alliance.ActTray;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.KeyFolder;
import org.kerege.charter.alliance.Proofs;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import org.kerege.node.charter.Charter;
import org.kerege.node.command.OpenStore;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.Watch;
import org.kerege.tlog.SplitView;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Option;

/// Where the alliance lies; shared by the charter's commands. It lies in a folder with a log of its own, or in a node's
/// store: then the folder `charter` of the node's data holds this member's keys, the digest of the charter that is
/// trusted, and what waits for the node to take it in.
final class AllianceOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder of the alliance; 'charter' in the node's data when absent.")
    private @Nullable Path dir;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file of this member's node; default: ${DEFAULT-VALUE}.",
            defaultValue = "kerege.yaml")
    private Path settingsFile = Path.of("kerege.yaml");

    /// What this command has read and verified already; one command looks at the same acts several times.
    private final Map<String, ProvenAct> held = new HashMap<>();

    private final Signers signers = new Signers();
    private final Proofs proofs = new Proofs();
    private @Nullable List<ProvenAct> read;
    private @Nullable Verification current;

    Path folder() throws IOException {
        return dir == null ? settings().data().resolve(Council.FOLDER) : dir;
    }

    Settings settings() throws IOException {
        return Settings.read(settingsFile);
    }

    /// Whether a folder was named.
    boolean isNamed() {
        return dir != null;
    }

    /// Whether the acts lie in a node's store.
    boolean isOfNode() throws IOException {
        return !Files.isDirectory(folder().resolve("acts"));
    }

    /// The alliance that lies there with a log of its own.
    ///
    /// @throws NoSuchFileException when there is none
    AllianceFolder alliance() throws IOException {
        return AllianceFolder.open(folder());
    }

    /// The keys of this place.
    KeyFolder keys() throws IOException {
        return new KeyFolder(folder().resolve("keys"));
    }

    /// What waits for the node.
    ActTray tray() throws IOException {
        return new ActTray(folder().resolve(Council.TRAY));
    }

    /// The acts that lie in the folder; where a node has them, those of its store and those that wait for it.
    ///
    /// @throws NoSuchFileException when there are none
    List<ProvenAct> acts() throws IOException {
        List<ProvenAct> known = read;
        if (known == null) {
            known = lookAgain();
            read = known;
        }
        return known;
    }

    /// Forgets what lay there, after an act was added.
    void added() {
        read = null;
        current = null;
    }

    /// Acts that were read before are the same objects again, so that they are not verified again.
    private List<ProvenAct> lookAgain() throws IOException {
        List<Act> newer = new ArrayList<>();
        List<ProvenAct> acts = new ArrayList<>();
        for (ProvenAct fresh : readActs()) {
            String digest = fresh.act().digest();
            ProvenAct before = held.get(digest);
            if (before == null || before.proofs().size() != fresh.proofs().size()) {
                held.put(digest, fresh);
                newer.add(fresh.act());
                acts.add(fresh);
            } else {
                acts.add(before);
            }
        }
        signers.add(newer);
        return acts;
    }

    private List<ProvenAct> readActs() throws IOException {
        if (!isOfNode()) {
            return required(alliance().acts());
        }
        Path folder = folder();
        List<ProvenAct> acts = new ArrayList<>();
        if (Files.exists(folder.resolve("founding"))) {
            acts.addAll(ofStore(folder));
        }
        Set<String> stored = new HashSet<>();
        acts.forEach(proven -> stored.add(proven.act().digest()));
        tray().acts().stream()
                .filter(proven -> stored.add(proven.act().digest()))
                .forEach(acts::add);
        return required(acts);
    }

    private List<ProvenAct> required(List<ProvenAct> acts) throws IOException {
        if (acts.isEmpty()) {
            throw new NoSuchFileException(folder().resolve("acts").toString());
        }
        return acts;
    }

    private List<ProvenAct> ofStore(Path folder) throws IOException {
        try (OpenStore store = store()) {
            return store == null
                    ? List.of()
                    : new Charter(store.database(), folder.resolve("founding")).acts();
        }
    }

    /// What the node's witness has caught; nothing where no node lies here.
    List<SplitView> caughtHere() throws IOException {
        if (!isOfNode()) {
            return List.of();
        }
        try (OpenStore store = store()) {
            return store == null
                    ? List.of()
                    : Watch.splitViews(JdbcClient.create(store.database())).stream()
                            .map(Watch.Found::evidence)
                            .toList();
        }
    }

    /// The node's store; null where there is none yet.
    private @Nullable OpenStore store() throws IOException {
        Path data = folder().toAbsolutePath().getParent();
        Settings settings = settings();
        Settings there = data == null ? settings : settings.at(data, settings.port());
        boolean noStore =
                there.database() == null
                        && !Files.exists(there.data().resolve("postgres/data/PG_VERSION"));
        return noStore ? null : OpenStore.of(there);
    }

    /// Digest of the founding act that is trusted here.
    String founding(List<ProvenAct> acts) throws IOException {
        Path founding = folder().resolve("founding");
        if (Files.exists(founding)) {
            return Files.readString(founding).strip();
        }
        return acts.stream()
                .map(ProvenAct::act)
                .filter(act -> act.kind().equals(Kind.ADOPT_CHARTER))
                .findFirst()
                .orElseThrow(
                        () -> new MalformedCharter("", "there is no act that adopts a charter"))
                .digest();
    }

    /// What the acts amount to, by what was witnessed up to `knownAt`.
    Verification verification(Instant knownAt) throws IOException {
        List<ProvenAct> acts = acts();
        return Verification.of(acts, founding(acts), knownAt, proofs, signers);
    }

    /// What the acts amount to by all that was witnessed.
    Verification verification() throws IOException {
        Verification known = current;
        if (known == null) {
            known = verification(Instant.MAX);
            current = known;
        }
        return known;
    }

    /// The witnesses' clock by `--now`, in whole seconds, as they count.
    static Instant witnessesClock(@Nullable String now) {
        return instant("--now", now, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
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
