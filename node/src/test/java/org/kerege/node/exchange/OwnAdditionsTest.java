package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.gate.Channel;
import org.kerege.gate.ReleaseMarking;
import org.kerege.gate.View;
import org.kerege.node.SettableClock;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Readers who poll with a cursor and become eligible later.
class OwnAdditionsTest {

    private static final String GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    private static final String STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003";
    private static final String OWN = "identity--1a2b3c4d-0000-4000-8000-00000000000a";

    @TempDir private static Path folder;
    private static final SettableClock clock =
            new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private static final Postgres database = TestDatabases.laidOut();
    private static NodeServer node;
    private static int changes;
    private Collection all;

    @BeforeAll
    static void start() throws IOException {
        members("member");
        node = open();
        node.part(Catalogue.class).add(new ApiRoot("root", "Root", null, 1 << 20, true));
    }

    /// Each test has a collection of its own.
    @BeforeEach
    void lay() throws IOException {
        members("member");
        all =
                node.part(Catalogue.class)
                        .add(
                                UUID.randomUUID(),
                                "root",
                                null,
                                "All",
                                null,
                                GREEN,
                                "2.1",
                                true,
                                true);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static NodeServer open() {
        return NodeServer.start(
                new Settings("Alpha", "Alpha", folder, "127.0.0.1", 0, database, Map.of(), 1 << 20),
                clock);
    }

    private static void members(String standingOfBeta) throws IOException {
        Path file = folder.resolve("members.yaml");
        Files.writeString(
                file,
                """
                organisations:
                  - {name: Alpha, standing: member, identity: %s}
                  - {name: Beta, standing: %s}
                  - {name: Gamma, standing: member}
                """
                        .formatted(OWN, standingOfBeta));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++changes)));
        clock.advance(Duration.ofSeconds(2));
    }

    private String id(String name) {
        return "tool--"
                + UUID.nameUUIDFromBytes((all.number() + name).getBytes(StandardCharsets.UTF_8));
    }

    private String tool(String name, String marking, String more) {
        return """
        {"type":"tool","spec_version":"2.1","id":"%s","created_by_ref":"%s","name":"%s",
         "created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z",
         "object_marking_refs":["%s"]%s}\
        """
                .formatted(id(name), OWN, name, marking, more);
    }

    private void admit(String... objects) throws IOException {
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(
                                all,
                                new Source("Alpha", "file", null),
                                new ByteArrayInputStream(
                                        ("{\"objects\":[" + String.join(",", objects) + "]}")
                                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(verdicts.refused()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
    }

    /// One reader that polls by the date of the last object it was given.
    private final class Poller {

        private final String organisation;
        private @Nullable Instant after;
        private final List<Instant> dates = new ArrayList<>();

        Poller(String organisation) {
            this.organisation = organisation;
        }

        List<String> poll() {
            View view = node.part(Gate.class).view(organisation, Channel.TAXII);
            node.part(OwnAdditions.class).settle(all, view);
            List<String> names = new ArrayList<>();
            for (Held held : read(view, after)) {
                names.add(name(held, view));
                assertThat(dates).allMatch(earlier -> earlier.isBefore(held.dateAdded()));
                dates.add(held.dateAdded());
                after = held.dateAdded();
            }
            clock.advance(Duration.ofSeconds(1));
            return names;
        }

        /// All there is, from the beginning.
        List<String> everything() {
            View view = node.part(Gate.class).view(organisation, Channel.TAXII);
            node.part(OwnAdditions.class).settle(all, view);
            return read(view, null).stream().map(held -> name(held, view)).toList();
        }

        private List<Held> read(View view, @Nullable Instant from) {
            Query query = new Query(from, List.of(), List.of(), Query.Versions.LAST, List.of());
            return node.part(ReadObjects.class)
                    .objects(all, view, query, null, ReadObjects.MAX_PAGE)
                    .items();
        }

        private String name(Held held, View view) {
            String form =
                    new String(
                            node.part(Gate.class).form(held.bytes(), held.placement(), view),
                            StandardCharsets.UTF_8);
            String name = form.replaceAll("(?s).*\"name\":\"([^\"]*)\".*", "$1");
            return form.contains("\"description\"") ? name + " in full" : name;
        }
    }

    @Test
    void what_a_new_member_may_have_has_dates_after_its_cursor() throws IOException {
        members("observer");
        Poller beta = new Poller("Beta");
        admit(tool("for members", STRICT, ""), tool("for the community", GREEN, ""));
        assertThat(beta.poll()).containsExactly("for the community");

        members("member");

        assertThat(beta.poll()).containsExactly("for members");
        assertThat(beta.poll()).isEmpty();
        assertThat(beta.everything()).containsExactly("for the community", "for members");
    }

    @Test
    void whoever_had_it_sees_nothing_of_what_is_opened_to_another() throws IOException {
        members("observer");
        Poller beta = new Poller("Beta");
        Poller gamma = new Poller("Gamma");
        admit(tool("for members", STRICT, ""), tool("for the community", GREEN, ""));
        beta.poll();
        gamma.poll();
        List<String> before = gamma.everything();

        members("member");
        beta.poll();

        assertThat(gamma.poll()).isEmpty();
        assertThat(gamma.everything()).isEqualTo(before);
    }

    @Test
    void an_embargo_ends_at_its_instant_and_no_cursor_misses_it() throws IOException {
        Poller beta = new Poller("Beta");
        String marking = "marking-definition--" + UUID.randomUUID();
        Instant end = clock.instant().plus(Duration.ofDays(1));
        admit(
                """
                {"type":"marking-definition","spec_version":"2.1","id":"%s","created":"2026-01-01T00:00:00.000Z",
                 "name":"later","extensions":{"%s":{"extension_type":"property-extension",
                 "embargo_until":"%s"}}}\
                """
                        .formatted(marking, ReleaseMarking.EXTENSION, end),
                tool("embargoed", GREEN + "\",\"" + marking, ""),
                tool("at once", GREEN, ""));
        assertThat(beta.poll()).containsExactly("at once");

        clock.set(end.minusSeconds(1));
        assertThat(beta.poll()).isEmpty();
        clock.set(end);
        assertThat(beta.poll()).containsExactly("later", "embargoed");
        assertThat(beta.poll()).isEmpty();
    }

    @Test
    void a_reduced_object_comes_again_when_it_may_be_had_in_full() throws IOException {
        members("observer");
        Poller beta = new Poller("Beta");
        admit(
                tool(
                        "of parts",
                        GREEN,
                        ",\"description\":\"for members\",\"granular_markings\":[{\"marking_ref\":\""
                                + STRICT
                                + "\",\"selectors\":[\"description\"]}]"));
        assertThat(beta.poll()).containsExactly("of parts");

        members("member");

        assertThat(beta.poll()).containsExactly("of parts in full");
        assertThat(beta.poll()).isEmpty();
        assertThat(beta.everything()).containsExactly("of parts in full");
    }

    @Test
    void what_was_suspended_and_comes_back_is_opened_once_more() throws IOException {
        Poller beta = new Poller("Beta");
        admit(tool("for members", STRICT, ""));
        assertThat(beta.poll()).containsExactly("for members");
        members("suspended");
        assertThat(beta.poll()).isEmpty();
        admit(tool("meanwhile", STRICT, ""));
        assertThat(beta.poll()).isEmpty();

        members("member");

        assertThat(beta.poll()).containsExactly("for members", "meanwhile");
        assertThat(beta.everything()).containsExactly("for members", "meanwhile");
    }

    @Test
    void a_change_between_two_restarts_is_not_forgotten() throws IOException {
        members("observer");
        admit(tool("for members", STRICT, ""), tool("for the community", GREEN, ""));
        Poller beta = new Poller("Beta");
        beta.poll();
        node.close();
        members("member");
        node = open();

        assertThat(beta.poll()).containsExactly("for members");
    }

    @Test
    void a_search_that_broke_off_goes_on_without_opening_anything_twice() throws IOException {
        members("observer");
        admit(tool("one", STRICT, ""), tool("two", STRICT, ""), tool("common", GREEN, ""));
        Poller beta = new Poller("Beta");
        beta.poll();
        members("member");
        // The first batch as it would be before a crash: opened, and the reader's sight not yet
        // moved on.
        node.part(Ledger.class)
                .record(new Opening(all.number(), reader("Beta"), List.of(seq("one"))));
        node.close();
        node = open();

        assertThat(beta.poll()).containsExactly("one", "two");
        assertThat(beta.everything()).containsExactly("common", "one", "two");
    }

    private static int reader(String organisation) {
        return node.part(JdbcClient.class)
                .sql("select number from reader where organisation = ? and channel = 'TAXII'")
                .param(node.part(Gate.class).organisations().identity(organisation).toString())
                .query(Integer.class)
                .single();
    }

    private long seq(String name) {
        return node.part(JdbcClient.class)
                .sql("select seq from object_version where object_id = ?")
                .param(id(name))
                .query(Long.class)
                .single();
    }

    @Test
    void newer_versions_and_removals_hold_for_what_was_opened() throws IOException {
        members("observer");
        admit(tool("stays", STRICT, ""), tool("goes", STRICT, ""), tool("changes", STRICT, ""));
        Poller beta = new Poller("Beta");
        beta.poll();
        members("member");
        assertThat(beta.poll()).containsExactly("stays", "goes", "changes");

        admit(
                tool("changes", STRICT, "")
                        .replace("\"modified\":\"2026-01-01", "\"modified\":\"2026-02-01"));
        View own = node.part(Gate.class).view("Alpha", Channel.TAXII);
        node.part(Objects.class)
                .remove(
                        all,
                        new Source("Alpha", "file", null),
                        node.part(ReadObjects.class)
                                .entries(all, own, Query.ALL.withId(id("goes")), null, 10)
                                .items());

        assertThat(beta.poll()).containsExactly("changes");
        assertThat(beta.everything()).containsExactly("stays", "changes");
    }

    @Test
    void what_was_opened_is_made_again_from_the_ledger() throws Exception {
        members("observer");
        admit(tool("for members", STRICT, ""), tool("for the community", GREEN, ""));
        Poller beta = new Poller("Beta");
        beta.poll();
        members("member");
        beta.poll();

        try (Connection connection = node.part(DataSource.class).getConnection()) {
            connection.setAutoCommit(false);
            assertThat(Projections.rebuild(connection, true))
                    .allSatisfy((_, difference) -> assertThat(difference.none()).isTrue());
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        assertThat(beta.everything()).containsExactly("for the community", "for members");
        assertThat(new TreeSet<>(beta.poll())).isEmpty();
    }
}
