package org.kerege.node.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Kind;
import org.kerege.charter.alliance.ActBundle;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.node.Ended;
import org.kerege.node.TestStore;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;

/// A member founds an alliance from its own node: commands sign beside the node, the node logs and has it witnessed.
class FoundingOnNodeTest {

    @TempDir private Path own;

    private @Nullable Path settings;

    private Ended run(String... line) {
        return Ended.of(
                Stream.of(
                                Stream.of("charter"),
                                Stream.of(line),
                                Stream.of("--settings", String.valueOf(settings)))
                        .flatMap(one -> one)
                        .toArray(String[]::new));
    }

    private static String line(Ended keys, String kind) {
        return keys.out().lines().filter(line -> line.startsWith(kind)).findFirst().orElseThrow();
    }

    @Test
    void an_alliance_is_founded_joined_and_decided_upon_from_a_node() throws IOException {
        Postgres store = TestDatabases.laidOut();
        settings =
                Files.writeString(
                        own.resolve("kerege.yaml"),
                        """
                        organisation: %s
                        data: %s
                        port: 0
                        database.url: "%s"
                        database.user: "%s"
                        database.password: "%s"
                        disk.minimum-free-megabytes: 1
                        """
                                .formatted(
                                        TestStore.ORGANISATION,
                                        own.resolve("data"),
                                        store.url(),
                                        store.user(),
                                        store.password()));
        Ended keys = run("keys");
        SigningKey beta = SigningKey.fromSeed("beta/charter", KeyType.LOG, new byte[32]);
        Path draft =
                Files.writeString(
                        own.resolve("draft.json"),
                        """
                        {"title": "Charter",
                         "members": [%s, {"id": "Beta", "key": "%s"}],
                         "rotation": {"zone": "UTC", "start": "2020-01-01", "order": {"kind": "listed"},
                                      "term": {"kind": "calendar", "months": 1200}},
                         "rule": {"kind": "consensus"},
                         "witnesses": ["%s", "%s", "quorum alpha"]}
                        """
                                .formatted(
                                        line(keys, "member").substring("member ".length()),
                                        beta.verifier(),
                                        line(keys, "log"),
                                        line(keys, "witness")));
        assertThat(run("join").err()).contains("acts");
        try (NodeServer node = NodeServer.start(Settings.read(own.resolve("kerege.yaml")))) {
            TestStore.layOut(node);
            Council council = node.part(Council.class);
            Ended founded = run("init", "--charter", draft.toString());
            assertThat(founded.err()).contains("Handed to the node");
            String digest = founded.firstLine().substring("charter ".length());
            council.round();
            assertThat(run("propose", "--title", "Early").out())
                    .contains("not signed")
                    .contains("the charter is not in force");

            Act joined =
                    new Author(beta, null)
                            .sign(
                                    Kind.SIGN_CHARTER,
                                    digest,
                                    List.of(),
                                    Json.mapper().createObjectNode(),
                                    Instant.now());
            Path bundle = own.resolve("joined.json");
            Files.write(bundle, ActBundle.write(List.of(new ProvenAct(joined, List.of()))));
            assertThat(run("import", bundle.toString()).out()).contains("1 acts handed");
            council.round();

            Ended proposed = run("propose", "--observer", "Watch");
            assertThat(proposed.out()).contains("handed to the node");
            council.round();
            Ended second = run("propose", "--partner", "Friend");
            council.round();
            assertThat(second.firstLine()).isNotEqualTo(proposed.firstLine());
            assertThat(run("show").out())
                    .contains("chair      Alpha")
                    .contains("member     Beta, member");
            assertThat(run("history").out()).contains("propose").doesNotContain("refused");
            assertThat(own.resolve("data/charter/tray")).isEmptyDirectory();
        }
    }

    @Test
    void a_bundle_that_cannot_be_read_is_put_aside_and_holds_up_nothing() throws IOException {
        Path data = own.resolve("data");
        Files.createDirectories(data.resolve("charter/tray"));
        Files.writeString(data.resolve("charter/tray/1.json"), "{");
        try (NodeServer node = NodeServer.start(TestStore.settings(data))) {
            TestStore.layOut(node);
            assertThat(node.part(Council.class).round()).isTrue();
        }
        assertThat(data.resolve("charter/tray/1.json.refused")).exists();
    }
}
