package org.kerege.node.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.kerege.gate.Channel;
import org.kerege.gate.View;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.gate.Gate;
import org.kerege.node.hunt.CurrentIndicators;
import org.kerege.node.hunt.Hunt;
import org.kerege.node.hunt.KnownGood;
import org.kerege.node.hunt.Match;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.readers.Mappings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.ScoIds;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.marking.Tlp;
import org.kerege.taxii.client.ClientSettings;
import org.kerege.taxii.client.Credentials;
import org.kerege.taxii.client.Pull;
import org.kerege.taxii.client.PullState;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;
import tools.jackson.databind.node.ObjectNode;

/// A member of the demo's alliance with its running node. What it does, it does as any member would: over TAXII with a
/// token that the other side gave it.
final class Member implements AutoCloseable {

    static final String GREEN = Tlp.GREEN_2.id().toString();

    private static final String ROOT = "alliance";
    private static final long MAX_CONTENT = 64L << 20;

    private final String name;
    private final NodeServer node;
    private final Collection indicators;
    private final Collection sightings;
    private final StixId identity;

    private Member(
            String name,
            NodeServer node,
            Collection indicators,
            Collection sightings,
            StixId identity) {
        this.name = name;
        this.node = node;
        this.indicators = indicators;
        this.sightings = sightings;
        this.identity = identity;
    }

    /// Starts a member's node in a folder of its own.
    ///
    /// @param others names of the other members
    static Member start(String name, Path folder, List<String> others) throws IOException {
        Map<String, String> standings = new LinkedHashMap<>();
        others.forEach(other -> standings.put(other, "member"));
        Settings settings =
                new Settings(
                        name,
                        "Kerege of " + name,
                        folder,
                        "127.0.0.1",
                        0,
                        null,
                        standings,
                        64L << 20);
        NodeServer node = NodeServer.start(settings);
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot(ROOT, "The alliance's exchange", null, MAX_CONTENT, true));
        Collection indicators = collection(catalogue, "indicators", "Indicators and reports");
        Collection sightings = collection(catalogue, "sightings", "Sightings and opinions");
        Identity accounts = node.part(Identity.class);
        accounts.putAccount(
                "analyst", name, Set.of(Role.READER, Role.ANALYST, Role.PUBLISHER), null);
        Member member =
                new Member(
                        name,
                        node,
                        indicators,
                        sightings,
                        new StixId("identity", ScoIds.uuidOf("kerege demo " + name)));
        member.introduce();
        return member;
    }

    private static Collection collection(Catalogue catalogue, String alias, String title) {
        return catalogue.add(UUID.randomUUID(), ROOT, alias, title, null, GREEN, "2.1", true, true);
    }

    private void introduce() {
        ObjectNode json = Json.mapper().createObjectNode();
        String created = "2025-01-01T00:00:00.000Z";
        json.put("type", "identity").put("spec_version", "2.1").put("id", identity.toString());
        json.put("created", created).put("modified", created);
        json.put("name", name).put("identity_class", "organization");
        json.putArray("object_marking_refs").add(GREEN);
        take(sightings, name, List.of(StixObject.of(json)));
    }

    String name() {
        return name;
    }

    StixId identity() {
        return identity;
    }

    String address() {
        return "http://127.0.0.1:" + node.port();
    }

    /// Lets another member read this one's collections and add to its sightings.
    ///
    /// @return the token that the other side is to use
    String admit(String other) {
        Identity accounts = node.part(Identity.class);
        String account = other.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        accounts.putAccount(account, other, Set.of(Role.READER, Role.PUBLISHER), null);
        return accounts.newToken(account, "demo", false, Instant.now().plus(Duration.ofDays(1)));
    }

    /// Publishes a document into its own collection over TAXII, as its own analyst.
    long publish(byte[] document) throws IOException, InterruptedException {
        Identity accounts = node.part(Identity.class);
        String token =
                accounts.newToken(
                        "analyst", "publish", false, Instant.now().plus(Duration.ofHours(1)));
        List<StixObject> objects = new ArrayList<>();
        BundleReader.read(
                new ByteArrayInputStream(document),
                item -> {
                    if (item instanceof BundleReader.Item.Read read) {
                        objects.add(read.object());
                    }
                });
        TaxiiClient client = client(token);
        return client.push(collection(client, this, indicators), objects).success();
    }

    /// Pulls another member's indicators into its own store.
    ///
    /// @return how many objects came
    long pullFrom(Member other, String token) throws IOException, InterruptedException {
        TaxiiClient client = client(token);
        RemoteCollection from = collection(client, other, other.indicators);
        IntakeSink sink =
                new IntakeSink(
                        node.part(Intake.class), indicators, new Source(other.name, "pull", null));
        new Pull(client, from, List.of(), false, Pull.PAGE).run(PullState.START, sink);
        return sink.accepted();
    }

    /// Hunts what its node holds in its own logs.
    List<Match> hunt(List<Path> logs) throws IOException {
        CurrentIndicators current =
                new CurrentIndicators(node.part(Catalogue.class), node.part(ReadObjects.class));
        Hunt hunt =
                new Hunt(
                        current.at(Instant.now(), ownView()),
                        KnownGood.NONE,
                        Mappings.standard(),
                        null);
        List<Match> matches = new ArrayList<>();
        for (Path log : logs) {
            hunt.search(log, matches::add, (_, _, _) -> {});
        }
        return matches;
    }

    /// Publishes what an analyst has decided to tell, here and to the origin.
    ///
    /// @return how many objects the origin accepted
    long tell(List<StixObject> objects, Member origin, String token)
            throws IOException, InterruptedException {
        take(sightings, name, objects);
        TaxiiClient client = client(token);
        return client.push(collection(client, origin, origin.sightings), objects).success();
    }

    /// What other members have told this one: sightings and opinions.
    List<StixObject> told() {
        ReadObjects read = node.part(ReadObjects.class);
        Query query =
                new Query(
                        null,
                        List.of(),
                        List.of("sighting", "opinion"),
                        Query.Versions.LAST,
                        List.of());
        List<StixObject> told = new ArrayList<>();
        Position after = null;
        Page page;
        do {
            page = read.objects(sightings, ownView(), query, after, ReadObjects.MAX_PAGE);
            page.items().stream().map(Held::bytes).map(StixObject::read).forEach(told::add);
            after = page.items().isEmpty() ? null : page.items().getLast().position();
        } while (page.more());
        return told;
    }

    private View ownView() {
        return node.part(Gate.class).view(name, Channel.COMMAND_LINE);
    }

    private void take(Collection collection, String origin, List<StixObject> objects) {
        List<BundleReader.Item> items = new ArrayList<>();
        for (StixObject object : objects) {
            items.add(new BundleReader.Item.Read(items.size(), object));
        }
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(collection, new Source(origin, "desk", "analyst"), items);
        if (!verdicts.refused().isEmpty()) {
            throw new IllegalStateException(
                    "our own object is refused: " + verdicts.refused().getFirst());
        }
    }

    private static TaxiiClient client(String token) {
        return new TaxiiClient(ClientSettings.of(new Credentials.Bearer(token)));
    }

    private static RemoteCollection collection(
            TaxiiClient client, Member member, Collection collection)
            throws IOException, InterruptedException {
        String path = "/" + ROOT + "/collections/" + collection.id() + "/";
        return client.collectionsAt(URI.create(member.address() + path)).getFirst();
    }

    /// A time for people.
    static String time(Instant instant) {
        return Timestamp.format(instant);
    }

    @Override
    public void close() {
        node.close();
    }
}
