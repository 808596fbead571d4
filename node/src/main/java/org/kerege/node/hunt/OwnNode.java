package org.kerege.node.hunt;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.NodeAnswer;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixObject;
import org.kerege.taxii.client.Pull;
import org.kerege.taxii.client.PullSink;
import org.kerege.taxii.client.PullState;
import org.kerege.taxii.client.PushStatus;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;
import tools.jackson.databind.JsonNode;

/// The hunter's own node: it gives the indicators to hunt, with what its analysts recorded of persons, and takes the
/// sightings that are told.
final class OwnNode {

    private final NodeOptions node;
    private final RemoteOptions remote;

    OwnNode(NodeOptions node, RemoteOptions remote) {
        this.node = node;
        this.remote = remote;
    }

    /// Hands out the indicators of every collection that may be read.
    void indicators(Consumer<BundleReader.Item> items) throws IOException, InterruptedException {
        TaxiiClient client = new TaxiiClient(remote.settings());
        for (RemoteCollection collection : collections(client, null)) {
            if (collection.canRead()) {
                new Pull(client, collection, List.of("indicator"), false, Pull.PAGE)
                        .run(PullState.START, new Handing(items));
            }
        }
    }

    /// What analysts recorded of indicators that name a person; nothing where the caller may not read it.
    List<PersonBasis> personBases() throws IOException, InterruptedException {
        NodeAnswer answer = node.ask(remote, "/reviews", null);
        List<PersonBasis> bases = new ArrayList<>();
        if (!answer.isGood()) {
            return bases;
        }
        for (JsonNode one : answer.json()) {
            bases.add(
                    new PersonBasis(
                            one.path("purpose").asString(""),
                            one.path("legalBasis").asString(""),
                            one.path("reviewer").asString(""),
                            Set.of(one.path("object").asString(""))));
        }
        return bases;
    }

    /// Hands objects over.
    ///
    /// @param server discovery, API root or collection of another server; null for the own node
    /// @param collection name of the collection; null where the server offers one to write to
    PushStatus tell(List<StixObject> objects, @Nullable URI server, @Nullable String collection)
            throws IOException, InterruptedException {
        TaxiiClient client = new TaxiiClient(remote.settings());
        List<RemoteCollection> all =
                collections(client, server).stream()
                        .filter(RemoteCollection::canWrite)
                        .filter(one -> collection == null || one.isCalled(collection))
                        .toList();
        if (all.size() != 1) {
            Set<String> offered = new LinkedHashSet<>();
            all.forEach(one -> offered.add(one.id() + "  " + one.title()));
            throw new IllegalArgumentException(
                    all.isEmpty()
                            ? "no such collection may be written to there"
                            : "name one collection with --publish-in:\n  "
                                    + String.join("\n  ", offered));
        }
        return client.push(all.getFirst(), objects);
    }

    private List<RemoteCollection> collections(TaxiiClient client, @Nullable URI server)
            throws IOException, InterruptedException {
        return client.collectionsAt(server == null ? node.address().resolve("/taxii2/") : server);
    }

    /// Hands objects on and keeps nothing.
    private record Handing(Consumer<BundleReader.Item> items) implements PullSink {

        @Override
        public void add(BundleReader.Item item) {
            items.accept(item);
        }

        @Override
        public void keep(PullState state) {
            // A hunt reads all of them each time.
        }

        @Override
        public void drop() {
            // What comes again is the same object again.
        }
    }
}
