package org.kerege.node.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.alliance.SampleStory;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.council.Council;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.LedgerLog;
import org.kerege.taxii.client.ClientSettings;
import org.kerege.taxii.client.Credentials;
import org.kerege.taxii.client.Pull;
import org.kerege.taxii.client.PullState;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;

/// The node of a member's office in the story of the handover. It can be stopped and started again.
final class Office implements AutoCloseable {

    static final String INDICATORS = "indicators";

    private static final String ROOT = "alliance";
    private static final long MAX_CONTENT = 16L << 20;

    private final String member;
    private final Path folder;
    private final Clock clock;
    private NodeServer node;

    private Office(String member, Path folder, Clock clock) {
        this.member = member;
        this.folder = folder;
        this.clock = clock;
        this.node = run();
    }

    /// A new office with nothing in its store.
    static Office open(String member, Path folder, Clock clock) {
        Office office = new Office(member, folder, clock);
        office.node
                .part(Catalogue.class)
                .add(new ApiRoot(ROOT, "The alliance's exchange", null, MAX_CONTENT, true));
        return office;
    }

    private NodeServer run() {
        // Until the charter is in force the settings say who the members are.
        Map<String, String> standings = new LinkedHashMap<>();
        SampleStory.MEMBERS.forEach(each -> standings.put(each, "member"));
        Settings settings =
                new Settings(
                        member,
                        "Office of " + member,
                        folder,
                        "127.0.0.1",
                        0,
                        null,
                        standings,
                        64L << 20);
        return NodeServer.start(settings, clock);
    }

    String member() {
        return member;
    }

    /// A part of the running node.
    <T> T part(Class<T> type) {
        return node.part(type);
    }

    /// The root of its addresses.
    URI address() {
        return URI.create("http://127.0.0.1:" + node.port() + "/");
    }

    /// A collection of indicators, which is marked TLP:GREEN where nothing else is said.
    Collection indicators() {
        Catalogue catalogue = node.part(Catalogue.class);
        return catalogue
                .collection(ROOT, INDICATORS)
                .orElseGet(() ->
                        catalogue.add(
                                UUID.randomUUID(),
                                ROOT,
                                INDICATORS,
                                "Indicators",
                                null,
                                Member.GREEN,
                                "2.1",
                                true,
                                true));
    }

    /// Goes off the network.
    void leave() {
        node.close();
    }

    /// Comes back with the store that it left with.
    void comeBack() {
        node = run();
    }

    void trust(String founding) throws IOException {
        node.part(Council.class).trust(founding);
    }

    LedgerLog log() {
        return node.part(LedgerLog.class);
    }

    /// Where this node is asked to cosign.
    String witnessAddress() {
        return "http://127.0.0.1:" + node.port() + "/log/witness";
    }

    /// Takes in acts signed here.
    void take(List<Act> acts) {
        var refused = node.part(Council.class).take(acts).refused();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("our own act is refused: " + refused.getFirst());
        }
    }

    /// Has the acts that wait witnessed.
    void witness() {
        node.part(Council.class).round();
    }

    /// Pulls another office's acts.
    void pullFrom(Office other) throws IOException, InterruptedException {
        Collection acts = node.part(Council.class).collections().getFirst();
        Collection theirs = other.node.part(Council.class).collections().getFirst();
        TaxiiClient client =
                new TaxiiClient(ClientSettings.of(new Credentials.Bearer(other.admit(member))));
        String path = "/" + ROOT + "/collections/" + theirs.id() + "/";
        RemoteCollection from =
                client.collectionsAt(URI.create("http://127.0.0.1:" + other.node.port() + path))
                        .getFirst();
        IntakeSink sink =
                new IntakeSink(
                        node.part(Intake.class), acts, new Source(other.member, "pull", null));
        new Pull(client, from, List.of(), true, Pull.PAGE).run(PullState.START, sink);
        node.part(Charter.class).lookAgainNow();
    }

    private String admit(String other) {
        Identity accounts = node.part(Identity.class);
        String account = other.toLowerCase(Locale.ROOT);
        accounts.putAccount(account, other, Set.of(Role.READER), null);
        Instant until = clock.instant().plus(Duration.ofDays(1));
        return accounts.newToken(account, "handover", true, until);
    }

    /// The charter as this node has it.
    CharterView charter() {
        CharterView view = node.part(Charter.class).lookAgainNow();
        if (view == null) {
            throw new IllegalStateException(member + " has no charter yet");
        }
        return view;
    }

    /// What became of an act here.
    Verdict verdict(Act act) {
        return charter().acts().stream()
                .filter(finding -> finding.act().equals(act))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(member + " does not have " + act))
                .verdict();
    }

    @Override
    public void close() {
        node.close();
    }
}
