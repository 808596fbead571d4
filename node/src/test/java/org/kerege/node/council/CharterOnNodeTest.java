package org.kerege.node.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.ActEntry;
import org.kerege.charter.act.Kind;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.SampleAlliance;
import org.kerege.charter.alliance.SampleStory;
import org.kerege.charter.alliance.Verification;
import org.kerege.gate.Channel;
import org.kerege.node.TestStore;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.server.NodeServer;
import org.kerege.node.witness.LedgerLog;
import org.kerege.node.witness.Watch;
import org.kerege.stix.Json;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.Hash;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.MerkleProof;
import org.kerege.tlog.MerkleTree;
import org.kerege.tlog.NoteSignature;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.SigningKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A node with the sample alliance in its data folder.
class CharterOnNodeTest {

    @TempDir private static Path data;

    private static NodeServer node;
    private static AllianceFolder folder;
    private static String founding;

    @BeforeAll
    static void start() throws IOException {
        founding = SampleAlliance.create(data.resolve("charter"));
        folder = AllianceFolder.open(data.resolve("charter"));
        node = NodeServer.start(TestStore.settings(data));
        TestStore.layOut(node);
        node.part(Catalogue.class).add(new ApiRoot("second", "Second", null, 1 << 20, false));
        Identity identity = node.part(Identity.class);
        for (String other : List.of("Armenia", "Stranger")) {
            identity.putAccount(other, other, Set.of(Role.READER), null);
            identity.setPassword(other, TestStore.PASSWORD);
        }
        node.part(Council.class).round();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static CharterView charter() {
        CharterView view = node.part(Charter.class).lookAgainNow();
        assertThat(view).isNotNull();
        return Objects.requireNonNull(view);
    }

    @Test
    void the_store_amounts_to_the_same_state_as_the_folder() throws IOException {
        Verification there = Verification.of(folder.acts(), founding, Instant.MAX);
        CharterView here = charter();
        assertThat(here.stateDigest()).isEqualTo(there.replay().state().digest());
        assertThat(here.chairAt(SampleStory.HANDOVER.minusSeconds(1)).member())
                .isEqualTo("Kazakhstan");
        assertThat(here.chairAt(SampleStory.HANDOVER).member()).isEqualTo("Kyrgyzstan");
        Charter again = new Charter(node.part(DataSource.class), data.resolve(Charter.FOUNDING));
        assertThat(Objects.requireNonNull(again.view()).stateDigest())
                .isEqualTo(here.stateDigest());
    }

    @Test
    void every_api_root_has_a_collection_of_acts() throws IOException {
        int acts = folder.acts().size();
        for (var collection : node.part(Council.class).collections()) {
            assertThat(released(collection, "Kyrgyzstan")).isGreaterThanOrEqualTo(2 * acts);
        }
        assertThat(node.part(Council.class).collections()).hasSize(2);
    }

    private static int released(Collection collection, String reader) {
        return node.part(ReadObjects.class)
                .objects(
                        collection,
                        node.part(Gate.class).view(reader, Channel.TAXII),
                        new Query(null, List.of(), List.of(), Query.Versions.LAST, List.of()),
                        null,
                        ReadObjects.MAX_PAGE)
                .items()
                .size();
    }

    @Test
    void the_gate_asks_the_charter_who_belongs_to_the_alliance() throws IOException {
        var acts = node.part(Council.class).collections().getFirst();
        assertThat(released(acts, "Armenia")).isPositive();
        assertThat(released(acts, "Stranger")).isZero();

        Act left =
                folder.author("tajikistan.example/charter")
                        .sign(
                                Kind.WITHDRAW,
                                founding,
                                List.of(),
                                Json.mapper().createObjectNode(),
                                SampleStory.HANDOVER);
        assertThat(released(acts, "Tajikistan")).isPositive();
        folder.append(List.of(left), Instant.parse("2025-03-01T00:00:00Z"));
        node.part(Council.class).round();
        assertThat(released(acts, "Tajikistan")).isZero();
        assertThat(charter().standingsAt(SampleStory.HANDOVER)).containsKey("Tajikistan");
    }

    @Test
    void an_act_without_quorum_is_pending_and_its_entry_can_be_opened() throws IOException {
        // This node's log is not one that the sample's policy believes.
        Act act =
                folder.author("russia.example/charter")
                        .sign(
                                Kind.JOINT_STATEMENT,
                                founding,
                                List.of(),
                                Json.mapper().createObjectNode().put("title", "Pending"),
                                SampleStory.HANDOVER);
        node.part(Council.class).take(List.of(act));
        assertThat(node.part(Council.class).round()).isFalse();
        assertThat(charter().acts())
                .anySatisfy(finding -> {
                    assertThat(finding.act()).isEqualTo(act);
                    assertThat(finding.witnessed()).isNull();
                });
        ActEntries.Entry entry =
                Objects.requireNonNull(
                        node.part(ActEntries.class).of(List.of(act.digest())).get(act.digest()));
        assertThat(ActEntry.leaf(act.digest(), entry.opening()))
                .isEqualTo(node.part(LedgerLog.class).tree().node(0, entry.seq()));
    }

    @Test
    void heads_tiles_and_proofs_go_to_members_alone() throws Exception {
        LedgerLog log = node.part(LedgerLog.class);
        node.part(ActEntries.class).of(List.of("e".repeat(64)));
        log.cosign(charter().policy());
        assertThat(get("/log/checkpoint", null).statusCode()).isEqualTo(401);
        assertThat(get("/log/checkpoint", "Stranger").statusCode()).isEqualTo(403);
        SignedNote head = SignedNote.parse(text(get("/log/checkpoint", "Armenia")));
        assertThat(head.isSignedBy(log.verifier())).isTrue();
        Checkpoint checkpoint = Checkpoint.parse(head.text());

        long size = checkpoint.size();
        HttpResponse<byte[]> tile = get("/log/tile/0/000.p/5", TestStore.ACCOUNT);
        assertThat(tile.body()).hasSize(5 * Hash.BYTES);
        List<Hash> proof =
                text(get("/log/proof/inclusion?index=3&size=" + size, "Armenia"))
                        .lines()
                        .map(Hash::parse)
                        .toList();
        Hash third = Hash.of(Arrays.copyOfRange(tile.body(), 96, 128));
        assertThat(MerkleProof.includes(third, 3, size, checkpoint.root(), proof)).isTrue();
        assertThat(text(get("/log/proof/consistency?from=5&to=" + size, "Armenia"))).isNotBlank();
        for (String none :
                List.of(
                        "/log/tile/0/999",
                        "/log/tile/9/000",
                        "/log/tile/0/1",
                        "/log/proof/inclusion?index=9&size=3",
                        "/log/proof/consistency?from=5&to=99999999")) {
            assertThat(get(none, "Armenia").statusCode()).as(none).isEqualTo(404);
        }
    }

    @Test
    void heads_tell_batches_and_nothing_beyond_the_last_one_is_shown() throws Exception {
        LedgerLog log = node.part(LedgerLog.class);
        node.part(ActEntries.class).of(List.of("f".repeat(64)));
        log.cosign(charter().policy());
        long size = log.shownSize();
        assertThat(size % LedgerLog.BATCH).isZero();
        for (String more :
                List.of(
                        "/log/proof/inclusion?index=3&size=" + (size + 1),
                        "/log/proof/consistency?from=5&to=" + (size + 1))) {
            assertThat(get(more, "Armenia").statusCode()).as(more).isEqualTo(404);
        }
        String digest = "d".repeat(64);
        ActEntries.Entry entry =
                Objects.requireNonNull(node.part(ActEntries.class).of(List.of(digest)).get(digest));
        assertThat(entry.seq() % LedgerLog.BATCH).isZero();
        assertThat(log.tree().size() % LedgerLog.BATCH).isZero();
    }

    @Test
    void signatures_that_were_found_good_are_remembered_for_the_next_start() {
        charter();
        long remembered =
                JdbcClient.create(node.part(DataSource.class))
                        .sql("select count(*) from act_signer")
                        .query(Long.class)
                        .single();
        assertThat(remembered).isGreaterThanOrEqualTo(charter().acts().size());
    }

    @Test
    void cosigns_a_log_of_the_charter_and_catches_it_when_it_forks() throws Exception {
        SigningKey key = logKey();
        MerkleTree tree = new MerkleTree();
        tree.append("one".getBytes(StandardCharsets.UTF_8));
        SignedNote first = new Checkpoint(key.verifier().name(), 1, tree.root()).signedBy(key);
        HttpResponse<byte[]> cosigned = cosign("old 0\n\n" + first);
        assertThat(cosigned.statusCode()).isEqualTo(200);
        NoteSignature signature = NoteSignature.parse(text(cosigned).strip());
        assertThat(signature.verifies(first.text(), node.part(LedgerLog.class).witnessVerifier()))
                .isTrue();

        HttpResponse<byte[]> stale = cosign("old 0\n\n" + first);
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/x.tlog.size");
        assertThat(text(stale)).isEqualTo("1\n");

        MerkleTree forked = new MerkleTree();
        forked.append("two".getBytes(StandardCharsets.UTF_8));
        SignedNote other = new Checkpoint(key.verifier().name(), 1, forked.root()).signedBy(key);
        assertThat(cosign("old 1\n\n" + other).statusCode()).isEqualTo(422);
        assertThat(node.part(Watch.class).splitViews())
                .anySatisfy(found -> assertThat(found.evidence().holds(key.verifier())).isTrue());
    }

    private static SigningKey logKey() throws IOException {
        try (Stream<Path> keys = Files.list(data.resolve("charter/keys"))) {
            Path file =
                    keys.filter(one ->
                                    one.getFileName().toString().equals("alliance.example_log.key"))
                            .findFirst()
                            .orElseThrow();
            return SigningKey.parse(Files.readString(file).strip());
        }
    }

    @Test
    void refuses_to_cosign_what_is_no_head_or_no_log_of_the_charter() throws Exception {
        assertThat(cosign("nothing").statusCode()).isEqualTo(400);
        assertThat(cosign("old 0\n\n" + "x".repeat(70_000)).statusCode()).isEqualTo(413);
        SigningKey stranger = SigningKey.fromSeed("stranger.example", KeyType.LOG, new byte[32]);
        SignedNote head =
                new Checkpoint("stranger.example", 0, Hash.OF_EMPTY_TREE).signedBy(stranger);
        assertThat(cosign("old 0\n\n" + head).statusCode()).isEqualTo(404);
        SignedNote forged =
                new SignedNote(
                        new Checkpoint("alliance.example/log", 0, Hash.OF_EMPTY_TREE).text(),
                        head.signatures());
        assertThat(cosign("old 0\n\n" + forged).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<byte[]> get(String path, @Nullable String account)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (account != null) {
            String pair = account + ":" + TestStore.PASSWORD;
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return send(request.build());
    }

    private static HttpResponse<byte[]> cosign(String body) throws Exception {
        return send(
                HttpRequest.newBuilder(uri("/log/witness/add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + node.port() + path);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
