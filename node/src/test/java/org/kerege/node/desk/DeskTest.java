package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.NodeServer;
import org.kerege.node.Settings;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;

/// The desk over HTTP: a real node, its database and its pages.
class DeskTest {

    private static final String PASSWORD = "a long enough password";
    private static final String GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    private static final String RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
    private static final String SHARED = "indicator--11111111-1111-4111-8111-111111111111";
    private static final String WITHHELD = "malware--22222222-2222-4222-8222-222222222222";

    @TempDir static Path folder;
    private static NodeServer node;

    @BeforeAll
    static void start() throws Exception {
        node =
                NodeServer.start(
                        new Settings(
                                "home",
                                "Kerege",
                                folder,
                                "127.0.0.1",
                                0,
                                null,
                                Map.of("guest", "member"),
                                1 << 20));
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot("alliance", "Alliance", null, 1 << 20, true));
        catalogue.add(UUID.randomUUID(), "alliance", "all", "All", null, GREEN, "2.1", true, true);
        account("anna", "home", Set.of(Role.values()));
        account("guest", "guest", Set.of(Role.READER));
        publish();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void account(String name, String organisation, Set<Role> roles) {
        Identity identity = node.part(Identity.class);
        identity.putAccount(name, organisation, roles, null);
        identity.setPassword(name, PASSWORD);
    }

    private static void publish() throws IOException, InterruptedException {
        String objects =
                """
                {"objects":[
                {"type":"indicator","spec_version":"2.1","id":"%s","created":"2026-01-01T00:00:00.000Z",
                 "modified":"2026-01-01T00:00:00.000Z","name":"<script>alert(1)</script>\\u202egpj",
                 "pattern":"[ipv4-addr:value = '198.51.100.7']","pattern_type":"stix",
                 "valid_from":"2026-01-01T00:00:00Z","object_marking_refs":["%s"]},
                {"type":"malware","spec_version":"2.1","id":"%s","created":"2026-01-01T00:00:00.000Z",
                 "modified":"2026-01-01T00:00:00.000Z","name":"Quietfox","is_family":true,
                 "object_marking_refs":["%s"]}]}\
                """
                        .formatted(SHARED, GREEN, WITHHELD, RED);
        String basic =
                java.util.Base64.getEncoder()
                        .encodeToString(("anna:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(at("/alliance/collections/all/objects/"))
                                        .header("Authorization", "Basic " + basic)
                                        .header("Accept", "application/taxii+json;version=2.1")
                                        .header(
                                                "Content-Type",
                                                "application/taxii+json;version=2.1")
                                        .POST(HttpRequest.BodyPublishers.ofString(objects))
                                        .build(),
                                BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"failure_count\":0");
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + node.port() + path);
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    private static HttpResponse<String> get(HttpClient browser, String path)
            throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient browser, String path, String form)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String csrf(String page) {
        Matcher field = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();
        return "_csrf=" + URLEncoder.encode(field.group(1), StandardCharsets.UTF_8);
    }

    private static HttpClient signedIn(String account) throws IOException, InterruptedException {
        HttpClient browser = browser();
        String form = csrf(get(browser, "/sign-in").body());
        HttpResponse<String> answer =
                post(
                        browser,
                        "/sign-in",
                        form + "&account=" + account + "&password=" + PASSWORD.replace(' ', '+'));
        assertThat(answer.statusCode()).isEqualTo(302);
        return browser;
    }

