package org.kerege.charter.alliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.tlog.LogProof;
import tools.jackson.databind.node.ObjectNode;

/// Acts that were signed or brought beside a node, on their way into it: a folder of bundles, which the node takes in and
/// removes. A command need not reach the node, and what was signed while it was down waits.
public final class ActTray {

    private static final String BUNDLE = ".json";

    private final Path folder;

    /// @param folder it need not be there yet
    public ActTray(Path folder) {
        this.folder = folder;
    }

    /// Lays acts into the tray.
    public void put(List<ProvenAct> acts) throws IOException {
        Files.createDirectories(folder);
        String name =
                "%013d-%s".formatted(System.currentTimeMillis(), acts.getFirst().act().digest());
        Path written = folder.resolve(name + ".new");
        Files.write(written, ActBundle.write(acts));
        Files.move(written, folder.resolve(name + BUNDLE), StandardCopyOption.ATOMIC_MOVE);
    }

    /// The bundles that lie here, oldest first.
    public List<Path> bundles() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(BUNDLE))
                    .sorted()
                    .toList();
        }
    }

    /// The acts that lie here.
    ///
    /// @throws MalformedCharter when a file is no bundle of acts
    public List<ProvenAct> acts() throws IOException {
        List<ProvenAct> acts = new ArrayList<>();
        for (Path file : bundles()) {
            acts.addAll(read(file));
        }
        return acts;
    }

    /// The acts of a bundle.
    ///
    /// @throws MalformedCharter when it is none, or too large
    public static List<ProvenAct> read(Path file) throws IOException {
        if (Files.size(file) > ActBundle.MAX_BYTES) {
            throw new MalformedCharter(
                    "", "a bundle has at most " + ActBundle.MAX_BYTES + " bytes");
        }
        return ActBundle.read(Files.readAllBytes(file));
    }

    /// Acts and proofs as STIX objects, each act before its proofs.
    public static List<ObjectNode> objects(List<ProvenAct> acts) {
        List<ObjectNode> objects = new ArrayList<>();
        for (ProvenAct proven : acts) {
            Act act = proven.act();
            objects.add(act.json());
            for (LogProof proof : proven.proofs()) {
                objects.add(ActBundle.proofObject(act, proof));
            }
        }
        return objects;
    }
}
