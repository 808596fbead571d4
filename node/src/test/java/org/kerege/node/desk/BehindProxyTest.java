package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.identity.Sessions;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;

/// From where requests come, with a proxy before the node and without one.
class BehindProxyTest {

    @TempDir private Path folder;

    /// A request as a proxy passes it on.
    private static HttpRequest.Builder from(NodeServer node) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/sign-in"))
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Forwarded-Proto", "https");
    }

    private static HttpResponse<String> enter(NodeServer node) {
        HttpClient browser = HttpClient.newHttpClient();
        HttpResponse<String> page = DeskNode.send(browser, from(node));
        String cookie =
                page.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        return DeskNode.send(
                browser,
                from(node)
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        DeskNode.csrf(page.body())
                                                + "&account="
                                                + TestStore.ACCOUNT
                                                + "&password="
                                                + DeskNode.encoded(TestStore.PASSWORD))));
    }

    private static String address(NodeServer node) {
        return node.part(Sessions.class).list(TestStore.ACCOUNT).getFirst().address();
    }

    @Test
    void is_what_the_proxy_says_and_cookies_are_kept_to_https() throws IOException {
        Files.writeString(folder.resolve("kerege.yaml"), "web.behind-proxy: true\n");
        Settings settings =
                TestStore.settings(folder.resolve("data"))
                        .with(Settings.read(folder.resolve("kerege.yaml")).signIn());
        try (NodeServer node = NodeServer.start(settings)) {
            TestStore.layOut(node);

            HttpResponse<String> entered = enter(node);

            assertThat(address(node)).isEqualTo("203.0.113.9");
            assertThat(entered.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith("kerege="))
                    .singleElement()
                    .asString()
                    .contains("Secure");
            assertThat(entered.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void is_the_connections_where_nobody_said_that_there_is_a_proxy() {
        try (NodeServer node = NodeServer.start(TestStore.settings(folder.resolve("data")))) {
            TestStore.layOut(node);

            assertThat(enter(node).statusCode()).isEqualTo(302);

            assertThat(address(node)).isEqualTo("127.0.0.1");
        }
    }
}
