package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Channel;
import org.kerege.gate.Decision;
import org.kerege.gate.Standing;
import org.kerege.gate.View;
import org.kerege.node.SettableClock;
import org.kerege.node.exchange.ReleaseRequests.Refused;
import org.kerege.node.gate.Explanation;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.Supposition;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.stix.StixId;
import org.kerege.stix.marking.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Releases that take two people, are taken back, are asked for and are foreseen.
class ReleasesTest {

    private static final String OWN = "identity--1a2b3c4d-0000-4000-8000-00000000000a";
    private static final String BETA = "identity--1a2b3c4d-0000-4000-8000-00000000000b";
    private static final Caller ANNA = caller("anna", "Alpha");
    private static final Caller BOLOT = caller("bolot", "Alpha");
    private static final Caller OF_BETA = caller("b", "Beta");
    private static final Caller OF_GAMMA = caller("g", "Gamma");

    @TempDir private static Path folder;
    private static final SettableClock clock =
            new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private static NodeServer node;
    private static Collection all;
    private static Collection other;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                folder.resolve("members.yaml"),
                """
                organisations:
                  - {name: Alpha, standing: member, identity: %s}
                  - {name: Beta, standing: member, identity: %s}
                  - {name: Gamma, standing: observer}
                second-person:
                  - {marking: "TLP:CLEAR"}
                  - {collection: all, type: malware}
                """
                        .formatted(OWN, BETA));
        node =
                NodeServer.start(
                        new Settings(
                                "Alpha",
                                "Alpha",
                                folder,
                                "127.0.0.1",
                                0,
                                TestDatabases.laidOut(),
                                Map.of(),
                                1 << 20),
                        clock);
        node.part(Catalogue.class).add(new ApiRoot("root", "Root", null, 1 << 20, true));
        all =
                node.part(Catalogue.class)
                        .add(
                                UUID.randomUUID(),
                                "root",
                                "all",
                                "All",
                                null,
                                null,
                                "2.1",
                                true,
                                true);
        other =
                node.part(Catalogue.class)
                        .add(
                                UUID.randomUUID(),
                                "root",
                                "other",
                                "Other",
                                null,
                                null,
                                "2.1",
                                true,
                                true);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Caller caller(String account, String organisation) {
        return new Caller(account, organisation, Set.of(Role.values()), null);
    }

    private static StixId tool(Tlp marking, String creator, Caller by) throws IOException {
        return object("tool", marking, creator, by);
    }

    private static StixId object(String type, Tlp marking, String creator, Caller by)
            throws IOException {
        StixId id = new StixId(type, UUID.randomUUID());
        admit(id, marking, creator, by, all);
        return id;
    }

    private static void admit(
            StixId id, Tlp marking, String creator, Caller by, Collection collection)
            throws IOException {
        String json =
                """
                {"objects":[{"type":"%s","spec_version":"2.1","id":"%s","created_by_ref":"%s","name":"x",%s
                 "created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z",
                 "object_marking_refs":["%s"]}]}\
                """
                        .formatted(
                                id.type(),
                                id,
                                creator,
                                id.type().equals("malware") ? "\"is_family\":false," : "",
                                marking.id());
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(
                                collection,
                                new Source(by.organisation(), "taxii", by.account()),
                                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(verdicts.refused()).isEmpty();
    }

    private static List<Held> read(String organisation, StixId object) {
        return read(organisation, object, all);
    }

    private static List<Held> read(String organisation, StixId object, Collection collection) {
        View view = node.part(Gate.class).view(organisation, Channel.TAXII);
        node.part(OwnAdditions.class).settle(collection, view);
        return node.part(ReadObjects.class)
                .objects(collection, view, Query.ALL.withId(object.toString()), null, 10)
                .items();
    }

    /// What a TAXII page does: it is on record before it leaves.
    private static boolean give(String organisation, StixId object, String page) {
        return node.part(Deliveries.class)
                .record(
                        organisation,
                        page.getBytes(StandardCharsets.UTF_8),
                        "taxii",
                        read(organisation, object).stream().map(Held::seq).toList());
    }

    private static Releases releases() {
        return node.part(Releases.class);
    }

    private static ReleaseRequests requests() {
        return node.part(ReleaseRequests.class);
    }

    private static long entries() {
        return node.part(JdbcClient.class)
                .sql("select count(*) from ledger_entry where kind = ?")
                .param(EntryKind.RELEASE.number())
                .query(Long.class)
                .single();
    }

    @Test
    void what_a_rule_names_leaves_when_a_second_person_confirmed_it() throws IOException {
        StixId open = tool(Tlp.CLEAR_2, OWN, ANNA);
        StixId plain = tool(Tlp.GREEN_2, OWN, ANNA);
        assertThat(read("Alpha", open)).hasSize(1);
        assertThat(read("Beta", open)).isEmpty();
        assertThat(read("Beta", plain)).hasSize(1);
        assertThat(releases().awaiting())
                .anySatisfy(one -> {
                    assertThat(one.objectId()).isEqualTo(open.toString());
                    assertThat(one.account()).isEqualTo("anna");
                });

        assertThat(releases().confirm(open, ANNA)).isEqualTo(Releases.Outcome.SAME_PERSON);
        assertThat(read("Beta", open)).isEmpty();
        long before = entries();
        assertThat(releases().confirm(open, BOLOT)).isEqualTo(Releases.Outcome.DONE);

        assertThat(read("Beta", open)).hasSize(1);
        assertThat(entries()).isEqualTo(before + 1);
        assertThat(releases().confirm(open, BOLOT)).isEqualTo(Releases.Outcome.NOTHING_WAITS);
        assertThat(releases().confirm(new StixId("tool", UUID.randomUUID()), BOLOT))
                .isEqualTo(Releases.Outcome.NOT_HELD);
    }

    @Test
    void a_rule_of_type_and_collection_asks_as_well_and_only_of_the_own_organisation()
            throws IOException {
        assertThat(read("Beta", object("malware", Tlp.GREEN_2, OWN, ANNA))).isEmpty();
        assertThat(read("Gamma", object("malware", Tlp.GREEN_2, BETA, OF_BETA))).hasSize(1);
    }

    @Test
    void a_release_is_taken_back_while_nobody_has_been_given_it() throws IOException {
        StixId tool = tool(Tlp.GREEN_2, OWN, ANNA);
        assertThat(read("Beta", tool)).hasSize(1);
        clock.advance(Duration.ofSeconds(59));

        assertThat(releases().undo(tool, ANNA)).isEqualTo(Releases.Outcome.DONE);

        assertThat(read("Beta", tool)).isEmpty();
        assertThat(read("Alpha", tool)).hasSize(1);
        assertThat(releases().confirm(tool, BOLOT)).isEqualTo(Releases.Outcome.DONE);
        assertThat(read("Beta", tool)).hasSize(1);
    }

    @Test
    void a_release_that_somebody_has_been_given_stays() throws IOException {
        StixId tool = tool(Tlp.GREEN_2, OWN, ANNA);
        assertThat(give("Beta", tool, "a page")).isTrue();

        assertThat(releases().undo(tool, ANNA)).isEqualTo(Releases.Outcome.ALREADY_READ);
        assertThat(read("Beta", tool)).hasSize(1);
    }

    @Test
    void a_release_of_more_than_a_minute_ago_stays() throws IOException {
        StixId tool = tool(Tlp.GREEN_2, OWN, ANNA);
        clock.advance(Duration.ofSeconds(61));

        assertThat(releases().undo(tool, ANNA)).isEqualTo(Releases.Outcome.TOO_LATE);
    }

    @Test
    void a_page_that_was_read_before_its_object_was_taken_back_does_not_go() throws IOException {
        StixId tool = tool(Tlp.GREEN_2, OWN, ANNA);
        List<Long> page = read("Beta", tool).stream().map(Held::seq).toList();
        assertThat(releases().undo(tool, ANNA)).isEqualTo(Releases.Outcome.DONE);

        assertThat(node.part(Deliveries.class).record("Beta", new byte[] {1, 2, 3}, "taxii", page))
                .isFalse();
        assertThat(new DeliveredObjects(node.part(JdbcClient.class)).of(tool)).isEmpty();
    }

    @Test
    void what_waits_in_one_collection_and_is_released_in_another_is_given_there()
            throws IOException {
        StixId malware = object("malware", Tlp.GREEN_2, OWN, ANNA);
        admit(malware, Tlp.GREEN_2, OWN, ANNA, other);
        assertThat(read("Beta", malware)).isEmpty();
        List<Long> page = read("Beta", malware, other).stream().map(Held::seq).toList();
        assertThat(page).hasSize(1);

        assertThat(node.part(Deliveries.class).record("Beta", new byte[] {4, 5}, "taxii", page))
                .isTrue();
    }

    @Test
    void a_reader_asks_the_source_and_gets_a_new_version_with_the_new_marking() throws IOException {
        StixId tool = tool(Tlp.AMBER_2, BETA, OF_BETA);
        // A relay keeps AMBER of another to itself; the holder asks.
        StixId own = tool(Tlp.AMBER_2, OWN, ANNA);
        long number = requests().ask(own, "Gamma, our observer", "it is hit", OF_BETA);
        assertThat(read("Gamma", own)).isEmpty();
        assertThat(requests().askedOf(ANNA))
                .extracting(ReleaseRequests.Request::number)
                .contains(number);
        assertThat(requests().askedOf(OF_BETA)).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        ReleaseRequests.Request answered =
                requests().answer(number, true, "agreed", List.of("TLP:GREEN"), BOLOT);

        assertThat(answered.granted()).isTrue();
        assertThat(answered.version()).isNotNull();
        assertThat(read("Gamma", own)).hasSize(1);
        assertThat(requests().askedBy(OF_BETA))
                .filteredOn(one -> one.number() == number)
                .singleElement()
                .satisfies(one -> assertThat(one.answer()).isEqualTo("agreed"));
        assertThatThrownBy(() -> requests().answer(number, false, "again", List.of(), BOLOT))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.why()).isEqualTo(Refused.Why.ANSWERED));
        assertThat(read("Gamma", tool)).isEmpty();
    }

    @Test
    void only_the_source_answers() throws IOException {
        StixId tool = tool(Tlp.GREEN_2, BETA, OF_BETA);
        long number = requests().ask(tool, "everyone", "it is public by now", OF_GAMMA);

        for (Caller other : List.of(ANNA, OF_GAMMA)) {
            assertThatThrownBy(
                            () -> requests().answer(number, true, "x", List.of("TLP:CLEAR"), other))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            e -> assertThat(e.why()).isEqualTo(Refused.Why.NOT_THERE));
        }
        assertThat(requests().answer(number, false, "not yet", List.of(), OF_BETA).granted())
                .isFalse();
    }

    @Test
    void of_what_a_reader_cannot_see_it_learns_nothing_by_asking() throws IOException {
        StixId hidden = tool(Tlp.AMBER_2, OWN, ANNA);
        StixId missing = new StixId("tool", UUID.randomUUID());

        for (StixId one : List.of(hidden, missing)) {
            assertThatThrownBy(() -> requests().ask(one, "us", "please", OF_GAMMA))
                    .isInstanceOf(Refused.class)
                    .hasMessage(one + " is not held here");
        }
        assertThat(requests().askedBy(OF_GAMMA))
                .noneMatch(one -> one.objectId().equals(hidden.toString()));
    }

    @Test
    void a_supposition_says_what_would_be_and_changes_nothing() throws IOException {
        StixId tool = tool(Tlp.AMBER_2, OWN, ANNA);
        Explanation explanation =
                new Explanation(node.part(Gate.class), node.part(JdbcClient.class));
        int numbers = numbers();

        Explanation.Answer marked =
                explain(explanation, tool, new Supposition(List.of(Tlp.GREEN_2.id()), Map.of()));
        Explanation.Answer member =
                explain(explanation, tool, new Supposition(null, Map.of("Gamma", Standing.MEMBER)));

        assertThat(List.of(marked, member))
                .allSatisfy(answer -> {
                    assertThat(answer.decision().released()).isTrue();
                    assertThat(answer.before())
                            .isNotNull()
                            .extracting(Decision::outcome)
                            .isEqualTo(Decision.Outcome.WITHHOLD);
                });
        assertThat(numbers()).isEqualTo(numbers);
        assertThat(read("Gamma", tool)).isEmpty();
    }

    private static Explanation.Answer explain(
            Explanation explanation, StixId object, Supposition supposed) {
        return explanation
                .explain(object, "Gamma", Channel.TAXII, clock.instant(), supposed)
                .getFirst()
                .answers()
                .getFirst();
    }

    private static int numbers() {
        return node.part(JdbcClient.class)
                .sql("select count(*) from audience")
                .query(Integer.class)
                .single();
    }
}
