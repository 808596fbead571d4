package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;
import org.kerege.node.TestStore;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Five nodes in a line with a branch: Alpha gives to Beta and to Lima, Beta to Delta, Delta to Echo. What Alpha recalls
/// is gone from all that cooperate, and Alpha sees by name who has not answered.
class RecallTest {

    private static final String CLEAR = Tlp.CLEAR_2.id().toString();

    @TempDir private static Path folder;
    private static final SettableClock CLOCK =
            new SettableClock(Instant.parse("2025-03-01T00:00:00Z"));
    private static PeerNode alpha;
    private static PeerNode beta;
    private static PeerNode delta;
    private static PeerNode echo;
    private static PeerNode lima;
    private static Postgres echoStore;
    private static UUID alphaBeta;
    private static UUID alphaLima;

    @BeforeAll
    static void start() {
        echoStore = TestDatabases.laidOut();
        alpha = PeerNode.start("Alpha", folder, CLOCK);
        beta = PeerNode.start("Beta", folder, CLOCK);
        delta = PeerNode.start("Delta", folder, CLOCK);
        echo = PeerNode.start("Echo", folder, CLOCK, echoStore);
        lima = PeerNode.start("Lima", folder, CLOCK);
        alphaBeta = alpha.agreeWith(beta, PeerNode.terms(CLOCK));
        beta.agreeWith(delta, PeerNode.terms(CLOCK));
        delta.agreeWith(echo, PeerNode.terms(CLOCK));
        alphaLima = alpha.agreeWith(lima, PeerNode.terms(CLOCK));
    }

    @AfterAll
    static void stop() {
        List.of(alpha, beta, delta, echo, lima).forEach(PeerNode::close);
    }

    private static StixId spread() throws InterruptedException {
        StixId object = alpha.publish(PeerNode.GREEN);
        for (PeerNode one : List.of(beta, delta, echo)) {
            one.round();
            assertThat(one.holds(object)).as(one.name()).isTrue();
        }
        return object;
    }

    @Test
    void a_recall_follows_the_deliveries_and_every_answer_comes_back_by_name() throws Exception {
        StixId object = spread();

        Recall recall = alpha.recall(object);
        assertThat(alpha.holds(object)).isFalse();
        assertThat(alpha.open(recall)).containsExactly("Beta");

        alpha.round();
        assertThat(beta.holds(object)).isFalse();
        assertThat(alpha.open(recall)).containsExactly("Beta > Delta");
        beta.round();
        delta.round();
        beta.round();
        alpha.round();

        for (PeerNode one : List.of(beta, delta, echo)) {
            assertThat(one.holds(object)).as(one.name()).isFalse();
            assertThat(one.keepsBytes(object)).as(one.name()).isFalse();
        }
        assertThat(alpha.open(recall)).isEmpty();
        assertThat(alpha.sheet(recall).copies())
                .extracting(RecallSheet.Copy::organisation, RecallSheet.Copy::outcome)
                .containsExactly(
                        tuple("Beta", "erased"), tuple("Delta", "erased"), tuple("Echo", "erased"));
    }

    @Test
    void one_that_was_off_for_thirty_days_is_open_by_name_and_answers_when_it_comes_back()
            throws Exception {
        StixId object = spread();
        echo.close();

        Recall recall = alpha.recall(object);
        for (int i = 0; i < 3; i++) {
            alpha.round();
            beta.round();
            delta.round();
        }
        CLOCK.set(CLOCK.instant().plus(Duration.ofDays(30)));
        alpha.round();
        assertThat(alpha.open(recall)).containsExactly("Beta > Delta > Echo");
        assertThat(alpha.sheet(recall).overdue()).isTrue();

        echo = PeerNode.start("Echo", folder, CLOCK, echoStore);
        // Its port is another one now; it calls, and is not called.
        echo.round();
        assertThat(echo.holds(object)).isFalse();
        delta.round();
        beta.round();
        alpha.round();
        assertThat(alpha.open(recall)).isEmpty();
    }

    @Test
    void a_node_that_lies_cannot_show_answers_and_stays_open() throws Exception {
        StixId object = alpha.publish(PeerNode.GREEN);
        lima.round();
        Recall recall = alpha.recall(object);

        assertThat(answerAsLima(recall, Receipt.Outcome.NEVER_HELD, List.of()))
                .contains("contradicted");
        Receipt forged =
                Receipt.sign(
                        lima.part(PeerKeys.class).current(),
                        id(beta),
                        new Receipt.Content(
                                recall, Receipt.Outcome.ERASED, 1, null, null, List.of()),
                        CLOCK.instant(),
                        CLOCK.instant());
        assertThat(
                        answerAsLima(
                                recall,
                                Receipt.Outcome.ERASED,
                                List.of(new Receipt.Onward("Beta", id(beta), forged))))
                .contains("forged");

        assertThat(alpha.open(recall)).containsExactly("Lima");
        assertThat(alpha.sheet(recall).copies().getFirst().note()).contains("forged");
    }

    private static StixId id(PeerNode node) {
        return node.part(Gate.class).organisations().identity(node.name());
    }

