package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;

/// Sign-in at an organisation's provider: a real node, a real provider, and a browser between them.
class ProviderTest {

    @TempDir private static Path folder;
    private static ProviderNode provider;
    private static NodeServer node;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        provider = new ProviderNode("http://localhost:" + port + "/sign-in/provider/alpha/answer");
        Files.writeString(folder.resolve("secret"), ProviderNode.SECRET + "\n");
        Files.writeString(
                folder.resolve("kerege.yaml"),
                """
                sign-in.providers:
                  alpha:
                    title: Alpha CERT
                    issuer: %s
                    client-id: kerege
                    client-secret-file: secret
                    organisation-claim: org
                    organisations: {alpha-cert: Alpha}
                    roles: {soc: ANALYST, leads: RELEASER}
                  down:
                    issuer: http://127.0.0.1:1
                    client-id: kerege
                    client-secret-file: secret
                    organisation: Down
                    roles: {all: READER}
                """
                        .formatted(provider.issuer()));
        Settings plain = TestStore.settings(folder.resolve("data"));
        Settings read = Settings.read(folder.resolve("kerege.yaml"));
        node = NodeServer.start(plain.at(folder.resolve("data"), port).with(read.signIn()));
    }

    @AfterAll
    static void stop() {
        node.close();
        provider.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String here() {
        return "http://localhost:" + node.port();
    }

    private static HttpResponse<String> get(HttpClient browser, String address) {
        return DeskNode.send(
                browser, HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html"));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.uri()
                .resolve(answer.headers().firstValue("Location").orElseThrow())
                .toString();
    }

    /// Goes to the provider, signs in there, and comes back as far as the node's address with the code.
    private static String atTheProvider(HttpClient browser, String person) {
        HttpResponse<String> at = get(browser, here() + "/sign-in/provider/alpha");
        String asked = location(at);
        assertThat(asked)
                .startsWith(provider.issuer())
                .contains("code_challenge_method=S256", "nonce=", "state=");
        HttpResponse<String> page = get(browser, asked);
        HttpResponse<String> login = get(browser, location(page));
        Matcher csrf =
                Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(login.body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> in =
                DeskNode.send(
                        browser,
                        HttpRequest.newBuilder(login.uri())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "username="
                                                        + person
                                                        + "&password="
                                                        + DeskNode.encoded(ProviderNode.PASSWORD)
                                                        + "&_csrf="
                                                        + DeskNode.encoded(csrf.group(1)))));
        return location(get(browser, location(in)));
    }

    @Test
    void lets_in_whom_a_group_and_an_organisation_let_in() {
        HttpClient browser = DeskNode.browser();
        String back = atTheProvider(browser, "aigul");
        assertThat(back).startsWith(here() + "/sign-in/provider/alpha/answer?code=");

        assertThat(location(get(browser, back))).isEqualTo(here() + "/");

        assertThat(get(browser, here() + "/").body()).contains("aigul@alpha");
        assertThat(node.part(Identity.class).accounts())
                .filteredOn(account -> account.name().equals("aigul@alpha"))
                .singleElement()
                .satisfies(account -> {
                    assertThat(account.caller().roles()).isEqualTo(Set.of(Role.ANALYST));
                    assertThat(account.caller().organisation()).isEqualTo("Alpha");
                });
    }

    @Test
    void lets_nobody_in_without_a_group_or_an_organisation_that_is_mapped() {
        for (String person : List.of("stranger", "visitor")) {
            HttpClient browser = DeskNode.browser();
            HttpResponse<String> answer = get(browser, atTheProvider(browser, person));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(get(browser, here() + "/").statusCode()).isEqualTo(302);
        }
        assertThat(node.part(Identity.class).accounts())
                .extracting(Identity.Account::name)
                .doesNotContain("stranger@alpha", "visitor@alpha");
    }

    @Test
    void takes_no_answer_in_another_browser_than_it_was_asked_for_in() {
        String back = atTheProvider(DeskNode.browser(), "aigul");

        assertThat(get(DeskNode.browser(), back).statusCode()).isEqualTo(401);
    }

    @Test
    void takes_an_answer_once_and_none_with_another_state() {
        HttpClient browser = DeskNode.browser();
        String back = atTheProvider(browser, "aigul");
        assertThat(get(browser, back.replace("state=", "state=x")).statusCode()).isEqualTo(401);
        assertThat(get(browser, back).statusCode())
                .as("what the browser kept is spent")
                .isEqualTo(401);
    }

    @Test
    void gives_nobody_a_name_that_is_taken() {
        Identity identity = node.part(Identity.class);
        identity.putAccount("visitor@alpha", "Alpha", Set.of(Role.ADMINISTRATOR), null);
        HttpClient browser = DeskNode.browser();
        assertThat(get(browser, atTheProvider(browser, "visitor")).statusCode()).isEqualTo(401);
        assertThat(identity.removeAccount("visitor@alpha")).isTrue();
    }

    @Test
    void starts_and_says_so_while_a_provider_cannot_be_reached() {
        HttpClient browser = DeskNode.browser();
        assertThat(get(browser, here() + "/sign-in").body()).contains("Alpha CERT");
        assertThat(get(browser, here() + "/sign-in/provider/down").statusCode()).isEqualTo(503);
        assertThat(get(browser, here() + "/sign-in/provider/none").statusCode()).isEqualTo(404);
    }

    @Test
    void refuses_settings_that_would_let_everybody_in() throws IOException {
        for (Map.Entry<String, String> wrong :
                Map.of(
                                "roles: {soc: KING}", "no role 'KING'",
                                "title: x", "needs 'roles'")
                        .entrySet()) {
            Path file = folder.resolve("wrong.yaml");
            Files.writeString(
                    file,
                    """
                    sign-in.providers:
                      alpha: {issuer: "https://id.example", client-id: k, client-secret-file: s, organisation: A, %s}
                    """
                            .formatted(wrong.getKey()));
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> {
                                Settings read = Settings.read(file);
                                NodeServer.start(
                                                TestStore.settings(folder.resolve("other"))
                                                        .with(read.signIn()))
                                        .close();
                            })
                    .hasStackTraceContaining(wrong.getValue());
        }
    }
}
