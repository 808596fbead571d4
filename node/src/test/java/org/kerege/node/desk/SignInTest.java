package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.Codes;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.identity.Sessions;

/// The ways in, and what is proved again, over HTTP.
@ExtendWith(DeskNode.Shared.class)
class SignInTest {

    private final DeskNode desk;

    SignInTest(DeskNode desk) {
        this.desk = desk;
    }

    private String account(Role... roles) {
        String name = "person-" + UUID.randomUUID();
        desk.account(name, "home", Set.of(roles));
        return name;
    }

    private HttpResponse<String> post(HttpClient browser, String page, String to, String fields) {
        String form = DeskNode.csrf(desk.get(browser, page).body());
        return desk.post(browser, to, form + fields);
    }

    private static String found(String pattern, String page) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    @Test
    void asks_for_the_code_of_an_authenticator_that_was_set_up_on_the_page() {
        String name = account(Role.READER);
        HttpClient browser = desk.signedIn(name);
        String page = desk.get(browser, "/desk/me").body();
        String secret = found("id=\"secret\">([A-Z2-7]{32})<", page);

        HttpResponse<String> wrong =
                post(
                        browser,
                        "/desk/me",
                        "/desk/me/authenticator",
                        "&secret=" + secret + "&code=abc");
        HttpResponse<String> right =
                post(
                        browser,
                        "/desk/me",
                        "/desk/me/authenticator",
                        "&secret=" + secret + "&code=" + Authenticator.code(secret, -1));

        assertThat(wrong.statusCode()).isEqualTo(422);
        String recovery = found("<li><code>([a-z2-7-]{19})</code>", right.body());
        HttpClient fresh = DeskNode.browser();
        HttpResponse<String> first =
                post(
                        fresh,
                        "/sign-in",
                        "/sign-in",
                        "&account=" + name + "&password=" + DeskNode.encoded(DeskNode.PASSWORD));
        assertThat(first.headers().firstValue("Location").orElse("")).endsWith("/sign-in/second");
        assertThat(desk.get(fresh, "/").statusCode()).isEqualTo(302);
        assertThat(post(fresh, "/sign-in/second", "/sign-in/second", "&code=000000").statusCode())
                .isEqualTo(401);
        post(fresh, "/sign-in/second", "/sign-in/second", "&code=" + Authenticator.code(secret, 0));
        assertThat(desk.get(fresh, "/").statusCode()).isEqualTo(200);

        HttpClient other = DeskNode.browser();
        post(
                other,
                "/sign-in",
                "/sign-in",
                "&account=" + name + "&password=" + DeskNode.encoded(DeskNode.PASSWORD));
        post(other, "/sign-in/second", "/sign-in/second", "&code=" + recovery);
        assertThat(desk.get(other, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void asks_again_before_a_token_and_then_goes_on_with_the_form() {
        String name = account(Role.READER);
        HttpClient browser = desk.signedIn(name);
        desk.age(name);
        String token = "&label=Scanner&days=30&addresses=198.51.100.0%2F24";

        HttpResponse<String> asked = post(browser, "/desk/me", "/desk/me/tokens", token);

        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(asked.body())
                .contains(
                        "name=\"proof-to\" value=\"/desk/me/tokens\"",
                        "name=\"label\" value=\"Scanner\"");
        assertThat(desk.node.part(Identity.class).tokens(name)).isEmpty();
        String carried = DeskNode.csrf(asked.body()) + "&proof-to=%2Fdesk%2Fme%2Ftokens" + token;
        assertThat(
                        desk.post(browser, "/sign-in/again", carried + "&proof-password=wrong")
                                .statusCode())
                .isEqualTo(401);
        HttpResponse<String> on =
                desk.post(
                        browser,
                        "/sign-in/again",
                        carried + "&proof-password=" + DeskNode.encoded(DeskNode.PASSWORD));
        assertThat(on.statusCode()).isEqualTo(307);
        assertThat(on.headers().firstValue("Location")).hasValue("/desk/me/tokens");
        HttpResponse<String> made = desk.post(browser, "/desk/me/tokens", carried);
        assertThat(found("id=\"made\">(kerege_[A-Za-z0-9_-]{43})<", made.body())).isNotEmpty();
        assertThat(desk.get(browser, "/desk/me").body())
                .contains("Scanner", "198.51.100.0/24")
                .doesNotContain("kerege_");
    }

    @Test
    void goes_on_to_no_other_host() {
        String name = account(Role.READER);
        HttpClient browser = desk.signedIn(name);
        HttpResponse<String> on =
                post(
                        browser,
                        "/desk/me",
                        "/sign-in/again",
                        "&proof-to=%2F%2Fevil.example&proof-password="
                                + DeskNode.encoded(DeskNode.PASSWORD));
        assertThat(on.headers().firstValue("Location")).hasValue("/");
    }

    @Test
    void refuses_tokens_without_purpose_for_ever_or_from_nowhere() {
        String name = account(Role.READER);
        HttpClient browser = desk.signedIn(name);
        for (String wrong :
                Set.of(
                        "&label=+&days=30",
                        "&label=a&days=366",
                        "&label=a&days=0",
                        "&label=a&days=30&addresses=198.51.100",
                        "&label=a&days=30&addresses=198.51.100.7%2F33",
                        "&label=" + "a".repeat(101) + "&days=30")) {
            assertThat(post(browser, "/desk/me", "/desk/me/tokens", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(desk.node.part(Identity.class).tokens(name)).isEmpty();
    }

    @Test
    void gives_a_token_no_role_that_its_form_was_not_asked_for() {
        String name = account(Role.READER, Role.PUBLISHER);
        HttpClient browser = desk.signedIn(name);
        HttpResponse<String> made =
                post(
                        browser,
                        "/desk/me",
                        "/desk/me/tokens",
                        "&label=x&days=1&role=ADMINISTRATOR&account=anna&readOnly=false");
        String token = found("id=\"made\">(kerege_[^<]+)<", made.body());

        assertThat(
                        desk.node
                                .part(Identity.class)
                                .authenticate("Bearer " + token, "127.0.0.1")
                                .orElseThrow())
                .satisfies(caller -> {
                    assertThat(caller.account()).isEqualTo(name);
                    assertThat(caller.roles()).containsExactly(Role.READER);
                });
    }

    @Test
    void ends_another_session_of_ones_own_and_nobody_elses() {
        String name = account(Role.READER);
        String other = account(Role.READER);
        HttpClient here = desk.signedIn(name);
        HttpClient there = desk.signedIn(name);
        HttpClient stranger = desk.signedIn(other);
        String strangers = desk.node.part(Sessions.class).list(other).getFirst().name().toString();

        post(here, "/desk/me", "/desk/me/sessions/end", "&name=" + strangers);
        assertThat(desk.get(stranger, "/").statusCode()).isEqualTo(200);
        post(here, "/desk/me", "/desk/me/sessions/end-others", "");
        assertThat(desk.get(there, "/").statusCode()).isEqualTo(302);
        assertThat(desk.get(here, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void lets_an_administrator_add_invite_change_and_remove_an_account() {
        HttpClient anna = desk.signedIn("anna");
        String name = "new-" + UUID.randomUUID();
        String page = "/desk/administration";
        HttpResponse<String> added =
                post(
                        anna,
                        page,
                        page + "/accounts",
                        "&name=" + name + "&organisation=home&role=READER");
        String invitation = found("invitation=([A-Za-z0-9_-]{43})<", added.body());
        post(
                DeskNode.browser(),
                "/welcome?invitation=" + invitation,
                "/welcome",
                "&invitation=" + invitation + "&password=" + DeskNode.encoded(DeskNode.PASSWORD));
        HttpClient browser = desk.signedIn(name);
        assertThat(desk.get(browser, "/desk/exchange").statusCode()).isEqualTo(200);

        post(anna, page, page + "/account/roles", "&name=" + name + "&role=AUDITOR");
        assertThat(desk.get(browser, "/desk/exchange").statusCode()).isEqualTo(403);
        assertThat(desk.get(browser, "/desk/audit").statusCode()).isEqualTo(200);
        post(anna, page, page + "/account/remove", "&name=" + name);
        assertThat(desk.get(browser, "/").statusCode()).isEqualTo(302);
        assertThat(desk.get(anna, "/desk/audit?account=" + name).body())
                .contains("account added", "roles changed", "account removed", "signed in");
    }

    @Test
    void refuses_accounts_that_are_there_or_have_no_role_and_roles_that_are_none() {
        HttpClient anna = desk.signedIn("anna");
        String to = "/desk/administration/accounts";
        String page = "/desk/administration";
        assertThat(post(anna, page, to, "&name=reader&organisation=home&role=READER").statusCode())
                .isEqualTo(422);
        assertThat(post(anna, page, to, "&name=nobody&organisation=home").statusCode())
                .isEqualTo(422);
        assertThat(post(anna, page, to, "&name=a%3Ab&organisation=home&role=READER").statusCode())
                .isEqualTo(422);
        assertThat(post(anna, page, to, "&name=nobody&organisation=home&role=KING").statusCode())
                .isEqualTo(400);
    }

    @Test
    void shows_the_record_to_auditors_of_the_own_organisation_alone() {
        desk.account("foreign-auditor", "guest", Set.of(Role.AUDITOR));
        HttpClient auditor = desk.signedIn("auditor");
        assertThat(desk.get(auditor, "/desk/audit?account=auditor").body()).contains("signed in");
        assertThat(desk.get(auditor, "/desk/audit/ledger?kind=OBJECT").body())
                .contains("object taken in");
        HttpClient foreign = desk.signedIn("foreign-auditor");
        for (String page : Set.of("/desk/audit", "/desk/audit/ledger", "/desk/audit?as=CSV")) {
            assertThat(desk.get(foreign, page).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void filters_the_record_by_kind_and_day() {
        HttpClient auditor = desk.signedIn("auditor");
        assertThat(desk.get(auditor, "/desk/audit?account=auditor&kind=SIGNED_IN").body())
                .contains("<tbody>");
        assertThat(desk.get(auditor, "/desk/audit?account=auditor&until=2020-01-01").body())
                .doesNotContain("<tbody>");
        assertThat(desk.get(auditor, "/desk/audit/ledger?until=2020-01-01").body())
                .doesNotContain("<tbody>");
        assertThat(desk.get(auditor, "/desk/audit/ledger?from=2020-01-01").body())
                .contains("<tbody>");
        assertThat(desk.get(auditor, "/desk/audit?kind=NONE").statusCode()).isEqualTo(400);
        assertThat(desk.get(auditor, "/desk/audit?from=yesterday").statusCode()).isEqualTo(400);
    }

    @Test
    void exports_the_record_with_formulas_made_inert_and_notes_that() {
        String name = account(Role.READER);
        desk.node
                .part(Identity.class)
                .newToken(name, "x", true, java.time.Instant.now().plusSeconds(60));
        HttpClient browser = desk.signedIn(name);
        post(browser, "/desk/me", "/desk/me/tokens", "&label=%3D1%2B1%22&days=1");
        HttpClient auditor = desk.signedIn("auditor");

        HttpResponse<String> csv = desk.get(auditor, "/desk/audit?as=CSV&account=" + name);

        assertThat(csv.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"sign-ins.csv\"");
        assertThat(csv.body())
                .startsWith("\"time\",\"kind\",\"account\"")
                .contains("\"'=1+1\"\"\"", "\"TOKEN_MADE\"");
        assertThat(desk.get(auditor, "/desk/audit?kind=EXPORTED").body())
                .contains("audit exported");
    }

    @Test
    void keeps_codes_and_passwords_off_the_record() {
        String name = account(Role.READER);
        Codes codes = desk.node.part(Codes.class);
        String secret = codes.newSecret();
        codes.keep(name, secret, Authenticator.code(secret, 0));
        HttpClient auditor = desk.signedIn("auditor");
        assertThat(desk.get(auditor, "/desk/audit?as=JSON").body())
                .doesNotContain(secret, DeskNode.PASSWORD);
    }
}