    private static String answerAsLima(
            Recall recall, Receipt.Outcome outcome, List<Receipt.Onward> passedOn)
            throws Exception {
        Receipt receipt =
                Receipt.sign(
                        lima.part(PeerKeys.class).current(),
                        id(lima),
                        new Receipt.Content(recall, outcome, 1, null, null, passedOn),
                        CLOCK.instant(),
                        CLOCK.instant());
        try (HttpWire wire = new HttpWire(lima.part(PeerKeys.class), CLOCK)) {
            var question = Json.mapper().createObjectNode().put("have", 0);
            question.putArray("objects").add(receipt.source().json());
            return wire.ask(lima.agreement(alphaLima), question).path("refused").toString();
        }
    }

    @Test
    void what_was_recalled_comes_back_as_a_later_version_alone() throws Exception {
        StixId object = spread();
        alpha.recall(object);
        alpha.round();

        StixObject again = PeerNode.object(object, "2024-01-01T00:00:00.000Z", PeerNode.GREEN);
        assertThat(beta.admit(again, "Alpha", "pull").refused()).hasSize(1);
        assertThat(alpha.admit(again, "Beta", "pull").refused().getFirst().message())
                .contains("recalled");

        alpha.publish(PeerNode.object(object, "2025-01-01T00:00:00.000Z", PeerNode.GREEN));
        beta.round();
        assertThat(beta.holds(object)).isTrue();
    }

    @Test
    void nobody_recalls_what_came_from_somebody_else() throws Exception {
        StixId object = lima.publish(PeerNode.GREEN);
        alpha.round();
        assertThat(alpha.holds(object)).isTrue();
        Recall stranger =
                Recall.sign(
                        beta.part(PeerKeys.class).current(),
                        id(beta),
                        object,
                        Recall.Cause.WITHDRAWN,
                        "not mine",
                        null,
                        CLOCK.instant().plus(Duration.ofDays(7)),
                        null,
                        CLOCK.instant());

        Receipt answer =
                alpha.part(Recalls.class).take(alpha.agreement(alphaBeta), stranger.source());

        assertThat(answer.outcome()).isEqualTo(Receipt.Outcome.CLAIMED);
        assertThat(alpha.holds(object)).isTrue();
    }

    @Test
    void a_revocation_is_a_version_of_the_creators_and_has_none_after_it() throws Exception {
        StixId object = spread();

        assertThatExceptionOfType(RecallRefused.class)
                .isThrownBy(() -> beta.recall(object, Recall.Cause.REVOKED, null))
                .withMessageContaining("not-creator");
        Recall recall = alpha.recall(object, Recall.Cause.REVOKED, null);
        alpha.round();
        beta.round();

        assertThat(beta.holds(object)).isTrue();
        assertThat(read(alpha, object).path("revoked").asBoolean()).isTrue();
        assertThat(
                        alpha.admit(
                                        PeerNode.object(
                                                object, "2035-01-01T00:00:00.000Z", PeerNode.GREEN),
                                        "Alpha",
                                        "file")
                                .refused()
                                .getFirst()
                                .message())
                .contains("revoked");
        assertThat(alpha.sheet(recall).copies().getFirst().outcome()).isIn("erased", "superseded");
    }

    private static JsonNode read(PeerNode node, StixId object) {
        return node.part(JdbcClient.class)
                .sql(
                        "select p.body from addition join ledger_payload p using (seq) where object_id = ? and not superseded")
                .param(object.toString())
                .query((row, _) -> Json.mapper().readTree(row.getBytes(1)))
                .single();
    }

    @Test
    void a_reader_of_taxii_alone_gets_a_removal_and_is_named_as_one_who_cannot_answer()
            throws Exception {
        Identity identity = alpha.part(Identity.class);
        identity.putAccount("gamma", "Gamma", Set.of(Role.READER), null);
        identity.setPassword("gamma", TestStore.PASSWORD);
        StixId object = alpha.publish(CLEAR);
        assertThat(readOverTaxii(object)).isEqualTo(200);

        Recall recall = alpha.recall(object);

        assertThat(readOverTaxii(object)).isEqualTo(404);
        assertThat(alpha.sheet(recall).copies())
                .extracting(RecallSheet.Copy::organisation, RecallSheet.Copy::outcome)
                .containsExactly(tuple("Gamma", "taxii"));
        assertThat(alpha.open(recall)).isEmpty();
    }

    private static int readOverTaxii(StixId object) throws Exception {
        String pair = "gamma:" + TestStore.PASSWORD;
        URI address = alpha.address().resolve("root/collections/all/objects/" + object + "/");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(address)
                                    .header("Accept", "application/taxii+json;version=2.1")
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + Base64.getEncoder()
                                                            .encodeToString(
                                                                    pair.getBytes(
                                                                            StandardCharsets
                                                                                    .UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }

    @Test
    void what_the_law_keeps_is_out_of_use_at_once_and_erased_when_its_time_is_over()
            throws Exception {
        StixId object = spread();
        Instant until = CLOCK.instant().plus(Duration.ofDays(10));
        beta.part(Recalls.class).hold(object, "Act on evidence, article 5", until, "test");

        Recall recall = alpha.recall(object);
        alpha.round();

        assertThat(beta.holds(object)).isFalse();
        assertThat(beta.keepsBytes(object)).isTrue();
        assertThat(alpha.sheet(recall).copies().getFirst().note())
                .startsWith("Act on evidence, article 5, until 2025");

        CLOCK.set(until);
        beta.part(Recalls.class).endHolds();
        beta.round();

        assertThat(beta.keepsBytes(object)).isFalse();
        assertThat(alpha.sheet(recall).copies().getFirst().outcome()).isEqualTo("erased");
    }
}