    @Test
    void sends_nobody_to_the_sign_in() throws Exception {
        HttpResponse<String> answer = get(browser(), "/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
    }

    @Test
    void refuses_a_form_without_its_token() throws Exception {
        assertThat(post(browser(), "/sign-in", "account=anna&password=x").statusCode())
                .isEqualTo(403);
    }

    @Test
    void refuses_a_wrong_password() throws Exception {
        HttpClient browser = browser();
        String form = csrf(get(browser, "/sign-in").body());
        assertThat(post(browser, "/sign-in", form + "&account=anna&password=x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void accepts_an_invitation_once() throws Exception {
        node.part(Identity.class).putAccount("new", "home", Set.of(Role.READER), null);
        String invitation = node.part(Identity.class).newInvitation("new");
        HttpClient browser = browser();
        String form = csrf(get(browser, "/welcome?invitation=" + invitation).body());
        String tooShort = form + "&invitation=" + invitation + "&password=short";
        assertThat(post(browser, "/welcome", tooShort).statusCode()).isEqualTo(422);
        String sent = form + "&invitation=" + invitation + "&password=twelve+letters";
        assertThat(post(browser, "/welcome", sent).statusCode()).isEqualTo(302);
        assertThat(post(browser, "/welcome", sent).statusCode()).isEqualTo(410);
    }

    @Test
    void shuts_out_foreign_scripts_frames_and_caches() throws Exception {
        var headers = get(browser(), "/sign-in").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options").orElse("")).isEqualTo("nosniff");
    }

    @Test
    void keeps_cookies_from_scripts_and_other_sites() throws Exception {
        HttpClient browser = browser();
        HttpResponse<String> page = get(browser, "/sign-in");
        assertThat(page.headers().allValues("Set-Cookie"))
                .as("a session is not made before somebody signs in")
                .singleElement()
                .asString()
                .contains("kerege-form=", "HttpOnly", "SameSite=Strict");

        HttpResponse<String> entered =
                post(
                        browser,
                        "/sign-in",
                        csrf(page.body()) + "&account=anna&password=" + PASSWORD.replace(' ', '+'));

        assertThat(entered.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).contains("kerege=", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void keeps_administration_to_administrators() throws Exception {
        assertThat(get(signedIn("guest"), "/desk/administration").statusCode()).isEqualTo(403);
        assertThat(get(signedIn("anna"), "/desk/administration").statusCode()).isEqualTo(200);
    }

    @Test
    void shows_script_and_turned_text_as_what_they_are() throws Exception {
        String page = get(signedIn("anna"), "/desk/object/" + SHARED).body();
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;⟦U+202E⟧gpj")
                .doesNotContain("<script>alert", "\u202e");
    }

    @Test
    void leaves_no_trace_of_what_is_withheld() throws Exception {
        HttpClient guest = signedIn("guest");
        assertThat(get(signedIn("anna"), "/").body()).contains("Quietfox");
        assertThat(get(guest, "/").body()).contains(SHARED).doesNotContain("malware");
        assertThat(get(guest, "/desk/exchange?q=Quietfox").body()).doesNotContain("malware");
        String unknown = "malware--33333333-3333-4333-8333-333333333333";
        HttpResponse<String> withheld = get(guest, "/desk/object/" + WITHHELD);
        assertThat(withheld.statusCode()).isEqualTo(404);
        assertThat(get(guest, "/desk/object/" + unknown).statusCode()).isEqualTo(404);
    }

    @Test
    void ends_a_session_at_sign_out() throws Exception {
        HttpClient browser = signedIn("anna");
        post(browser, "/sign-out", csrf(get(browser, "/").body()));
        assertThat(get(browser, "/").statusCode()).isEqualTo(302);
    }

    @Test
    void ends_a_session_whose_password_was_changed() throws Exception {
        account("moved", "home", Set.of(Role.READER));
        HttpClient browser = signedIn("moved");
        assertThat(get(browser, "/").statusCode()).isEqualTo(200);

        node.part(Identity.class).setPassword("moved", "another long password");

        assertThat(get(browser, "/").statusCode()).isEqualTo(302);
    }

    @Test
    void follows_a_change_of_roles_at_once() throws Exception {
        account("promoted", "home", Set.of(Role.READER));
        HttpClient browser = signedIn("promoted");
        assertThat(get(browser, "/desk/administration").statusCode()).isEqualTo(403);

        node.part(Identity.class).putAccount("promoted", "home", Set.of(Role.ADMINISTRATOR), null);

        assertThat(get(browser, "/desk/administration").statusCode()).isEqualTo(200);
        assertThat(get(browser, "/desk/exchange").statusCode()).isEqualTo(403);
    }

    @Test
    void says_everything_in_every_language() {
        Set<String> english = keys("en");
        assertThat(keys("ru")).isEqualTo(english);
        assertThat(keys("ky")).isEqualTo(english);
    }

    private static Set<String> keys(String language) {
        return ResourceBundle.getBundle("desk.words_" + language, java.util.Locale.ROOT).keySet();
    }
}
