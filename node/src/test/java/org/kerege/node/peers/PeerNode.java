package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Standing;
import org.kerege.gate.Tlp;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Paper;
import org.kerege.node.agreement.Terms;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An organisation's running node with one collection, `all`, for tests of what nodes do with one another. Its rounds
/// are gone by hand.
final class PeerNode implements AutoCloseable {

    static final String GREEN = org.kerege.stix.marking.Tlp.GREEN_2.id().toString();

    private final String name;
    private final NodeServer node;

    private PeerNode(String name, NodeServer node) {
        this.name = name;
        this.node = node;
    }

    static PeerNode start(String name, Path folder, Clock clock) {
        return start(name, folder, clock, TestDatabases.laidOut());
    }

    /// @param database null for an embedded one of its own
    static PeerNode start(String name, Path folder, Clock clock, @Nullable Postgres database) {
        Settings settings =
                new Settings(
                        name,
                        "Node of " + name,
                        folder.resolve(name),
                        "127.0.0.1",
                        0,
                        database,
                        Map.of(),
                        1 << 20);
        PeerNode node = new PeerNode(name, NodeServer.start(settings, clock));
        node.part(Rounds.class).stop();
        Catalogue catalogue = node.part(Catalogue.class);
        if (catalogue.apiRoots().isEmpty()) {
            catalogue.add(new ApiRoot("root", "Root", null, 1 << 24, true));
            catalogue.add(UUID.randomUUID(), "root", "all", "All", null, GREEN, "2.1", true, true);
        }
        return node;
    }

    String name() {
        return name;
    }

    <T> T part(Class<T> type) {
        return node.part(type);
    }

    NodeServer server() {
        return node;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + node.port() + "/");
    }

    Collection collection() {
        return part(Catalogue.class).collection("root", "all").orElseThrow();
    }

    Dialogue.OwnSide side() {
        return new Dialogue.OwnSide(List.of("all"), address(), null);
    }

    static Terms terms(Clock clock) {
        return new Terms(Standing.PARTNER, Tlp.GREEN, "mutual warning", clock.instant(), null);
    }

    /// Agrees with another node; both papers go over by hand.
    UUID agreeWith(PeerNode other, Terms terms) {
        Paper.Invitation invitation =
                part(Dialogue.class).invite(other.name, terms, side(), Duration.ofDays(30), "test");
        Paper answer =
                Objects.requireNonNull(
                        other.part(Dialogue.class)
                                .take(invitation, other.side(), null, "test")
                                .answer());
        part(Dialogue.class).take(answer, side(), null, "test");
        return invitation.agreement();
    }

    Agreement agreement(UUID id) {
        return part(Agreements.class).find(id).orElseThrow();
    }

    /// Goes round with every peer once.
    void round() throws InterruptedException {
        for (Agreement one : part(Agreements.class).all()) {
            part(Rounds.class).runOnce(one);
        }
    }

    /// Puts an identity into its own collection.
    StixId publish(String marking) {
        StixId id = new StixId("identity", UUID.randomUUID());
        publish(object(id, "2024-01-01T00:00:00.000Z", marking));
        return id;
    }

    static StixObject object(StixId id, String modified, String marking) {
        return StixObject.read(
                """
                {"type":"identity","spec_version":"2.1","id":"%s","created":"2024-01-01T00:00:00.000Z",\
                "modified":"%s","name":"Somebody","identity_class":"organization","object_marking_refs":["%s"]}\
                """
                        .formatted(id, modified, marking)
                        .getBytes(StandardCharsets.UTF_8));
    }

    void publish(StixObject object) {
        Verdicts verdicts = admit(object, name, "file");
        assertThat(verdicts.refused()).isEmpty();
    }

    Verdicts admit(StixObject object, String source, String channel) {
        return part(Intake.class)
                .admit(
                        collection(),
                        new Source(source, channel, null),
                        List.of(new BundleReader.Item.Read(0, object)));
    }

    /// Whether a version of the object stands in a collection.
    boolean holds(StixId object) {
        return part(JdbcClient.class)
                .sql("select exists (select 1 from addition where object_id = ?)")
                .param(object.toString())
                .query(Boolean.class)
                .single();
    }

    /// Whether the bytes of a version are in the store.
    boolean keepsBytes(StixId object) {
        return part(JdbcClient.class)
                .sql(
                        "select exists (select 1 from object_version join ledger_payload using (seq) where object_id = ?)")
                .param(object.toString())
                .query(Boolean.class)
                .single();
    }

    Recall recall(StixId object) {
        return recall(object, Recall.Cause.WITHDRAWN, null);
    }

    Recall recall(
            StixId object, Recall.Cause cause, org.kerege.stix.marking.@Nullable Tlp marking) {
        return part(RecallOrder.class)
                .give(object, cause, "it was wrong", marking, Duration.ofDays(7), "test");
    }

    RecallSheet sheet(Recall recall) {
        RecallBook book = part(Recalls.class).reading();
        return RecallSheet.of(
                book, book.find(recall.id()).orElseThrow(), part(Clock.class).instant());
    }

    Set<String> open(Recall recall) {
        return Set.copyOf(sheet(recall).open());
    }

    @Override
    public void close() {
        node.close();
    }
}
