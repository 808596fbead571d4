package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.charter.alliance.SampleAlliance;
import org.kerege.charter.rotation.Tenure;
import org.kerege.charter.rule.Position;
import org.kerege.node.TestStore;
import org.kerege.node.council.Council;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;

/// The charter's pages on a node with the sample alliance, on 1 February 2025.
class CharterPagesTest {

    @TempDir private static Path data;

    private static NodeServer node;

    @BeforeAll
    static void start() throws IOException {
        SampleAlliance.create(data.resolve("charter"));
        node =
                NodeServer.start(
                        new Settings(
                                "Alpha",
                                "A test",
                                data,
                                "127.0.0.1",
                                0,
                                TestDatabases.laidOut(),
                                Map.of("Visitor", "partner"),
                                1 << 20),
                        Clock.fixed(Instant.parse("2025-02-01T00:00:00Z"), ZoneOffset.UTC));
        TestStore.layOut(node);
        Identity identity = node.part(Identity.class);
        for (String organisation : List.of("Armenia", "Visitor")) {
            identity.putAccount(organisation, organisation, Set.of(Role.READER), null);
            identity.setPassword(organisation, TestStore.PASSWORD);
        }
        node.part(Council.class).round();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> get(HttpClient browser, String path) {
        return DeskNode.send(browser, HttpRequest.newBuilder(uri(path)));
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + node.port() + path);
    }

    private static HttpClient signedIn(String account) {
        HttpClient browser = DeskNode.browser();
        String form = DeskNode.csrf(get(browser, "/sign-in").body());
        HttpResponse<String> answer =
                DeskNode.send(
                        browser,
                        HttpRequest.newBuilder(uri("/sign-in"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                form
                                                        + "&account="
                                                        + account
                                                        + "&password="
                                                        + DeskNode.encoded(TestStore.PASSWORD))));
        assertThat(answer.statusCode()).isEqualTo(302);
        return browser;
    }

    @Test
    void shows_a_member_who_chairs_and_how_it_was_decided() {
        String page = get(signedIn("Armenia"), "/desk/charter").body();
        String chair = page.substring(page.indexOf("id=\"chair\""), page.indexOf("id=\"next\""));
        assertThat(chair)
                .contains("Kyrgyzstan", "2025-12-31T18:00:00Z", "2026-01-01 00:00 (Asia/Bishkek)");
        assertThat(page.substring(page.indexOf("id=\"next\""))).contains("Russia");
        assertThat(page)
                .contains("Session of the council", "The next chair and its term")
                .contains("5 of 6 present", "Armenia</bdi>: absent", "consensus");
    }

    @Test
    void tells_a_member_on_the_home_page_until_when_the_chair_holds() {
        assertThat(get(signedIn("Armenia"), "/").body())
                .contains("Kyrgyzstan</a>", "until 2025-12-31 18:00 UTC", "href=\"/desk/charter\"");
    }

    @Test
    void shows_a_partner_nothing_of_it() {
        HttpClient visitor = signedIn("Visitor");
        HttpResponse<String> page = get(visitor, "/desk/charter");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body() + get(visitor, "/").body())
                .doesNotContain("Kyrgyzstan", "href=\"/desk/charter");
        assertThat(get(visitor, "/desk/charter.ics").statusCode()).isEqualTo(404);
    }

    @Test
    void gives_terms_and_sessions_as_a_calendar() {
        String feed = get(signedIn("Armenia"), "/desk/charter.ics").body();
        List<String> lines = Arrays.asList(feed.replace("\r\n ", "").split("\r\n"));
        assertThat(feed.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(feed.split("\r\n"))
                .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        assertThat(lines.getFirst()).isEqualTo("BEGIN:VCALENDAR");
        assertThat(lines.getLast()).isEqualTo("END:VCALENDAR");
        assertThat(lines)
                .contains(
                        "SUMMARY:Chair: Kyrgyzstan",
                        "DTSTART:20241231T180000Z",
                        "DTEND:20251231T180000Z",
                        "SUMMARY:Session of the council",
                        "LOCATION:Astana")
                .allMatch(line -> line.matches("[A-Z-]+(;[A-Z]+=[A-Z]+)?:.*"));
        assertThat(lines.stream().filter("BEGIN:VEVENT"::equals).count())
                .isEqualTo(lines.stream().filter(line -> line.startsWith("UID:")).count())
                .isEqualTo(lines.stream().filter("END:VEVENT"::equals).count());
    }

    @Test
    void shows_a_session_with_its_record_and_that_it_is_closed() {
        assertThat(get(signedIn("Armenia"), "/desk/charter").body())
                .contains("Five members were present.", "its acts are a fixed set");
    }

    @Test
    void a_calendar_application_reads_by_an_address_that_its_reader_can_revoke() {
        HttpClient browser = signedIn("Armenia");
        HttpClient application = HttpClient.newHttpClient();
        String address = feed(browser);
        HttpResponse<String> first = get(application, address);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("SUMMARY:Chair: Kyrgyzstan");
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        String again = feed(browser);
        assertThat(get(application, address).statusCode()).isEqualTo(404);
        assertThat(get(application, again).statusCode()).isEqualTo(200);
        post(browser, "/desk/charter/feed/revoke");
        assertThat(get(application, again).statusCode()).isEqualTo(404);
        assertThat(get(application, "/calendar.ics?of=none").statusCode()).isEqualTo(404);
    }

    @Test
    void a_reader_who_is_no_member_gets_no_address() {
        assertThat(post(signedIn("Visitor"), "/desk/charter/feed").statusCode()).isEqualTo(404);
    }

    private static String feed(HttpClient browser) {
        String page = post(browser, "/desk/charter/feed").body();
        String address =
                page.replaceAll(
                        "(?s).*<code id=\"feed\">http://[^/]+(/calendar[.]ics[^<]+)</code>.*",
                        "$1");
        assertThat(address).matches("/calendar\\.ics\\?of=[A-Za-z0-9_-]{43}");
        return address;
    }

    private static HttpResponse<String> post(HttpClient browser, String path) {
        String form = DeskNode.csrf(get(browser, "/desk/exchange").body());
        return DeskNode.send(
                browser,
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    @Test
    void has_a_word_for_whatever_the_charter_can_say() {
        Words words = new Words("ky");
        for (Tenure.Basis basis : Tenure.Basis.values()) {
            assertThat(words.of("basis." + basis)).isNotBlank();
        }
        for (Position position : Position.values()) {
            assertThat(words.of("as." + position.name().toLowerCase(java.util.Locale.ROOT)))
                    .isNotBlank();
        }
    }
}
