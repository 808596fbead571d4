package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;

/// The desk over HTTP: a real node, its database and its pages.
@ExtendWith(DeskNode.Shared.class)
class DeskTest {

    private final DeskNode desk;

    DeskTest(DeskNode desk) {
        this.desk = desk;
    }

    @Test
    void sends_nobody_to_the_sign_in() {
        HttpResponse<String> answer = desk.get(DeskNode.browser(), "/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
    }

    @Test
    void refuses_a_form_without_its_token() {
        assertThat(
                        desk.post(DeskNode.browser(), "/sign-in", "account=anna&password=x")
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void refuses_a_wrong_password() {
        HttpClient browser = DeskNode.browser();
        String form = DeskNode.csrf(desk.get(browser, "/sign-in").body());
        assertThat(desk.post(browser, "/sign-in", form + "&account=anna&password=x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void accepts_an_invitation_once() {
        desk.node.part(Identity.class).putAccount("new", "home", Set.of(Role.READER), null);
        String invitation = desk.node.part(Identity.class).newInvitation("new");
        HttpClient browser = DeskNode.browser();
        String form = DeskNode.csrf(desk.get(browser, "/welcome?invitation=" + invitation).body());
        String tooShort = form + "&invitation=" + invitation + "&password=short";
        assertThat(desk.post(browser, "/welcome", tooShort).statusCode()).isEqualTo(422);
        String sent = form + "&invitation=" + invitation + "&password=twelve+letters";
        assertThat(desk.post(browser, "/welcome", sent).statusCode()).isEqualTo(302);
        assertThat(desk.post(browser, "/welcome", sent).statusCode()).isEqualTo(410);
    }

    @Test
    void shuts_out_foreign_scripts_frames_and_caches() {
        var headers = desk.get(DeskNode.browser(), "/sign-in").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options").orElse("")).isEqualTo("nosniff");
    }

    @Test
    void keeps_cookies_from_scripts_and_other_sites() {
        HttpClient browser = DeskNode.browser();
        HttpResponse<String> page = desk.get(browser, "/sign-in");
        assertThat(page.headers().allValues("Set-Cookie"))
                .as("a session is not made before somebody signs in")
                .singleElement()
                .asString()
                .contains("kerege-form=", "HttpOnly", "SameSite=Strict");

        HttpResponse<String> entered =
                desk.post(
                        browser,
                        "/sign-in",
                        DeskNode.csrf(page.body())
                                + "&account=anna&password="
                                + DeskNode.encoded(DeskNode.PASSWORD));

        assertThat(entered.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).contains("kerege=", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void keeps_administration_to_administrators() {
        assertThat(desk.get(desk.signedIn("guest"), "/desk/administration").statusCode())
                .isEqualTo(403);
        assertThat(desk.get(desk.signedIn("anna"), "/desk/administration").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shows_script_and_turned_text_as_what_they_are() {
        String page = desk.get(desk.signedIn("anna"), "/desk/object/" + DeskNode.HOSTILE).body();
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "⟦U+202E⟧gpj.exe⟦U+200B⟧")
                .doesNotContain("<script>alert", "<img", "\u202e", "\u200b");
    }

    @Test
    void leaves_no_trace_of_what_is_withheld() {
        HttpClient guest = desk.signedIn("guest");
        HttpClient anna = desk.signedIn("anna");
        assertThat(desk.get(anna, "/desk/exchange?q=Hiddenwolf").body())
                .contains(DeskNode.WITHHELD);
        assertThat(desk.get(guest, "/desk/exchange?q=Hiddenwolf").body())
                .doesNotContain(DeskNode.WITHHELD);
        assertThat(desk.get(guest, "/desk/exchange").body())
                .contains("Quietfox")
                .doesNotContain("Hiddenwolf", DeskNode.WITHHELD);
        assertThat(desk.get(guest, "/desk/object/" + DeskNode.INDICATOR).body())
                .contains("Quietfox")
                .doesNotContain("Hiddenwolf", DeskNode.WITHHELD);
        String unknown = "malware--00000000-3333-4333-8333-333333333333";
        HttpResponse<String> withheld = desk.get(guest, "/desk/object/" + DeskNode.WITHHELD);
        assertThat(withheld.statusCode()).isEqualTo(404);
        HttpResponse<String> absent = desk.get(guest, "/desk/object/" + unknown);
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(body(withheld)).isEqualTo(body(absent));
    }

    /// A page without what differs each time: the forms' tokens, and the address that was asked for.
    private static String body(HttpResponse<String> answer) {
        return answer.body().replaceAll("name=\"(_csrf|back)\" value=\"[^\"]*\"", "");
    }

    @Test
    void ends_a_session_at_sign_out() {
        HttpClient browser = desk.signedIn("anna");
        desk.post(browser, "/sign-out", DeskNode.csrf(desk.get(browser, "/").body()));
        assertThat(desk.get(browser, "/").statusCode()).isEqualTo(302);
    }

    @Test
    void ends_a_session_whose_password_was_changed() {
        desk.account("moved", "home", Set.of(Role.READER));
        HttpClient browser = desk.signedIn("moved");
        assertThat(desk.get(browser, "/").statusCode()).isEqualTo(200);

        desk.node.part(Identity.class).setPassword("moved", "another long password");

        assertThat(desk.get(browser, "/").statusCode()).isEqualTo(302);
    }

    @Test
    void follows_a_change_of_roles_at_once() {
        desk.account("promoted", "home", Set.of(Role.READER));
        HttpClient browser = desk.signedIn("promoted");
        assertThat(desk.get(browser, "/desk/administration").statusCode()).isEqualTo(403);

        desk.node
                .part(Identity.class)
                .putAccount("promoted", "home", Set.of(Role.ADMINISTRATOR), null);

        assertThat(desk.get(browser, "/desk/administration").statusCode()).isEqualTo(200);
        assertThat(desk.get(browser, "/desk/exchange").statusCode()).isEqualTo(403);
    }

    @Test
    void weighs_at_most_150_kilobytes_a_page_with_all_that_it_loads() {
        HttpClient anna = desk.signedIn("anna");
        for (String address :
                List.of(
                        "/",
                        "/desk/exchange",
                        "/desk/object/" + DeskNode.INDICATOR,
                        "/desk/me",
                        "/desk/administration",
                        "/desk/audit",
                        "/desk/publish")) {
            String page = desk.get(anna, address).body();
            int bytes = page.getBytes(StandardCharsets.UTF_8).length;
            Matcher loaded = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(page);
            while (loaded.find()) {
                bytes +=
                        desk.get(anna, loaded.group(1))
                                .body()
                                .getBytes(StandardCharsets.UTF_8)
                                .length;
            }
            assertThat(bytes).as(address).isLessThanOrEqualTo(150_000);
        }
    }

    @Test
    void says_everything_in_every_language() {
        Set<String> english = keys("en");
        assertThat(keys("ru")).isEqualTo(english);
        assertThat(keys("ky")).isEqualTo(english);
    }

    private static Set<String> keys(String language) {
        return ResourceBundle.getBundle("desk.words_" + language, Locale.ROOT).keySet();
    }
}
