package org.kerege.node.feeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.View;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.OwnAdditions;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.gate.Gate;
import org.kerege.node.settings.Feed;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixObject;
import org.kerege.taxii.client.ClientSettings;
import org.kerege.taxii.client.Credentials;
import org.kerege.taxii.client.Pull;
import org.kerege.taxii.client.PullSink;
import org.kerege.taxii.client.PullState;
import org.kerege.taxii.client.PushStatus;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;

/// One run of a feed, from where the last one stopped to the present end. What it has done stays done when it breaks off:
/// a page is taken in, or decided on by the other server, before the place behind it is kept.
final class FeedRun {

    private static final int PAGE = 1_000;

    private final Catalogue catalogue;
    private final Intake intake;
    private final ReadObjects read;
    private final OwnAdditions own;
    private final Deliveries deliveries;
    private final Gate gate;
    private final FeedStates states;

    FeedRun(
            Catalogue catalogue,
            Intake intake,
            ReadObjects read,
            OwnAdditions own,
            Deliveries deliveries,
            Gate gate,
            FeedStates states) {
        this.catalogue = catalogue;
        this.intake = intake;
        this.read = read;
        this.own = own;
        this.deliveries = deliveries;
        this.gate = gate;
        this.states = states;
    }

    /// @throws IllegalArgumentException when what the settings name is not there
    void run(Feed feed) throws IOException, InterruptedException {
        Collection local = local(feed);
        TaxiiClient client = new TaxiiClient(client(feed));
        RemoteCollection remote = remote(feed, client);
        switch (feed.direction()) {
            case PULL ->
                    new Pull(client, remote, List.of(), true, PAGE)
                            .run(states.pulled(feed.name()), new Sink(feed, local));
            case PUSH -> push(feed, local, client, remote);
        }
    }

    /// Pages on their way into the node's own intake.
    private final class Sink implements PullSink {

        private final Feed feed;
        private final Collection into;
        private final List<BundleReader.Item> page = new ArrayList<>();

        Sink(Feed feed, Collection into) {
            this.feed = feed;
            this.into = into;
        }

        @Override
        public void add(BundleReader.Item item) {
            page.add(item);
        }

        @Override
        public void keep(PullState state) {
            Verdicts verdicts =
                    intake.admit(
                            into, new Source(feed.organisation(), "pull", null), List.copyOf(page));
            long refused = verdicts.refused().size();
            states.pulled(feed.name(), state, verdicts.all().size() - refused, refused);
            page.clear();
        }

        @Override
        public void drop() {
            page.clear();
        }
    }

    private void push(Feed feed, Collection from, TaxiiClient client, RemoteCollection remote)
            throws IOException, InterruptedException {
        Position after = states.pushed(feed.name());
        boolean more = true;
        while (more) {
            View view = gate.view(feed.organisation(), Channel.TAXII);
            own.settle(from, view);
            Page page = read.objects(from, view, Query.ALL, after, PAGE);
            if (!gate.knowsAll(view)) {
                continue;
            }
            if (page.items().isEmpty()) {
                return;
            }
            List<StixObject> objects = new ArrayList<>();
            MessageDigest digest = sha256();
            for (Held held : page.items()) {
                byte[] form = gate.form(held.bytes(), held.placement(), view);
                digest.update(form);
                objects.add(StixObject.read(form));
            }
            if (!deliveries.record(
                    feed.organisation(),
                    digest.digest(),
                    "push",
                    page.items().stream().map(Held::seq).toList())) {
                continue;
            }
            PushStatus status = client.push(remote, objects);
            if (!status.complete()) {
                throw new IOException("the other server has not decided in time");
            }
            after = page.items().getLast().position();
            states.pushed(feed.name(), after, status.success(), status.failures().size());
            more = page.more();
        }
    }

    private Collection local(Feed feed) {
        String name = feed.local();
        List<Collection> called =
                catalogue.collections().stream()
                        .filter(one ->
                                name.equals(one.alias())
                                        || name.equals(one.id().toString())
                                        || name.equals(one.title()))
                        .toList();
        if (called.size() != 1) {
            throw new IllegalArgumentException(
                    "this node has "
                            + (called.isEmpty() ? "no collection" : "several collections")
                            + " called '"
                            + name
                            + "'");
        }
        return called.getFirst();
    }

    private static RemoteCollection remote(Feed feed, TaxiiClient client)
            throws IOException, InterruptedException {
        String name = feed.remote();
        List<RemoteCollection> usable =
                client.collectionsAt(feed.url()).stream()
                        .filter(one ->
                                feed.direction() == Feed.Direction.PULL
                                        ? one.canRead()
                                        : one.canWrite())
                        .filter(one -> name == null || one.isCalled(name))
                        .toList();
        if (usable.size() != 1) {
            throw new IllegalArgumentException(
                    feed.url()
                            + " offers "
                            + usable.size()
                            + " collections for this; name one with 'collection'");
        }
        return usable.getFirst();
    }

    /// A run that fails is made again later anyway, so a request is tried twice at most and waited for shortly.
    private static ClientSettings client(Feed feed) throws IOException {
        return new ClientSettings(
                credentials(feed.user(), feed.secret()),
                null,
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                2,
                Duration.ofSeconds(5),
                1L << 28,
                Thread::sleep);
    }

    private static Credentials credentials(@Nullable String user, @Nullable Path secret)
            throws IOException {
        if (secret == null) {
            return new Credentials.Anonymous();
        }
        String text = Files.readString(secret).strip();
        return user == null ? new Credentials.Bearer(text) : new Credentials.Basic(user, text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
