package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.Role;
import org.kerege.node.identity.Sessions;

/// Streams of changes over HTTP. Each ends by itself if what is waited for does not come.
@ExtendWith(DeskNode.Shared.class)
class LiveChangesTest {

    private final DeskNode desk;

    LiveChangesTest(DeskNode desk) {
        this.desk = desk;
    }

    private HttpResponse<InputStream> open(HttpClient browser)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create(desk.base() + "/desk/live?seconds=30")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String beginning) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = lines.readLine();
        }
        return line == null ? "" : line;
    }

    private static String malware(String marking) {
        return DeskNode.malware("malware--" + UUID.randomUUID(), "News", "New.", marking);
    }

    @Test
    void tell_of_what_the_reader_may_have_and_of_nothing_else() throws Exception {
        HttpResponse<InputStream> answer = open(desk.signedIn("guest"));
        try (BufferedReader lines = lines(answer)) {
            assertThat(next(lines, "retry")).isNotEmpty();
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");

            desk.admit(malware(DeskNode.STRICT), malware(DeskNode.GREEN), malware(DeskNode.STRICT));

            assertThat(next(lines, "event")).isEqualTo("event: news");
            assertThat(next(lines, "data")).isEqualTo("data: 1");
        }
    }

    @Test
    void end_with_their_session() throws Exception {
        String name = "follower-" + UUID.randomUUID();
        desk.account(name, "home", Set.of(Role.READER));
        try (BufferedReader lines = lines(open(desk.signedIn(name)))) {
            assertThat(next(lines, "retry")).isNotEmpty();

            desk.node.part(Sessions.class).endAll(name, null);

            assertThat(next(lines, "event")).as("nothing more comes").isEmpty();
        }
    }

    @Test
    void of_one_account_are_four_and_the_oldest_gives_way() throws Exception {
        String name = "many-" + UUID.randomUUID();
        desk.account(name, "home", Set.of(Role.READER));
        HttpClient browser = desk.signedIn(name);
        try (BufferedReader oldest = lines(open(browser))) {
            assertThat(next(oldest, "retry")).isNotEmpty();
            for (int i = 0; i < 4; i++) {
                open(browser);
            }
            assertThat(next(oldest, "event")).as("nothing more comes").isEmpty();
        }
    }
}
