package org.kerege.node.hunt.retro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Ended;
import org.kerege.node.TestStore;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Hunting;
import org.kerege.node.settings.Settings;
import org.kerege.node.settings.Upkeep;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.Retained;
import org.kerege.readers.retained.RetainedEvents;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Hunting back on a running node.
class RetroHuntTest {

    private static final String LOG =
            """
            {"_path":"conn","ts":1700000000.0,"uid":"C1","id.orig_h":"10.0.0.5","id.orig_p":50000,"id.resp_h":"203.0.113.45","id.resp_p":443,"proto":"tcp"}
            {"_path":"conn","ts":1700000060.0,"uid":"C2","id.orig_h":"10.0.0.5","id.orig_p":50001,"id.resp_h":"203.0.113.77","id.resp_p":443,"proto":"tcp"}
            {"_path":"conn","ts":1700000120.0,"uid":"C3","id.orig_h":"10.0.0.6","id.orig_p":50002,"id.resp_h":"198.51.100.7","id.resp_p":8443,"proto":"tcp"}
            """;

    @TempDir private static Path folder;
    private static NodeServer node;
    private static final String INDICATOR = "indicator--" + UUID.randomUUID();
    private static final String PERSON = "indicator--" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        Settings plain = TestStore.settings(folder.resolve("node"));
        node =
                NodeServer.start(
                        plain.with(
                                new Upkeep(
                                        List.of(),
                                        null,
                                        Duration.ofDays(1),
                                        null,
                                        new Hunting(List.of(), Duration.ofDays(90), List.of()))));
        var collection = TestStore.layOut(node);
        for (String indicator :
                List.of(
                        indicator(INDICATOR, "[ipv4-addr:value = '203.0.113.45']"),
                        indicator(PERSON, "[email-addr:value = 'someone@example.org']"))) {
            node.part(Intake.class)
                    .admit(
                            collection,
                            new Source(TestStore.ORGANISATION, "file", null),
                            new ByteArrayInputStream(indicator.getBytes(StandardCharsets.UTF_8)));
        }
        node.part(Identity.class)
                .putAccount("reader", TestStore.ORGANISATION, Set.of(Role.READER), null);
        node.part(Identity.class).setPassword("reader", TestStore.PASSWORD);
        Files.writeString(folder.resolve("password"), TestStore.PASSWORD);
        keep();
    }

    private static String indicator(String id, String pattern) {
        return Json.mapper()
                .createObjectNode()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created", "2024-01-01T00:00:00.000Z")
                .put("modified", "2024-01-01T00:00:00.000Z")
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", "2024-01-01T00:00:00Z")
                .toString();
    }

    private static void keep() throws IOException {
        RetainedEvents retained = node.part(RetainedEvents.class);
        List<Event> events = new ArrayList<>();
        new LogReader(Mappings.standard())
                .read(
                        new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)),
                        new LogReader.Listener() {
                            @Override
                            public void event(Event event) {
                                events.add(event);
                            }

                            @Override
                            public void unmapped(long line) {}

                            @Override
                            public void unread(long line, String why) {}

                            @Override
                            public void end() {}
                        });
        for (Event event : events) {
            retained.add(new Retained("conn.log", event));
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Ended retro(String account, String... arguments) {
        List<String> all = new ArrayList<>(List.of("retro"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of(
                        "--node",
                        "http://127.0.0.1:" + node.port() + "/",
                        "--user",
                        account,
                        "--password-file",
                        folder.resolve("password").toString()));
        return Ended.of(all.toArray(String[]::new));
    }

    private static List<JsonNode> entries(EntryKind kind) {
        return node.part(JdbcClient.class)
                .sql(
                        "select p.meta, p.body from ledger_entry e join ledger_payload p using (seq) where e.kind = ? order by seq")
                .param(kind.number())
                .query((row, _) -> Json.mapper().readTree(row.getBytes(1)))
                .list();
    }

    @Test
    void finds_an_indicator_in_kept_events_and_says_that_they_are_older_than_it() {
        Ended ended =
                retro(
                        TestStore.ACCOUNT,
                        "hunt",
                        "--why",
                        "advisory 7",
                        "--indicator",
                        INDICATOR,
                        "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        List<JsonNode> lines = ended.out().lines().map(Json.mapper()::readTree).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .hasToString(
                        """
                        {"indicator":"%s","file":"conn.log","line":[1],"time":"2023-11-14T22:13:20.000Z",\
                        "path":"ipv4-addr:value","value":"203.0.113.45","clause":"ipv4-addr:value = '203.0.113.45'",\
                        "timing":"before"}\
                        """
                                .formatted(INDICATOR));
        assertThat(lines.getLast().at("/totals/events").asInt()).isEqualTo(3);
        assertThat(lines.getLast().at("/totals/matched").asInt()).isEqualTo(1);
    }

    @Test
    void enters_each_hunt_in_the_ledger_with_who_why_and_what() throws IOException {
        Files.writeString(
                folder.resolve("net.json"),
                indicator(
                        "indicator--" + UUID.randomUUID(),
                        "[ipv4-addr:value ISSUBSET '203.0.113.0/24']"));
        int before = entries(EntryKind.RETRO_HUNT).size();
        Ended ended =
                retro(
                        TestStore.ACCOUNT,
                        "hunt",
                        "--why",
                        "a network of the advisory",
                        "--indicators",
                        folder.resolve("net.json").toString());

        assertThat(ended.out()).contains("2 matches in 3 kept events");
        assertThat(entries(EntryKind.RETRO_HUNT)).hasSize(before + 1);
        JsonNode entry = entries(EntryKind.RETRO_HUNT).getLast();
        assertThat(entry.path("who").asString()).isEqualTo("alpha of Alpha");
        assertThat(entry.path("why").asString()).isEqualTo("a network of the advisory");
        assertThat(entry.path("indicators").asInt()).isEqualTo(1);
        assertThat(retro(TestStore.ACCOUNT, "list").out())
                .contains("alpha of Alpha: a network of the advisory  1 indicators, 2 matches");
    }

    @Test
    void does_not_hunt_for_a_person_before_a_review() {
        Ended ended = retro(TestStore.ACCOUNT, "hunt", "--why", "w", "--indicator", PERSON);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("names a person");
    }

    @Test
    void refuses_a_hunt_without_a_reason_or_with_an_indicator_that_is_not_held() {
        assertThat(retro(TestStore.ACCOUNT, "hunt", "--why", " ", "--indicator", INDICATOR).err())
                .contains("why these events are looked at");
        assertThat(
                        retro(
                                        TestStore.ACCOUNT,
                                        "hunt",
                                        "--why",
                                        "w",
                                        "--indicator",
                                        "indicator--" + UUID.randomUUID())
                                .err())
                .contains("is held here");
    }

    @Test
    void is_for_analysts_and_the_cap_for_administrators() {
        assertThat(retro("reader", "hunt", "--why", "w", "--indicator", INDICATOR).code())
                .isEqualTo(1);
        assertThat(retro("reader", "cap", "--days", "300", "--why", "w").code()).isEqualTo(1);
    }

    @Test
    void keeps_events_no_longer_than_the_cap_which_is_raised_by_an_entry_alone() {
        Window window = node.part(Window.class);
        assertThat(window.kept()).isEqualTo(Window.FIRST_CAP);

        Ended ended = retro(TestStore.ACCOUNT, "cap", "--days", "60", "--why", "a long campaign");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(window.kept()).isEqualTo(Duration.ofDays(60));
        assertThat(entries(EntryKind.WINDOW).getLast().path("why").asString())
                .isEqualTo("a long campaign");
        assertThat(retro(TestStore.ACCOUNT, "window").out())
                .contains("kept for 60 days (settings: 90, cap: 60); 3 events");
        assertThat(retro(TestStore.ACCOUNT, "cap", "--days", "367", "--why", "w").code())
                .isEqualTo(2);
    }

    @Test
    void erases_events_whose_time_is_over(@TempDir Path other) throws IOException {
        RetainedEvents retained =
                RetainedEvents.open(
                        other, java.time.Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC));
        retained.add(
                new Retained(
                        "a",
                        new Event(1, null, null, 1, null, "k", Json.mapper().createObjectNode())));
        EventErasure erasure =
                new EventErasure(
                        retained,
                        node.part(Window.class),
                        java.time.Clock.fixed(
                                Instant.EPOCH.plus(Duration.ofDays(61)), java.time.ZoneOffset.UTC));

        assertThat(erasure.look().segments()).isEqualTo(1);
        retained.close();
    }
}
