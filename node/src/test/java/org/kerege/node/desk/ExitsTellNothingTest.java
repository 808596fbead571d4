package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Two nodes that differ only in what may not be released to Beta answer Beta with the same bytes, on every route that
/// there is and over every page of it, and say nothing of the difference in their logs. One holds, between what Beta may
/// have, objects of every reason to withhold and values in hidden parts, all with a token in them; other readers use it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExitsTellNothingTest {

    private static final String TOKEN = "Zyzzyva";
    private static final String GREEN = DeskNode.GREEN;
    private static final String STRICT = DeskNode.STRICT;
    private static final String RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
    private static final String OWN = "identity--1a2b3c4d-0000-4000-8000-00000000000a";
    private static final UUID COLLECTION = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> visible = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();
    @TempDir private static Path folder;
    private final List<Store> stores = new ArrayList<>();

    /// A node and Beta's two ways to it.
    ///
    /// @param full whether it holds what is withheld
    private record Store(NodeServer node, boolean full, HttpClient browser) {

        String base() {
            return "http://127.0.0.1:" + node.port();
        }
    }

    @BeforeAll
    void start() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        for (boolean full : new boolean[] {false, true}) {
            Path data = Files.createDirectories(folder.resolve(full ? "full" : "bare"));
            Files.writeString(
                    data.resolve("members.yaml"),
                    """
                    organisations:
                      - {name: Alpha, standing: member, identity: %s}
                      - {name: Beta, standing: observer}
                      - {name: Gamma, standing: member}
                    second-person:
                      - {type: campaign}
                    """
                            .formatted(OWN));
            if (full) {
                // One key for both, so that what they seal is comparable.
                Path keys = Files.createDirectories(data.resolve("keys"));
                try (var files = Files.list(folder.resolve("bare/keys"))) {
                    for (Path key : files.toList()) {
                        Files.copy(key, keys.resolve(key.getFileName()));
                    }
                }
            }
            NodeServer node =
                    NodeServer.start(
                            new Settings(
                                    "Alpha",
                                    "Alpha",
                                    data,
                                    "127.0.0.1",
                                    0,
                                    TestDatabases.laidOut(),
                                    Map.of(),
                                    1 << 20),
                            clock);
            Catalogue catalogue = node.part(Catalogue.class);
            catalogue.add(new ApiRoot("alliance", "Alliance", null, 1 << 20, true));
            catalogue.add(COLLECTION, "alliance", "all", "All", null, null, "2.1", true, true);
            Identity identity = node.part(Identity.class);
            identity.putAccount("beta", "Beta", Set.of(Role.values()), null);
            identity.setPassword("beta", DeskNode.PASSWORD);
            identity.putAccount("gamma", "Gamma", Set.of(Role.values()), null);
            identity.setPassword("gamma", DeskNode.PASSWORD);
            stores.add(new Store(node, full, signedIn(node)));
        }
        fill(new Random(20260301));
    }

    @AfterAll
    void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        stores.forEach(store -> store.node().close());
    }

    private static HttpClient signedIn(NodeServer node) {
        HttpClient browser = DeskNode.browser();
        String base = "http://127.0.0.1:" + node.port();
        String form =
                DeskNode.csrf(
                        DeskNode.send(
                                        browser,
                                        HttpRequest.newBuilder(URI.create(base + "/sign-in")))
                                .body());
        DeskNode.send(
                browser,
                HttpRequest.newBuilder(URI.create(base + "/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        form
                                                + "&account=beta&password="
                                                + DeskNode.encoded(DeskNode.PASSWORD))));
        return browser;
    }

    /// What Beta may have comes to both, each in a submission of its own; what it may not have comes in between.
    private void fill(Random random) throws IOException {
        for (int i = 0; i < 24; i++) {
            String id = "tool--" + uuid(random);
            String hidden = "malware--" + uuid(random);
            visible.add(id);
            withheld.add(hidden);
            String part = i % 3 == 0 ? ",\"description\":\"%s\"" : "";
            String granular =
                    i % 3 == 0
                            ? ",\"granular_markings\":[{\"marking_ref\":\""
                                    + STRICT
                                    + "\",\"selectors\":[\"description\"]}]"
                            : "";
            both(object(id, "tool", "Seen " + i, GREEN, part + granular));
            onlyFull(
                    object(
                            hidden,
                            "malware",
                            TOKEN + i,
                            List.of(STRICT, RED, "").get(i % 3),
                            ",\"is_family\":false"));
            both(relation(uuid(random), id, hidden));
            both(
                    object(
                            "note--" + uuid(random),
                            "note",
                            "",
                            GREEN,
                            ",\"content\":\"of both\",\"object_refs\":[\""
                                    + id
                                    + "\",\""
                                    + hidden
                                    + "\"]"));
            onlyFull(object("campaign--" + uuid(random), "campaign", TOKEN + "c" + i, GREEN, ""));
            onlyFull(
                    """
                    {"type":"email-addr","spec_version":"2.1","id":"email-addr--%s","value":"%s%d@example.org",
                     "object_marking_refs":["%s"]}\
                    """
                            .formatted(uuid(random), TOKEN, i, GREEN));
            onlyFull(relation(uuid(random), hidden, id));
            if (i % 4 == 0) {
                both(
                        object(id, "tool", "Seen again " + i, GREEN, "")
                                .replace("\"modified\":\"2026-01-01", "\"modified\":\"2026-02-01"));
                both(
                        object(id, "tool", TOKEN + " hidden version", STRICT, "")
                                .replace("\"modified\":\"2026-01-01", "\"modified\":\"2026-02-02"),
                        true);
            }
            if (i % 6 == 5) {
                others();
            }
        }
    }

    /// Another reader's pages, deliveries and questions.
    private void others() {
        Store full = stores.getLast();
        String list = full.base() + "/alliance/collections/" + COLLECTION + "/objects/";
        DeskNode.send(HttpClient.newHttpClient(), taxii(list, "gamma").GET());
        DeskNode.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(full.base() + "/releases/requests"))
                        .header("Authorization", basic("gamma"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"object\":\"%s\",\"to\":\"us\",\"reason\":\"%s\"}"
                                                .formatted(visible.getFirst(), TOKEN))));
    }

    private static String uuid(Random random) {
        return new UUID(
                        (random.nextLong() & ~0xF000L) | 0x4000L,
                        (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }

    private static String object(String id, String type, String name, String marking, String more) {
        return """
        {"type":"%s","spec_version":"2.1","id":"%s","created_by_ref":"%s",%s
         "created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z"%s%s}\
        """
                .formatted(
                        type,
                        id,
                        OWN,
                        name.isEmpty() ? "" : "\"name\":\"" + name + "\",",
                        marking.isEmpty() ? "" : ",\"object_marking_refs\":[\"" + marking + "\"]",
                        more);
    }

    private static String relation(String uuid, String from, String to) {
        return object(
                "relationship--" + uuid,
                "relationship",
                "",
                GREEN,
                ",\"relationship_type\":\"related-to\",\"source_ref\":\""
                        + from
                        + "\",\"target_ref\":\""
                        + to
                        + "\"");
    }

    /// Hidden values differ: the full node has a token where the other has something else.
    private void both(String object) throws IOException {
        both(object, false);
    }

    private void onlyFull(String object) throws IOException {
        both(object, true);
    }

    private void both(String object, boolean onlyFull) throws IOException {
        for (Store store : stores) {
            if (store.full() || !onlyFull) {
                String its = object.replace("%s", store.full() ? TOKEN + "p" : "otherwise");
                var verdicts =
                        store.node()
                                .part(Intake.class)
                                .admit(
                                        store.node()
                                                .part(Catalogue.class)
                                                .collection("alliance", "all")
                                                .orElseThrow(),
                                        new Source("Alpha", "file", "a"),
                                        new ByteArrayInputStream(
                                                ("{\"objects\":[" + its + "]}")
                                                        .getBytes(StandardCharsets.UTF_8)));
                assertThat(verdicts.refused()).isEmpty();
            }
        }
        clock.advance(Duration.ofSeconds(1));
    }

    private static String basic(String account) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (account + ":" + DeskNode.PASSWORD)
                                        .getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder taxii(String address, String account) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", basic(account))
                .header("Accept", "application/taxii+json;version=2.1");
    }

    /// An answer without what differs between any two nodes: the port, tokens of forms, the date and random identifiers
    /// of statuses.
    private static String plain(Store store, HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(Set.of("date", "set-cookie"));
        return (answer.statusCode() + " " + headers + "\n" + answer.body())
                .replace(":" + store.node().port(), ":PORT")
                .replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "")
                .replaceAll("\"id\":\"[0-9a-f-]{36}\",\"status\"", "\"status\"")
                .replaceAll("\"timestamp\":\"[^\"]*\"", "");
    }

    private List<String> ask(String path) {
        List<String> answers = new ArrayList<>();
        for (Store store : stores) {
            boolean desk = path.startsWith("/desk") || path.equals("/");
            HttpResponse<String> answer =
                    desk
                            ? DeskNode.send(
                                    store.browser(),
                                    HttpRequest.newBuilder(URI.create(store.base() + path)))
                            : DeskNode.send(
                                    HttpClient.newHttpClient(),
                                    taxii(store.base() + path, "beta").GET());
            answers.add(plain(store, answer));
        }
        return answers;
    }

    private void assertAlike(String path) {
        List<String> answers = ask(path);
        assertThat(answers.getLast())
                .as(path)
                .isEqualTo(answers.getFirst())
                // What Beta asked for itself is shown to it again.
                .matches(answer -> path.contains(TOKEN) || !answer.contains(TOKEN));
    }

    /// Every route that is read, with each kind of object in its place.
    private Set<String> routes() {
        Set<String> routes = new HashSet<>();
        for (HandlerMapping mappings :
                Objects.requireNonNull(
                        stores.getLast()
                                .node()
                                .part(DispatcherServlet.class)
                                .getHandlerMappings())) {
            if (mappings instanceof RequestMappingHandlerMapping routed) {
                routed.getHandlerMethods()
                        .keySet()
                        .forEach(mapping -> {
                            if (mapping.getMethodsCondition().getMethods().isEmpty()
                                    || mapping.getMethodsCondition()
                                            .getMethods()
                                            .toString()
                                            .contains("GET")) {
                                routes.addAll(mapping.getPatternValues());
                            }
                        });
            }
        }
        return routes;
    }

    @Test
    void every_route_answers_alike_for_what_is_seen_and_what_is_withheld() {
        List<String> objects =
                List.of(visible.get(0), visible.get(1), withheld.get(0), withheld.get(1));
        int asked = 0;
        for (String route : routes()) {
            // What witnesses see of the ledger is the written exception; the page of one's own
            // account shows a secret
            // made for that page alone.
            if (route.contains("**")
                    || route.equals("/error")
                    || route.equals("/desk/me")
                    || route.startsWith("/log")
                    || route.contains("witness")) {
                continue;
            }
            for (String object : objects) {
                String path =
                        route.replace("{root}", "alliance")
                                .replace("{collection}", COLLECTION.toString())
                                .replace("{id}", object)
                                .replace("{object}", object)
                                .replace("{name}", "desk.css")
                                .replace("/desk/live", "/desk/live?seconds=0");
                if (!path.contains("{")) {
                    assertAlike(path);
                    asked++;
                }
                if (!route.contains("{id}") && !route.contains("{object}")) {
                    break;
                }
            }
        }
        assertThat(asked).isGreaterThan(30);
    }

    @Test
    void pages_cursors_dates_and_counts_are_alike_to_the_end() {
        for (String list : List.of("objects", "manifest")) {
            for (String asked :
                    List.of(
                            "limit=1",
                            "limit=7",
                            "limit=5&match%5Bversion%5D=all",
                            "limit=3&match%5Btype%5D=note,tool")) {
                String first = "/alliance/collections/" + COLLECTION + "/" + list + "/?" + asked;
                String path = first;
                int pages = 0;
                while (path != null && pages++ < 100) {
                    assertAlike(path);
                    Matcher next =
                            Pattern.compile("\"next\":\"([^\"]+)\"").matcher(ask(path).getFirst());
                    path = next.find() ? first + "&next=" + next.group(1) : null;
                }
                assertThat(pages).as(first).isBetween(2, 99);
            }
        }
        for (String query :
                List.of(
                        "q=Seen",
                        "q=" + TOKEN,
                        "q=-" + TOKEN,
                        "q=" + TOKEN.substring(0, 4),
                        "type=malware",
                        "marking=RED",
                        "source=" + OWN,
                        "q=again&before=" + visible.get(4))) {
            assertAlike("/desk/exchange?" + query);
            assertAlike("/desk/suggestions?" + query);
        }
    }

    /// The last: whoever sends an object under an identifier that is taken leaves the two nodes in different states.
    @Test
    @Order(Integer.MAX_VALUE)
    void what_beta_sends_and_asks_is_answered_alike() {
        List<String> bodies =
                List.of(
                        "/alliance/collections/" + COLLECTION + "/objects/",
                        "/releases/requests",
                        "/releases/confirm",
                        "/releases/undo",
                        "/reviews");
        for (String path : bodies) {
            List<String> answers = new ArrayList<>();
            for (Store store : stores) {
                String body =
                        path.startsWith("/alliance")
                                ? "{\"objects\":["
                                        + object(
                                                withheld.get(0),
                                                "malware",
                                                "another's claim",
                                                GREEN,
                                                ",\"is_family\":true")
                                        + "]}"
                                : "{\"object\":\""
                                        + withheld.get(1)
                                        + "\",\"to\":\"us\",\"reason\":\"curious\"}";
                answers.add(
                        plain(
                                store,
                                DeskNode.send(
                                        HttpClient.newHttpClient(),
                                        taxii(store.base() + path, "beta")
                                                .setHeader(
                                                        "Accept",
                                                        path.startsWith("/alliance")
                                                                ? "application/taxii+json;version=2.1"
                                                                : "application/json")
                                                .header(
                                                        "Content-Type",
                                                        path.startsWith("/alliance")
                                                                ? "application/taxii+json;version=2.1"
                                                                : "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString(body)))));
            }
            assertThat(answers.getLast()).as(path).isEqualTo(answers.getFirst());
        }
    }

    @Test
    void no_log_has_a_token_of_it() {
        ask("/alliance/collections/" + COLLECTION + "/objects/" + withheld.get(0) + "/");
        assertThat(log.list)
                .noneMatch(event -> event.getFormattedMessage().contains(TOKEN))
                .noneMatch(event ->
                        event.getThrowableProxy() != null
                                && String.valueOf(event.getThrowableProxy().getMessage())
                                        .contains(TOKEN));
    }
}
