package org.kerege.node.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One node for all tests of the desk, with accounts of each role, objects to read, and some that are withheld from
/// the organisation `guest`. Tests add to it and take nothing away.
final class DeskNode implements AutoCloseable {

    static final String PASSWORD = "a long enough password";
    static final String GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    static final String STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003";
    static final String INDICATOR = "indicator--11111111-1111-4111-8111-111111111111";
    static final String MALWARE = "malware--22222222-2222-4222-8222-222222222222";
    static final String WITHHELD = "malware--33333333-3333-4333-8333-333333333333";
    static final String HOSTILE = "malware--44444444-4444-4444-8444-444444444444";
    static final String SIGHTING = "sighting--55555555-5555-4555-8555-555555555555";
    static final String MEMBER = "identity--66666666-6666-4666-8666-666666666666";

    /// What a hostile member would write.
    static final String SCRIPT =
            "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='alert(3)";

    /// A name that reads as a picture's and is a program's, with a character of no width.
    static final String TURNED = "\u202egpj.exe\u200b";

    private final Map<String, HttpClient> sessions = new ConcurrentHashMap<>();
    private final Path folder;
    final NodeServer node;

    private DeskNode() throws IOException {
        folder = Files.createTempDirectory("desk");
        node =
                NodeServer.start(
                        new Settings(
                                "home",
                                "Kerege",
                                folder,
                                "127.0.0.1",
                                0,
                                TestDatabases.laidOut(),
                                Map.of("guest", "member", "watcher", "observer"),
                                1 << 20),
                        ChairPanel.class);
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot("alliance", "Alliance", null, 1 << 20, true));
        catalogue.add(UUID.randomUUID(), "alliance", "all", "All", null, GREEN, "2.1", true, true);
        account("anna", "home", Set.of(Role.values()));
        for (Role role : Role.values()) {
            account(account(role), "home", Set.of(role));
        }
        account("guest", "guest", Set.of(Role.READER));
        admit(
                identity(MEMBER, "Power grid of the north"),
                indicator("2026-01-01T00:00:00.000Z", "Beacon", "198.51.100.7"),
                indicator("2026-01-02T00:00:00.000Z", "Beacon of Quietfox", "198.51.100.8"),
                malware(MALWARE, "Quietfox", "Loads further programs from 198.51.100.8.", GREEN),
                malware(WITHHELD, "Hiddenwolf", "Known here alone.", STRICT),
                malware(HOSTILE, SCRIPT + TURNED, SCRIPT + "\0" + "x".repeat(100_000), GREEN),
                relationship(INDICATOR, "indicates", MALWARE),
                relationship(INDICATOR, "indicates", WITHHELD),
                relationship(HOSTILE, "related-to", MALWARE),
                sighting());
    }

    /// The account that has this role alone.
    static String account(Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT);
    }

    void account(String name, String organisation, Set<Role> roles) {
        Identity identity = node.part(Identity.class);
        identity.putAccount(name, organisation, roles, null);
        identity.setPassword(name, PASSWORD);
    }

    Collection collection() {
        return node.part(Catalogue.class).collection("alliance", "all").orElseThrow();
    }

    /// Takes objects in as the node's own.
    void admit(String... objects) {
        List<BundleReader.Item> items = new ArrayList<>();
        for (String object : objects) {
            items.add(
                    new BundleReader.Item.Read(
                            items.size(),
                            StixObject.read(object.getBytes(StandardCharsets.UTF_8))));
        }
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(collection(), new Source("home", "file", null), items);
        if (!verdicts.refused().isEmpty()) {
            throw new IllegalStateException(verdicts.refused().toString());
        }
    }

    private static String common(String type, String id, String modified, String marking) {
        return """
        "type":"%s","spec_version":"2.1","id":"%s","created":"2026-01-01T00:00:00.000Z",
        "modified":"%s","object_marking_refs":["%s"],"created_by_ref":"%s"\
        """
                .formatted(type, id, modified, marking, MEMBER);
    }

    static String identity(String id, String name) {
        return """
        {"type":"identity","spec_version":"2.1","id":"%s","created":"2026-01-01T00:00:00.000Z",
        "modified":"2026-01-01T00:00:00.000Z","object_marking_refs":["%s"],
        "name":"%s","identity_class":"organization"}\
        """
                .formatted(id, GREEN, name);
    }

    static String malware(String id, String name, String description, String marking) {
        return "{%s,\"name\":%s,\"description\":%s,\"is_family\":true}"
                .formatted(
                        common("malware", id, "2026-01-01T00:00:00.000Z", marking),
                        Json.mapper().writeValueAsString(name),
                        Json.mapper().writeValueAsString(description));
    }

    private static String indicator(String modified, String name, String address) {
        return """
        {%s,"name":"%s","description":"Calls home every hour.","indicator_types":["malicious-activity"],
        "pattern":"[ipv4-addr:value = '%s']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}\
        """
                .formatted(common("indicator", INDICATOR, modified, GREEN), name, address);
    }

    static String relationship(String from, String type, String to) {
        return "{%s,\"relationship_type\":\"%s\",\"source_ref\":\"%s\",\"target_ref\":\"%s\"}"
                .formatted(
                        common(
                                "relationship",
                                "relationship--" + UUID.randomUUID(),
                                "2026-01-01T00:00:00.000Z",
                                GREEN),
                        type,
                        from,
                        to);
    }

    private static String sighting() {
        return """
        {%s,"sighting_of_ref":"%s","count":3,"first_seen":"2026-01-03T08:00:00Z",
        "last_seen":"2026-01-05T08:00:00Z","where_sighted_refs":["%s"]}\
        """
                .formatted(
                        common("sighting", SIGHTING, "2026-01-01T00:00:00.000Z", GREEN),
                        INDICATOR,
                        MEMBER);
    }

    String base() {
        return "http://127.0.0.1:" + node.port();
    }

    /// The same node at the address that browsers take passkeys at.
    String named() {
        return "http://localhost:" + node.port();
    }

    /// Lets the last proof of who an account's sessions belong to be old.
    void age(String account) {
        node.part(JdbcClient.class)
                .sql("update web_session set proved = proved - interval '1 hour' where account = ?")
                .param(account)
                .update();
    }

    static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    HttpResponse<String> get(HttpClient browser, String path) {
        return send(browser, HttpRequest.newBuilder(URI.create(base() + path)));
    }

    HttpResponse<String> post(HttpClient browser, String path, String form) {
        return send(
                browser,
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The token of a page's forms, as a field.
    static String csrf(String page) {
        Matcher field = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        if (!field.find()) {
            throw new AssertionError("the page has no form");
        }
        return "_csrf=" + encoded(field.group(1));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpClient signedIn(String account) {
        HttpClient browser = browser();
        String form = csrf(get(browser, "/sign-in").body());
        HttpResponse<String> answer =
                post(
                        browser,
                        "/sign-in",
                        form + "&account=" + account + "&password=" + encoded(PASSWORD));
        if (answer.statusCode() != 302) {
            throw new AssertionError("sign-in of " + account + ": " + answer.statusCode());
        }
        return browser;
    }

    /// A browser that signed in before, or does so now: for tests that leave the session as it is.
    HttpClient signedInOnce(String account) {
        return sessions.computeIfAbsent(account, this::signedIn);
    }

    @Override
    public void close() throws IOException {
        node.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Hands the node to a test class; it is started with the first and stopped after the last.
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == DeskNode.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(DeskNode.class))
                    .computeIfAbsent(
                            DeskNode.class,
                            _ -> {
                                try {
                                    return new DeskNode();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
