package org.kerege.node.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.command.ReleaseCommand;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

/// The gate as readers of a running node meet it, over TAXII.
class GateOnNodeTest {

    private static final String GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    private static final String STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003";
    private static final String OWN = "identity--1a2b3c4d-0000-4000-8000-00000000000a";

    @TempDir private static Path folder;
    private static NodeServer node;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("members.yaml"), members("member"));
        node =
                NodeServer.start(
                        new Settings(
                                "Alpha",
                                "Node of Alpha",
                                folder,
                                "127.0.0.1",
                                0,
                                TestDatabases.laidOut(),
                                Map.of(),
                                1 << 20));
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot("root", "Root", null, 1 << 20, true));
        for (String alias : new String[] {"late", "parts", "refs", "members"}) {
            catalogue.add(UUID.randomUUID(), "root", alias, alias, null, null, "2.1", true, true);
        }
        Identity identity = node.part(Identity.class);
        for (String organisation : new String[] {"Alpha", "Beta", "Gamma"}) {
            identity.putAccount(organisation, organisation, Set.of(Role.values()), null);
            identity.setPassword(organisation, "secret of " + organisation);
        }
        base = "http://127.0.0.1:" + node.port() + "/root/collections/";
    }

    private static String members(String standingOfBeta) {
        return """
        organisations:
          - {name: Alpha, standing: member, identity: %s}
          - {name: Beta, standing: %s}
        """
                .formatted(OWN, standingOfBeta);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> get(String who, String path) throws Exception {
        return send(who, HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private static void post(String who, String collection, String... objects) throws Exception {
        HttpResponse<String> answer =
                send(
                        who,
                        HttpRequest.newBuilder(URI.create(base + collection + "/objects/"))
                                .header("Content-Type", "application/taxii+json;version=2.1")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"objects\":["
                                                        + String.join(",", objects)
                                                        + "]}")));
        assertThat(answer.body()).contains("\"failure_count\":0");
    }

    private static HttpResponse<String> send(String who, HttpRequest.Builder request)
            throws Exception {
        String credentials =
                Base64.getEncoder()
                        .encodeToString(
                                (who + ":secret of " + who).getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    request.header("Authorization", "Basic " + credentials)
                            .header("Accept", "application/taxii+json;version=2.1")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String id(String type, String name) {
        return type + "--" + UUID.nameUUIDFromBytes((type + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String object(String type, String name, String marking, String... more) {
        return """
        {"type":"%s","spec_version":"2.1","id":"%s","created_by_ref":"%s",
         "created":"2025-01-01T00:00:00.000Z","modified":"2025-01-01T00:00:00.000Z"%s%s}\
        """
                .formatted(
                        type,
                        id(type, name),
                        OWN,
                        marking.isEmpty() ? "" : ",\"object_marking_refs\":[\"" + marking + "\"]",
                        String.join("", Arrays.stream(more).map(part -> "," + part).toList()));
    }

    private static String tool(String name, String marking, String... more) {
        String[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = "\"name\":\"" + name + "\"";
        return object("tool", name, marking, all);
    }

    private static String relationship(String name, String from, String to) {
        return object(
                "relationship",
                name,
                GREEN,
                "\"relationship_type\":\"related-to\"",
                "\"source_ref\":\"" + id("tool", from) + "\"",
                "\"target_ref\":\"" + id("tool", to) + "\"");
    }

    @Test
    void a_withheld_object_and_one_that_is_not_held_are_answered_alike() throws Exception {
        post("Alpha", "refs", tool("kept at home", ""));

        HttpResponse<String> withheld =
                get("Beta", "refs/objects/" + id("tool", "kept at home") + "/");
        HttpResponse<String> missing = get("Beta", "refs/objects/" + id("tool", "nowhere") + "/");

        assertThat(withheld.statusCode()).isEqualTo(missing.statusCode()).isEqualTo(404);
        assertThat(withheld.body()).isEqualTo(missing.body());
        assertThat(get("Alpha", "refs/objects/" + id("tool", "kept at home") + "/").statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_waited_for_a_referent_reaches_its_reader_by_a_new_addition() throws Exception {
        post("Alpha", "late", tool("first", GREEN), relationship("waiting", "first", "second"));
        HttpResponse<String> before = get("Beta", "late/objects/");
        assertThat(before.body()).contains(id("tool", "first")).doesNotContain("relationship--");
        String cursor = before.headers().firstValue("X-TAXII-Date-Added-Last").orElseThrow();

        post("Alpha", "late", tool("second", GREEN));

        HttpResponse<String> after = get("Beta", "late/objects/?added_after=" + cursor);
        assertThat(after.body())
                .contains(id("tool", "second"))
                .contains(id("relationship", "waiting"))
                .doesNotContain("\"id\":\"" + id("tool", "first"));
        String holder = get("Alpha", "late/objects/").body();
        assertThat(holder.split("\"id\":\"relationship--", -1)).hasSize(2);
    }

    @Test
    void a_marked_part_is_cut_from_what_others_get() throws Exception {
        post(
                "Alpha",
                "parts",
                tool(
                        "two parts",
                        GREEN,
                        "\"description\":\"bought by the finance office\"",
                        "\"granular_markings\":[{\"marking_ref\":\""
                                + STRICT
                                + "\",\"selectors\":[\"description\"]}]"));

        // AMBER+STRICT from its source reaches members; Gamma is a stranger, so nothing does.
        assertThat(get("Beta", "parts/objects/").body()).contains("finance office");
        assertThat(get("Gamma", "parts/objects/").body()).isEqualTo("{\"more\":false}");
    }

    @Test
    void a_change_of_members_holds_from_the_next_second_on() throws Exception {
        post("Alpha", "members", tool("for members", STRICT));
        assertThat(get("Beta", "members/objects/").body()).contains("for members");

        Files.writeString(folder.resolve("members.yaml"), members("suspended"));
        Files.setLastModifiedTime(
                folder.resolve("members.yaml"), FileTime.from(Instant.EPOCH.plusSeconds(1)));
        node.part(Gate.class).alliance().lookAgainNow();

        assertThat(get("Beta", "members/objects/").body()).isEqualTo("{\"more\":false}");
        Files.writeString(folder.resolve("members.yaml"), members("member"));
        node.part(Gate.class).alliance().lookAgainNow();
        assertThat(get("Beta", "members/objects/").body()).contains("for members");
    }

    @Test
    void the_command_line_explains_what_readers_meet() throws Exception {
        Postgres database = node.part(Postgres.class);
        Files.writeString(
                folder.resolve("kerege.yaml"),
                """
                organisation: Alpha
                data: .
                database.url: %s
                database.password: "%s"
                """
                        .formatted(database.url(), database.password()));
        post("Alpha", "refs", tool("explained", STRICT));
        get("Beta", "refs/objects/");

        assertThat(release("explain", "--json"))
                .contains("\"organisation\":\"Beta\"", "\"code\":\"CHOSEN_BY_SOURCE\"");
        assertThat(release("explain", "--to", "Gamma", "--language", "ky"))
                .contains("withhold", "коомдоштукка кирбейт");
        assertThat(release("deliveries")).contains("Beta", "since");
    }

    private static String release(String what, String... options) {
        StringWriter out = new StringWriter();
        String[] line = new String[options.length + 4];
        line[0] = what;
        line[1] = id("tool", "explained");
        line[2] = "--settings";
        line[3] = folder.resolve("kerege.yaml").toString();
        System.arraycopy(options, 0, line, 4, options.length);
        new CommandLine(new ReleaseCommand()).setOut(new PrintWriter(out)).execute(line);
        return out.toString();
    }

    @Test
    void a_page_for_others_is_on_record_before_it_leaves() throws Exception {
        post("Alpha", "refs", tool("delivered", GREEN));
        get("Beta", "refs/objects/");

        assertThat(
                        node.part(JdbcClient.class)
                                .sql("select count(*) from delivery where recipient = 'Beta'")
                                .query(Long.class)
                                .single())
                .isPositive();
    }
}
