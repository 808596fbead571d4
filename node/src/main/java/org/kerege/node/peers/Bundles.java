package org.kerege.node.peers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.View;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Party;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What goes to a peer without a network, on a medium: the mail that waits for it and what the gate gives it since the
/// last bundle. Bundles to one peer are numbered and each names the digest of the one before; [BundleIntake] takes them.
final class Bundles {

    private static final int PAGE = 1_000;
    private static final Query ALL = Query.ALL.withVersions(Query.Versions.ALL);

    private final Gate gate;
    private final Catalogue catalogue;
    private final ReadObjects read;
    private final Deliveries deliveries;
    private final Mailbox mailbox;
    private final PeerStates states;
    private final PeerKeys keys;
    private final BundleChain chain;
    private final Clock clock;

    Bundles(
            Gate gate,
            Catalogue catalogue,
            ReadObjects read,
            Deliveries deliveries,
            Mailbox mailbox,
            PeerStates states,
            PeerKeys keys,
            BundleChain chain,
            Clock clock) {
        this.gate = gate;
        this.catalogue = catalogue;
        this.read = read;
        this.deliveries = deliveries;
        this.mailbox = mailbox;
        this.states = states;
        this.keys = keys;
        this.chain = chain;
        this.clock = clock;
    }

    /// Makes the next bundle for a peer. Where the agreement is not in force it holds mail alone.
    ///
    /// @param most most bytes of content in one part
    /// @param anew whether it begins anew with everything, for a peer that has lost one
    void make(Agreement agreement, long most, boolean anew, OutputStream out) throws IOException {
        Party other = Objects.requireNonNull(agreement.otherParty());
        BundleChain.Link before = chain.last(other.identity(), true);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Path sealed = Files.createTempFile("kerege-bundle", ".sealed");
        try (BundleWriter writer = new BundleWriter(sealed, other.key())) {
            List<Mailbox.Item> mail = mail(other.identity());
            writer.record(
                    'H',
                    Json.mapper()
                            .createObjectNode()
                            .put("have", states.mail(other.identity()))
                            .put("last", mail.isEmpty() ? 0 : mail.getLast().number())
                            .toString());
            for (Mailbox.Item one : mail) {
                writer.record('M', one.body());
            }
            ObjectNode positions =
                    before == null || before.positions() == null || anew
                            ? Json.mapper().createObjectNode()
                            : (ObjectNode) Json.mapper().readTree(before.positions());
            ObjectNode end = Json.mapper().createObjectNode();
            if (agreement.stateAt(now) == Agreement.State.IN_FORCE) {
                for (String alias : Objects.requireNonNull(agreement.ownParty()).gives()) {
                    end.put(alias, write(agreement, alias, positions, writer));
                }
            }
            writer.record('E', end.toString());
            String digest = writer.finish();
            long number = before == null ? 1 : before.number() + 1;
            chain.keep(
                    other.identity(),
                    true,
                    new BundleChain.Link(number, digest, positions.toString()),
                    now);
            writer.writeParts(
                    new BundleWriter.Chain(
                            agreement.agreement(),
                            other.identity(),
                            number,
                            before == null || anew ? null : before.digest(),
                            digest),
                    most,
                    keys.current(),
                    own(),
                    now,
                    out);
        }
    }

    private List<Mailbox.Item> mail(StixId recipient) {
        List<Mailbox.Item> all = new ArrayList<>();
        List<Mailbox.Item> batch = mailbox.waiting(recipient, 0);
        while (!batch.isEmpty()) {
            all.addAll(batch);
            batch = mailbox.waiting(recipient, batch.getLast().number());
        }
        return all;
    }

    /// @return digest of all that the other side may have of the collection
    private String write(
            Agreement agreement, String alias, ObjectNode positions, BundleWriter writer)
            throws IOException {
        Collection collection = Places.collection(catalogue, alias);
        writer.record('C', alias);
        Position after = position(positions.path(alias));
        Page page;
        do {
            View view = gate.view(agreement.other(), Channel.BUNDLE);
            page = read.objects(collection, view, ALL, after, PAGE);
            if (!page.items().isEmpty()) {
                MessageDigest digest = BundleWriter.sha256();
                List<byte[]> forms = new ArrayList<>();
                for (Held held : page.items()) {
                    byte[] form = gate.form(held.bytes(), held.placement(), view);
                    digest.update(form);
                    forms.add(form);
                }
                deliveries.require(
                        agreement.other(),
                        digest.digest(),
                        "bundle",
                        page.items().stream().map(Held::seq).toList());
                for (byte[] form : forms) {
                    writer.record('O', form);
                }
                after = page.items().getLast().position();
                positions
                        .putObject(alias)
                        .put("date", after.dateAdded().toString())
                        .put("seq", after.seq());
            }
        } while (page.more());
        return given(agreement, collection).toString();
    }

    private static @Nullable Position position(JsonNode json) {
        return json.has("date")
                ? new Position(
                        Instant.parse(json.path("date").asString()), json.path("seq").asLong())
                : null;
    }

    /// Everything that the other side may have of a collection.
    private SetDigest given(Agreement agreement, Collection collection) {
        View view = gate.view(agreement.other(), Channel.BUNDLE);
        SetDigest digest = new SetDigest();
        Position after = null;
        Page page;
        do {
            page = read.entries(collection, view, ALL, after, PAGE);
            page.items().forEach(one -> digest.add(one.objectId(), one.version()));
            after = page.items().isEmpty() ? null : page.items().getLast().position();
        } while (page.more());
        return digest;
    }

    private StixId own() {
        return gate.organisations().identity(gate.own());
    }
}
