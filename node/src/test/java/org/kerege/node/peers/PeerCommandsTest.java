package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Ended;
import org.kerege.node.TestStore;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.stix.StixId;

/// Two administrators come to terms by the command line alone.
class PeerCommandsTest {

    @TempDir private static Path folder;
    private static PeerNode alpha;
    private static PeerNode beta;

    @BeforeAll
    static void start() throws IOException {
        alpha = PeerNode.start("Alpha", folder, Clock.systemUTC());
        beta = PeerNode.start("Beta", folder, Clock.systemUTC());
        for (PeerNode node : List.of(alpha, beta)) {
            Identity identity = node.part(Identity.class);
            identity.putAccount("admin", node.name(), Set.of(Role.values()), null);
            identity.setPassword("admin", TestStore.PASSWORD);
        }
        Files.writeString(folder.resolve("password"), TestStore.PASSWORD + "\n");
    }

    @AfterAll
    static void stop() {
        alpha.close();
        beta.close();
    }

    private static Ended run(PeerNode at, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "--node",
                        at.address().toString(),
                        "--user",
                        "admin",
                        "--password-file",
                        folder.resolve("password").toString()));
        return Ended.of(all.toArray(String[]::new));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void an_agreement_is_made_used_and_ended_by_commands() throws Exception {
        Ended invited =
                run(
                        alpha,
                        "peers",
                        "invite",
                        "Beta",
                        "--tier",
                        "partner",
                        "--purpose",
                        "mutual warning",
                        "--gives",
                        "all",
                        "--address",
                        alpha.address().toString(),
                        "--out",
                        file("invitation.json"));
        assertThat(invited.code()).as(invited.err()).isZero();
        assertThat(invited.out()).contains("alpha/peer+");
        assertThat(run(alpha, "peers", "accept", file("invitation.json"), "--out", file("x")).err())
                .contains("not-for-us");

        Ended accepted =
                run(beta, "peers", "accept", file("invitation.json"), "--out", file("answer.json"));
        assertThat(accepted.code()).as(accepted.err()).isZero();
        Ended entered = run(alpha, "peers", "accept", file("answer.json"));
        assertThat(entered.out()).contains("Beta", "in_force", "TLP:GREEN");
        Ended replayed = run(alpha, "peers", "accept", file("answer.json"));
        assertThat(replayed.code()).isEqualTo(1);
        assertThat(replayed.err()).contains("replayed");

        StixId object = alpha.publish(PeerNode.GREEN);
        assertThat(run(alpha, "bundle", "out", "--to", "Beta", file("media")).code()).isZero();
        Ended in = run(beta, "bundle", "in", parts("media").getFirst());
        assertThat(in.out()).contains("1 objects", "Everything that it gives stands here now.");
        String id = run(alpha, "peers", "--json").json().path(0).path("agreement").asString();
        assertThat(run(alpha, "peers", "show", id).out())
                .contains("holds 1 versions", object.toString());

        assertThat(run(alpha, "recall", object.toString(), "--why", "it was wrong").code())
                .isZero();
        Ended open = run(alpha, "recalls");
        assertThat(open.code()).isEqualTo(1);
        assertThat(open.out()).contains("owes an answer: Beta");
        beta.round();
        Ended done = run(alpha, "recalls");
        assertThat(done.code()).as(done.out()).isZero();
        assertThat(done.out()).contains("erased");
        assertThat(run(alpha, "peers", "show", id).out()).contains("holds 0 versions");

        assertThat(run(alpha, "peers", "end", id, "--why", "the programme is over").code())
                .isZero();
        assertThat(run(alpha, "peers", "list").out()).contains("ended", "the programme is over");
        assertThat(beta.part(Rounds.class).tryPull(UUID.fromString(id)))
                .contains("the programme is over");
    }

    private static List<String> parts(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void an_account_of_nobody_and_a_collection_that_is_not_there_are_told_apart() {
        assertThat(Ended.of("peers", "--node", alpha.address().toString()).err())
                .contains("does not know you");
        Ended missing =
                run(
                        alpha,
                        "peers",
                        "invite",
                        "Gamma",
                        "--tier",
                        "partner",
                        "--purpose",
                        "p",
                        "--gives",
                        "nowhere",
                        "--out",
                        file("y"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("no collection with the alias 'nowhere'");
    }
}
