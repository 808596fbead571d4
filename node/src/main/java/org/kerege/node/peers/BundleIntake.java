package org.kerege.node.peers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Party;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.gate.Gate;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes bundles of peers. One that is missing, comes twice, or was changed is refused before anything of it is taken.
/// Receipts and papers come the same way.
final class BundleIntake {

    private static final int PIECE = 5_000;
    private static final int MAX_RECORD = 16 << 20;

    private final Gate gate;
    private final Agreements agreements;
    private final Catalogue catalogue;
    private final Intake intake;
    private final Mailbox mailbox;
    private final Post post;
    private final PeerStates states;
    private final PeerKeys keys;
    private final BundleChain chain;
    private final JdbcClient database;
    private final Clock clock;

    BundleIntake(
            Gate gate,
            Agreements agreements,
            Catalogue catalogue,
            Intake intake,
            Mailbox mailbox,
            Post post,
            PeerStates states,
            PeerKeys keys,
            BundleChain chain,
            JdbcClient database,
            Clock clock) {
        this.gate = gate;
        this.agreements = agreements;
        this.catalogue = catalogue;
        this.intake = intake;
        this.mailbox = mailbox;
        this.post = post;
        this.states = states;
        this.keys = keys;
        this.chain = chain;
        this.database = database;
        this.clock = clock;
    }

    /// What was taken from a bundle.
    ///
    /// @param same whether everything that the other side gives stands here now, and nothing else from it
    record Taken(String from, long number, long objects, long refused, int mail, boolean same) {}

    /// Takes a bundle.
    ///
    /// @param parts files of its parts, in any order
    /// @throws BundleRefused when it is not whole, not the next one, changed, or not for this node
    Taken take(List<Path> parts) throws IOException {
        List<Part> all = new ArrayList<>();
        for (Path file : parts) {
            all.add(new Part(BundlePart.in(file), file));
        }
        all.sort(Comparator.comparingInt(one -> one.head().part()));
        if (all.isEmpty()) {
            throw new BundleRefused("lost-part", "there is no part");
        }
        BundlePart first = all.getFirst().head();
        Agreement agreement =
                agreements
                        .find(first.agreement())
                        .filter(one -> one.otherParty() != null && one.acceptance() != null)
                        .orElseThrow(() ->
                                new BundleRefused("forged", "there is no such agreement here"));
        Party other = Objects.requireNonNull(agreement.otherParty());
        for (Part one : all) {
            requireSigned(one, first, other);
        }
        requireWhole(all, first);
        requireNext(first, other);
        Taken taken = open(agreement, other, all, first);
        chain.keep(
                other.identity(),
                false,
                new BundleChain.Link(first.number(), first.digest(), null),
                clock.instant());
        return taken;
    }

    private record Part(BundlePart head, Path file) {}

