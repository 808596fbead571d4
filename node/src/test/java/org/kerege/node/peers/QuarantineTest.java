package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Paper;
import org.kerege.node.agreement.Party;
import org.kerege.stix.StixId;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;

/// A peer whose node answers nonsense, beside one that is as it should be.
class QuarantineTest {

    private static final StixId MALLORY =
            StixId.parse("identity--00000000-0000-4000-8000-00000000000f");

    @TempDir private Path folder;
    private final SettableClock clock = new SettableClock(Instant.parse("2025-03-01T00:00:00Z"));
    private HttpServer server;
    private PeerNode alpha;
    private PeerNode beta;
    private UUID agreement;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/peers/mail", one -> answer(one, 200, "{\"objects\":[]}"));
        server.createContext("/", one -> answer(one, 200, "<html>no TAXII here</html>"));
        server.start();
        alpha = PeerNode.start("Alpha", folder, clock);
        beta = PeerNode.start("Beta", folder, clock);
        agreement = agreeWithMallory();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        alpha.close();
        beta.close();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private UUID agreeWithMallory() {
        Paper.Invitation invitation =
                alpha.part(Dialogue.class)
                        .invite(
                                "Mallory",
                                PeerNode.terms(clock),
                                alpha.side(),
                                Duration.ofDays(30),
                                "test");
        SigningKey key = SigningKey.generate("mallory/peer", KeyType.LOG, new SecureRandom());
        Party mallory =
                new Party(
                        "Mallory",
                        MALLORY,
                        key.verifier(),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        null,
                        List.of("all"));
        alpha.part(Dialogue.class)
                .take(
                        Paper.accept(key, mallory, invitation, null, clock.instant()),
                        alpha.side(),
                        null,
                        "test");
        return invitation.agreement();
    }

    @Test
    void one_whose_answers_are_no_taxii_is_quarantined_with_the_reason_and_delays_nobody()
            throws Exception {
        alpha.agreeWith(beta, PeerNode.terms(clock));
        StixId object = beta.publish(PeerNode.GREEN);

        alpha.round();

        assertThat(alpha.holds(object)).isTrue();
        String why = alpha.part(PeerStates.class).quarantine(MALLORY);
        assertThat(why).contains("127.0.0.1");
        assertThat(alpha.agreement(agreement).stateAt(clock.instant()))
                .isEqualTo(Agreement.State.IN_FORCE);

        alpha.part(PeerStates.class).quarantine(MALLORY, null);
        assertThat(alpha.part(PeerStates.class).quarantine(MALLORY)).isNull();
    }
}
