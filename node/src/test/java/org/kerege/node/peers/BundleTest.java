package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;
import org.kerege.stix.StixId;

/// Two nodes that share no network exchange by files alone, also recalls and their answers.
class BundleTest {

    @TempDir private static Path folder;
    private static final SettableClock CLOCK =
            new SettableClock(Instant.parse("2025-03-01T00:00:00Z"));
    private static PeerNode alpha;
    private static PeerNode beta;
    private static PeerNode gamma;
    private static UUID withBeta;
    private static UUID withGamma;

    @BeforeAll
    static void start() {
        alpha = PeerNode.start("Alpha", folder, CLOCK);
        beta = PeerNode.start("Beta", folder, CLOCK);
        gamma = PeerNode.start("Gamma", folder, CLOCK);
        withBeta = alpha.agreeWith(beta, PeerNode.terms(CLOCK));
        withGamma = alpha.agreeWith(gamma, PeerNode.terms(CLOCK));
    }

    @AfterAll
    static void stop() {
        List.of(alpha, beta, gamma).forEach(PeerNode::close);
    }

    /// Parts of the next bundle, of at most so many bytes.
    private static List<Path> out(PeerNode from, UUID agreement, long most, boolean anew)
            throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        from.part(Bundles.class).make(from.agreement(agreement), most, anew, whole);
        List<Path> parts = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(whole.toByteArray()));
        while (in.available() > 0) {
            Path part = Files.createTempFile(folder, "part", ".kbundle");
            Files.write(part, in.readNBytes((int) in.readLong()));
            parts.add(part);
        }
        return parts;
    }

    private static BundleIntake.Taken take(PeerNode to, List<Path> parts) throws IOException {
        return to.part(BundleIntake.class).take(parts);
    }

    private static void assertRefused(PeerNode to, List<Path> parts, String fault) {
        assertThatExceptionOfType(BundleRefused.class)
                .isThrownBy(() -> take(to, parts))
                .withMessageStartingWith(fault);
    }

    @Test
    void a_bundle_carries_what_is_given_and_recalls_and_answers_ride_on_the_next_ones()
            throws Exception {
        StixId object = alpha.publish(PeerNode.GREEN);
        BundleIntake.Taken first = take(beta, out(alpha, withBeta, 1 << 20, false));
        assertThat(first.same()).isTrue();
        assertThat(beta.holds(object)).isTrue();

        Recall recall = alpha.recall(object);
        assertThat(take(beta, out(alpha, withBeta, 1 << 20, false)).same()).isTrue();
        assertThat(beta.holds(object)).isFalse();
        assertThat(alpha.open(recall)).containsExactly("Beta");

        take(alpha, out(beta, withBeta, 1 << 20, false));
        assertThat(alpha.open(recall)).isEmpty();

        List<Path> lost = out(alpha, withBeta, 1 << 20, false);
        StixId next = alpha.publish(PeerNode.GREEN);
        List<Path> after = out(alpha, withBeta, 1 << 20, false);
        assertRefused(beta, after, "gap: bundle 3 of Alpha is missing");
        assertThat(beta.holds(next)).isFalse();
        take(beta, lost);
        take(beta, after);
        assertThat(beta.holds(next)).isTrue();
        assertRefused(beta, after, "replayed");

        alpha.publish(PeerNode.GREEN);
        out(alpha, withBeta, 1 << 20, false);
        BundleIntake.Taken anew = take(beta, out(alpha, withBeta, 1 << 20, true));
        assertThat(anew.same()).isTrue();
    }

    @Test
    void parts_come_in_any_order_and_one_that_is_lost_or_changed_is_named() throws Exception {
        for (int i = 0; i < 50; i++) {
            alpha.publish(PeerNode.GREEN);
        }
        List<Path> parts = new ArrayList<>(out(alpha, withGamma, 4_000, true));
        assertThat(parts).hasSizeGreaterThan(3);

        assertRefused(gamma, parts.subList(0, 2), "lost-part: part 3 of");
        assertRefused(beta, parts, "forged");

        byte[] good = Files.readAllBytes(parts.get(1));
        byte[] changed = good.clone();
        changed[changed.length - 7] ^= 1;
        Files.write(parts.get(1), changed);
        assertRefused(gamma, parts, "changed: part 2 was changed");
        byte[] head = good.clone();
        head[200] ^= 1;
        Files.write(parts.get(1), head);
        assertThatExceptionOfType(BundleRefused.class).isThrownBy(() -> take(gamma, parts));

        Files.write(parts.get(1), good);
        BundleIntake.Taken taken = take(gamma, parts.reversed());
        assertThat(taken.objects()).isGreaterThanOrEqualTo(50);
        assertThat(taken.same()).isTrue();
    }
}
