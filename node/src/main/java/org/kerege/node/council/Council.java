package org.kerege.node.council;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.alliance.ActBundle;
import org.kerege.charter.alliance.ActTray;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.Verification;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.witness.LedgerLog;
import org.kerege.stix.BundleReader;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.SignedNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings acts into the node and gives them their time. Acts and the proofs of their times are STIX objects in the
/// collection `acts` of every API root: taken in by the one intake, gated and relayed as any object. An act that no
/// quorum has witnessed yet gets an entry in this node's ledger; the ledger's head is cosigned by the witnesses, and the
/// proof published beside the act. Thread-safe.
public final class Council {

    /// Alias of the collection.
    public static final String ACTS = "acts";

    /// Where this member's side of the alliance lies, below the folder of the node's data.
    static final String FOLDER = "charter";

    /// Where acts wait for the node, below that.
    static final String TRAY = "tray";

    private static final Logger LOG = LoggerFactory.getLogger(Council.class);
    private static final String GREEN = Tlp.GREEN_2.id().toString();

    /// Longest time between two heads; so that others see the ledger grow also while nobody acts.
    private static final Duration BETWEEN_HEADS = Duration.ofHours(1);

    private final String own;
    private final Path folder;
    private final Charter charter;
    private final LedgerLog log;
    private final ActEntries entries;
    private final Intake intake;
    private final Catalogue catalogue;

    // Guarded by this.
    private @Nullable FileTime imported;
    private long lastHead = System.nanoTime();

    Council(
            String own,
            Path folder,
            Charter charter,
            LedgerLog log,
            ActEntries entries,
            Intake intake,
            Catalogue catalogue) {
        this.own = own;
        this.folder = folder;
        this.charter = charter;
        this.log = log;
        this.entries = entries;
        this.intake = intake;
        this.catalogue = catalogue;
    }

    /// Names the founding act that this node trusts.
    public void trust(String digest) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("founding"), digest + "\n");
        charter.lookAgainNow();
    }

    /// The collections of acts, one for each API root; made where they are missing.
    public List<Collection> collections() {
        List<Collection> collections = new ArrayList<>();
        for (ApiRoot root : catalogue.apiRoots()) {
            collections.add(
                    catalogue
                            .collection(root.name(), ACTS)
                            .orElseGet(() ->
                                    catalogue.add(
                                            UUID.randomUUID(),
                                            root.name(),
                                            ACTS,
                                            "Acts",
                                            "Acts of the alliance, and the proofs of their times",
                                            GREEN,
                                            "2.1",
                                            true,
                                            true)));
        }
        return collections;
    }

    /// Takes in acts that were signed here.
    ///
    /// @return the verdicts of the first collection
    public Verdicts take(List<Act> acts) {
        return admit(acts.stream().map(Act::json).toList());
    }

    /// Takes in what lies in the alliance's folder, and gives acts without a time theirs.
    ///
    /// @return false when acts wait because no quorum of witnesses answered
    public synchronized boolean round() {
        takeFolder();
        takeTray();
        CharterView view = charter.lookAgainNow();
        if (view == null) {
            return true;
        }
        collections();
        List<Act> waiting = new ArrayList<>();
        for (Verification.Finding finding : view.acts()) {
            Act act = finding.act();
            boolean ours =
                    act.digest().equals(view.founding()) || view.founding().equals(act.alliance());
            if (finding.witnessed() == null && ours) {
                waiting.add(act);
            }
        }
        if (!waiting.isEmpty()) {
            return prove(waiting.stream().distinct().toList(), view);
        }
        if (System.nanoTime() - lastHead > BETWEEN_HEADS.toNanos()) {
            cosign(view);
        }
        return true;
    }

    private SignedNote cosign(CharterView view) {
        lastHead = System.nanoTime();
        return log.cosign(view.policy());
    }

    private boolean prove(List<Act> acts, CharterView view) {
        Map<String, ActEntries.Entry> held = entries.of(acts.stream().map(Act::digest).toList());
        awaitNextSecond(view);
        SignedNote head = cosign(view);
        try {
            view.policy().judge(head);
        } catch (LogProof.Refused e) {
            LOG.info("event=acts_pending count={} reason=\"{}\"", acts.size(), e.getMessage());
            return false;
        }
        long size = Checkpoint.parse(head.text()).size();
        List<ObjectNode> proofs = new ArrayList<>();
        for (Act act : acts) {
            ActEntries.Entry entry = Objects.requireNonNull(held.get(act.digest()));
            LogProof proof =
                    new LogProof(
                            entry.opening(),
                            entry.seq(),
                            log.tree().inclusionProof(entry.seq(), size),
                            head);
            proofs.add(ActBundle.proofObject(act, proof));
        }
        admit(proofs);
        charter.lookAgainNow();
        return true;
    }

    /// Witnesses count in whole seconds, and within one of them nothing says what came first: acts that are known when
    /// others come are witnessed a second earlier at least.
    private static void awaitNextSecond(CharterView view) {
        Instant last =
                view.acts().stream()
                        .map(Verification.Finding::witnessed)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        Instant now = Instant.now();
        if (now.getEpochSecond() == last.getEpochSecond()) {
            LockSupport.parkNanos(Duration.between(now, last.plusSeconds(1)).toNanos());
        }
    }

    private void takeFolder() {
        Path acts = folder.resolve("acts");
        try {
            if (!Files.isDirectory(acts) || catalogue.apiRoots().isEmpty()) {
                return;
            }
            FileTime changed = Files.getLastModifiedTime(acts);
            if (changed.equals(imported)) {
                return;
            }
            admit(ActTray.objects(AllianceFolder.open(folder).acts()));
            imported = changed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes in what was signed or brought beside the node. A bundle leaves the tray once it is in the store; one that
    /// cannot be read is put aside, so that it does not hold up the others.
    private void takeTray() {
        try {
            if (catalogue.apiRoots().isEmpty()) {
                return;
            }
            for (Path bundle : new ActTray(folder.resolve(TRAY)).bundles()) {
                try {
                    admit(ActTray.objects(ActTray.read(bundle)));
                    Files.delete(bundle);
                } catch (MalformedCharter | MalformedStix e) {
                    LOG.warn(
                            "event=bundle_put_aside file={} reason=\"{}\"",
                            bundle.getFileName(),
                            e.getMessage());
                    Files.move(bundle, bundle.resolveSibling(bundle.getFileName() + ".refused"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Verdicts admit(List<ObjectNode> objects) {
        List<BundleReader.Item> items = new ArrayList<>(objects.size());
        for (ObjectNode object : objects) {
            items.add(new BundleReader.Item.Read(items.size(), StixObject.of(object)));
        }
        Source source = new Source(own, "charter", null);
        List<Verdicts> verdicts = new ArrayList<>();
        for (Collection collection : collections()) {
            verdicts.add(intake.admit(collection, source, items));
        }
        if (verdicts.isEmpty()) {
            throw new IllegalStateException("the node has no API root yet");
        }
        verdicts.getFirst()
                .refused()
                .forEach(refused ->
                        LOG.warn(
                                "event=act_refused object={} reason=\"{}\"",
                                refused.objectId(),
                                refused.message()));
        return verdicts.getFirst();
    }
}
