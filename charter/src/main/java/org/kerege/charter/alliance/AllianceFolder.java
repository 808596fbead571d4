package org.kerege.charter.alliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.ActEntry;
import org.kerege.charter.act.Author;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.LogFolder;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.MerkleTree;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.TransparencyLog;
import org.kerege.tlog.Witness;
import org.kerege.tlog.WitnessPolicy;

/// An alliance as a folder, with no node running:
///
///     acts/000001.json …   acts in the order of the log, one STIX object each
///     proofs/000001.tlog-proof …   one for each act
///     log/                 the log as static files
///     keys/                keys of this place, readable by their owner alone: log, members, witnesses
///     witness/             what each witness of this place cosigned last
///     founding             digest of the founding act that is trusted here
///
/// A member has its own key here and no other; the sample has all of them, so that one person can play every part. One
/// process at a time.
public final class AllianceFolder {

    /// More acts than a folder is read with.
    public static final int MAX_ACTS = 1_000_000;

    private final Path folder;

    private AllianceFolder(Path folder) {
        this.folder = folder;
    }

    /// The alliance that lies in a folder.
    ///
    /// @throws NoSuchFileException when there is none
    public static AllianceFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve("acts"))) {
            throw new NoSuchFileException(folder.resolve("acts").toString());
        }
        return new AllianceFolder(folder);
    }

    /// A new, empty folder for an alliance, with the keys given.
    ///
    /// @throws FileAlreadyExistsException when an alliance lies there
    public static AllianceFolder create(Path folder, List<SigningKey> keys) throws IOException {
        if (Files.exists(folder.resolve("acts"))) {
            throw new FileAlreadyExistsException(folder.resolve("acts").toString());
        }
        for (String name : List.of("proofs", "keys", "witness", "acts")) {
            Files.createDirectories(folder.resolve(name));
        }
        KeyFolder kept = new KeyFolder(folder.resolve("keys"));
        for (SigningKey key : keys) {
            kept.add(key);
        }
        return new AllianceFolder(folder);
    }

    /// The acts with their proofs, in the order of the log.
    ///
    /// @throws MalformedCharter when a file is no act
    public List<ProvenAct> acts() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder.resolve("acts"))) {
            files =
                    listed.filter(file -> file.getFileName().toString().endsWith(".json"))
                            .sorted()
                            .toList();
        }
        if (files.size() > MAX_ACTS) {
            throw new MalformedCharter("", "more than " + MAX_ACTS + " acts");
        }
        List<ProvenAct> acts = new ArrayList<>();
        for (Path file : files) {
            Path proof = proofOf(file.getFileName().toString());
            acts.add(
                    new ProvenAct(
                            Act.read(Files.readAllBytes(file)),
                            Files.exists(proof)
                                    ? List.of(LogProof.parse(Files.readString(proof)))
                                    : List.of()));
        }
        return acts;
    }

    /// Names the founding act that is trusted here.
    public void trust(String digest) throws IOException {
        replace(folder.resolve("founding"), digest + "\n");
    }

    private Path proofOf(String actFile) {
        return folder.resolve("proofs").resolve(actFile.replace(".json", ".tlog-proof"));
    }

    /// The author that signs with the key of this name, continuing its chain.
    ///
    /// @throws NoSuchFileException when the key is not in this place
    public Author author(String keyName) throws IOException {
        return keys().author(keyName, acts().stream().map(ProvenAct::act).toList());
    }

    /// Appends acts to the log, signs its head, has the witnesses of this place cosign it, and keeps the proofs.
    ///
    /// @param at the witnesses' time
    /// @throws MalformedCharter when `at` lies before the last head's time: a log's time does not go back
    public void append(List<Act> added, Instant at) throws IOException {
        List<ProvenAct> before = acts();
        List<byte[]> entries = new ArrayList<>();
        before.forEach(proven -> entries.add(ActEntry.alone(proven.act().digest())));
        added.forEach(act -> entries.add(ActEntry.alone(act.digest())));
        requireForward(before, at);

        TransparencyLog log = new TransparencyLog(key(KeyType.LOG, "log"));
        MerkleTree tree = new MerkleTree();
        for (byte[] entry : entries) {
            log.append(entry);
            tree.append(entry);
        }
        List<Witness> witnesses = witnesses(log, at);
        SignedNote head = log.sign(witnesses);
        LogFolder files = new LogFolder(folder.resolve("log"));
        files.write(
                before.size(), tree, entries.subList(before.size() / 256 * 256, entries.size()));
        for (int i = 0; i < added.size(); i++) {
            String name = "%06d.json".formatted(before.size() + i + 1);
            replace(proofOf(name), log.prove(before.size() + i, head).toString());
            replace(
                    folder.resolve("acts").resolve(name),
                    added.get(i).json().toPrettyString() + "\n");
        }
        files.write(head);
    }

    private static void requireForward(List<ProvenAct> before, Instant at) {
        if (before.isEmpty() || before.getLast().proofs().isEmpty()) {
            return;
        }
        SignedNote last = before.getLast().proofs().getFirst().checkpoint();
        String text = last.text();
        Act founding = before.getFirst().act();
        Instant since =
                WitnessPolicy.parse(founding.content().path("witnesses").asString(""))
                        .judge(last)
                        .since();
        if (at.isBefore(since)) {
            throw new MalformedCharter(
                    "",
                    "the head of size "
                            + Checkpoint.parse(text).size()
                            + " was witnessed at "
                            + since
                            + "; time does not go back to "
                            + at);
        }
    }

    private List<Witness> witnesses(TransparencyLog log, Instant at) throws IOException {
        List<Witness> witnesses = new ArrayList<>();
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        for (SigningKey key : keys().all().values()) {
            if (key.verifier().type() == KeyType.COSIGNATURE) {
                witnesses.add(
                        new Witness(
                                key,
                                Map.of(log.origin(), key(KeyType.LOG, "log").verifier()),
                                memory(key.verifier().name()),
                                clock));
            }
        }
        return witnesses;
    }

    private Witness.Memory memory(String witness) {
        Path file = folder.resolve("witness").resolve(KeyFolder.fileName(witness) + ".checkpoint");
        return new Witness.Memory() {
            @Override
            public @Nullable SignedNote latest(String origin) {
                try {
                    return Files.exists(file) ? SignedNote.parse(Files.readAllBytes(file)) : null;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void store(String origin, SignedNote checkpoint) {
                try {
                    replace(file, checkpoint.toString());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private SigningKey key(KeyType type, String suffix) throws IOException {
        return keys().all().values().stream()
                .filter(key -> key.verifier().type() == type)
                .filter(key -> key.verifier().name().endsWith("/" + suffix))
                .findFirst()
                .orElseThrow(() -> new NoSuchFileException(folder.resolve("keys").toString()));
    }

    /// The keys of this place.
    public KeyFolder keys() {
        return new KeyFolder(folder.resolve("keys"));
    }

    private static void replace(Path file, String text) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.write(written, text.getBytes(StandardCharsets.UTF_8));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
