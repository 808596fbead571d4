package org.kerege.node.peers;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Party;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.stix.BundleReader;
import org.kerege.taxii.client.ClientSettings;
import org.kerege.taxii.client.Credentials;
import org.kerege.taxii.client.Pull;
import org.kerege.taxii.client.PullSink;
import org.kerege.taxii.client.PullState;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;

/// Reads what a peer gives under its agreement, over plain TAXII, into this node's collections of the same aliases.
final class PeerPull {

    private static final long PAGE_BYTES = 64L << 20;

    /// Most objects that one round takes from a peer: the others get their turn, and the next round goes on here.
    private static final long MOST_OBJECTS = 2_000_000;

    private final Catalogue catalogue;
    private final Intake intake;
    private final PeerStates states;
    private final PeerCredentials credentials;

    PeerPull(Catalogue catalogue, Intake intake, PeerStates states, PeerCredentials credentials) {
        this.catalogue = catalogue;
        this.intake = intake;
        this.states = states;
        this.credentials = credentials;
    }

    /// Reads every collection that the other side gives, from where the last round stopped.
    void run(Agreement agreement) throws IOException, InterruptedException {
        Party other = Objects.requireNonNull(agreement.otherParty());
        URI address = other.address();
        if (address == null || other.gives().isEmpty()) {
            return;
        }
        TaxiiClient client = client(agreement, other);
        List<RemoteCollection> offered = client.collectionsAt(address.resolve("./taxii2/"));
        for (String alias : other.gives()) {
            Collection into = Places.collection(catalogue, alias);
            List<RemoteCollection> called =
                    offered.stream().filter(one -> alias.equals(one.alias())).toList();
            if (called.size() != 1) {
                throw new IOException(
                        "it offers " + called.size() + " collections with the alias " + alias);
            }
            new Pull(client, called.getFirst(), List.of(), true, Pull.PAGE)
                    .run(
                            states.pulled(other.identity(), alias),
                            new Sink(agreement, other, alias, into));
        }
    }

    private TaxiiClient client(Agreement agreement, Party other) {
        ClientSettings settings =
                new ClientSettings(
                        new Credentials.Made(() -> credentials.header(agreement)),
                        PinnedClients.context(other.certificate()),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        1,
                        Duration.ofSeconds(5),
                        PAGE_BYTES,
                        Thread::sleep);
        return new TaxiiClient(settings);
    }

    private final class Sink implements PullSink {

        private final Agreement agreement;
        private final Party other;
        private final String alias;
        private final Collection into;
        private final List<BundleReader.Item> page = new ArrayList<>();
        private long came;

        Sink(Agreement agreement, Party other, String alias, Collection into) {
            this.agreement = agreement;
            this.other = other;
            this.alias = alias;
            this.into = into;
        }

        @Override
        public void add(BundleReader.Item item) {
            page.add(item);
        }

        @Override
        public void keep(PullState state) throws IOException {
            Verdicts verdicts =
                    intake.admit(
                            into, new Source(agreement.other(), "pull", null), List.copyOf(page));
            int refused = verdicts.refused().size();
            if (refused > 0) {
                Verdicts.Verdict first = verdicts.refused().getFirst();
                states.refused(
                        other.identity(), refused, first.objectId() + ": " + first.message());
            }
            came += page.size();
            states.pulled(
                    other.identity(),
                    alias,
                    state,
                    (long) verdicts.all().size() - refused,
                    refused);
            page.clear();
            if (came > MOST_OBJECTS) {
                throw new IOException(
                        "it sent " + came + " objects in one round; the next goes on");
            }
        }

        @Override
        public void drop() {
            page.clear();
        }
    }
}