    private void requireSigned(Part one, BundlePart first, Party other) throws IOException {
        BundlePart head = one.head();
        if (!head.source().isSignedBy(other.key())
                || !head.source().author().equals(other.identity())) {
            throw new BundleRefused(
                    "forged", "part " + head.part() + " is not signed by " + other.organisation());
        }
        if (!head.to().equals(own())) {
            throw new BundleRefused("not-for-us", "it is for " + head.to());
        }
        boolean ofOne =
                head.digest().equals(first.digest())
                        && head.number() == first.number()
                        && head.parts() == first.parts();
        if (!ofOne) {
            throw new BundleRefused("changed", "these are parts of different bundles");
        }
        MessageDigest digest = BundleWriter.sha256();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(one.file()))) {
            BundlePart.read(in);
            DigestInputStream digesting = new DigestInputStream(in, digest);
            BundleWriter.copy(digesting, OutputStream.nullOutputStream(), head.bytes());
            if (in.read() >= 0) {
                throw new BundleRefused("changed", "part " + head.part() + " has too many bytes");
            }
        } catch (EOFException e) {
            throw new BundleRefused("changed", "part " + head.part() + " is cut off");
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(head.sliceDigest())) {
            throw new BundleRefused(
                    "changed", "part " + head.part() + " was changed after it was signed");
        }
    }

    private static void requireWhole(List<Part> all, BundlePart first) {
        for (int i = 0; i < first.parts(); i++) {
            if (i >= all.size() || all.get(i).head().part() != i + 1) {
                throw new BundleRefused(
                        "lost-part",
                        "part "
                                + (i + 1)
                                + " of "
                                + first.parts()
                                + " of bundle "
                                + first.number()
                                + " is missing, or another is there twice");
            }
        }
        if (all.size() > first.parts()) {
            throw new BundleRefused("changed", "a part is there twice");
        }
    }

    private void requireNext(BundlePart first, Party other) {
        BundleChain.Link before = chain.last(other.identity(), false);
        long had = before == null ? 0 : before.number();
        if (first.number() <= had) {
            throw new BundleRefused(
                    "replayed",
                    "bundle "
                            + first.number()
                            + " of "
                            + other.organisation()
                            + " or a later one was taken before");
        }
        if (first.previous() == null) {
            return;
        }
        if (first.number() != had + 1) {
            throw new BundleRefused(
                    "gap",
                    "bundle "
                            + (had + 1)
                            + " of "
                            + other.organisation()
                            + " is missing; take it first, or ask for one that begins anew");
        }
        if (before == null || !first.previous().equals(before.digest())) {
            throw new BundleRefused(
                    "gap", "it follows another bundle " + had + " than the one taken here");
        }
    }

    private Taken open(Agreement agreement, Party other, List<Part> parts, BundlePart first)
            throws IOException {
        List<InputStream> slices = new ArrayList<>();
        try {
            for (Part one : parts) {
                InputStream in = new BufferedInputStream(Files.newInputStream(one.file()), 1 << 16);
                BundlePart.read(in);
                slices.add(in);
            }
            InputStream sealed = new SequenceInputStream(Collections.enumeration(slices));
            Opening opening = new Opening(agreement, other);
            try (DataInputStream records =
                    new DataInputStream(
                            new BufferedInputStream(
                                    Sealing.open(keys.seed(), keys.current().verifier(), sealed),
                                    1 << 16))) {
                opening.read(records);
            }
            return opening.taken(first.number());
        } finally {
            for (InputStream one : slices) {
                one.close();
            }
        }
    }

    /// The records of a bundle on their way into the node.
    private final class Opening {

        private final Agreement agreement;
        private final Party other;
        private final ArrayNode mail = Json.mapper().createArrayNode();
        private final List<BundleReader.Item> waiting = new ArrayList<>();
        private @Nullable Collection into;
        private JsonNode head = Json.mapper().createObjectNode();
        private JsonNode end = Json.mapper().createObjectNode();
        private long objects;
        private long refused;

        Opening(Agreement agreement, Party other) {
            this.agreement = agreement;
            this.other = other;
        }

        void read(DataInputStream records) throws IOException {
            boolean mailTaken = false;
            for (int kind = records.read(); kind >= 0; kind = records.read()) {
                int length = records.readInt();
                if (length < 0 || length > MAX_RECORD) {
                    throw new BundleRefused("changed", "a record is larger than any may be");
                }
                byte[] bytes = records.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException("the content is cut off");
                }
                if (kind != 'H' && kind != 'M' && !mailTaken) {
                    // Recalls first, so that nothing comes in that is recalled in the same bundle.
                    takeMail();
                    mailTaken = true;
                }
                switch (kind) {
                    case 'H' -> head = Json.mapper().readTree(bytes);
                    case 'M' -> mail.add(Json.mapper().readTree(bytes));
                    case 'C' -> {
                        flush();
                        into =
                                Places.collection(
                                        catalogue, new String(bytes, StandardCharsets.UTF_8));
                    }
                    case 'O' -> object(bytes);
                    case 'E' -> end = Json.mapper().readTree(bytes);
                    default -> throw new BundleRefused("changed", "a record is of no known kind");
                }
            }
            flush();
        }

        private void takeMail() {
            mailbox.takenUpTo(other.identity(), head.path("have").asLong(0));
            ObjectNode envelope = Json.mapper().createObjectNode();
            envelope.set("objects", mail);
            post.take(agreement, envelope, Json.mapper().createArrayNode());
            states.mail(other.identity(), head.path("last").asLong(0));
        }

        private void object(byte[] bytes) {
            boolean inForce =
                    agreement.stateAt(clock.instant()) == Agreement.State.IN_FORCE
                            && states.quarantine(other.identity()) == null;
            if (!inForce) {
                refused++;
                return;
            }
            try {
                waiting.add(new BundleReader.Item.Read(waiting.size(), StixObject.read(bytes)));
            } catch (MalformedStix e) {
                waiting.add(new BundleReader.Item.Refused(waiting.size(), e));
            }
            if (waiting.size() == PIECE) {
                flush();
            }
        }

        private void flush() {
            if (waiting.isEmpty() || into == null) {
                return;
            }
            Verdicts verdicts =
                    intake.admit(into, new Source(agreement.other(), "pull", null), waiting);
            int bad = verdicts.refused().size();
            if (bad > 0) {
                Verdicts.Verdict one = verdicts.refused().getFirst();
                states.refused(other.identity(), bad, one.objectId() + ": " + one.message());
            }
            refused += bad;
            objects += verdicts.all().size() - bad;
            waiting.clear();
        }

        Taken taken(long number) {
            boolean same = true;
            for (var one : end.properties()) {
                same &=
                        one.getValue()
                                .asString()
                                .equals(
                                        BundleIntake.this
                                                .taken(
                                                        agreement,
                                                        Places.collection(catalogue, one.getKey()))
                                                .toString());
            }
            return new Taken(agreement.other(), number, objects, refused, mail.size(), same);
        }
    }

    /// Everything that stands in a collection and came from a peer.
    private SetDigest taken(Agreement agreement, Collection collection) {
        SetDigest digest = new SetDigest();
        database.sql(
                        """
                        select distinct v.object_id, v.version from addition a join object_version v using (seq)
                        where a.collection = ? and v.source = ?\
                        """)
                .params(collection.number(), agreement.other())
                .query(row -> {
                    digest.add(row.getString(1), row.getString(2));
                });
        return digest;
    }

    private StixId own() {
        return gate.organisations().identity(gate.own());
    }
}
