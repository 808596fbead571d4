package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.charter.act.SmallAlliance.object;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.TransparencyLog;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.Witness;
import org.kerege.tlog.WitnessPolicy;

/// Five nodes whose clocks differ by up to two minutes around the handover. Each witnesses with its own clock and
/// replays what it has; the time of an act is that of the third cosignature in the order of the witnesses' clocks.
class SkewedClocksTest {

    private static final Instant T = Instant.parse("2025-01-01T00:00:00Z");
    private static final int[] SKEWS = {-120, -60, 0, 60, 120};
    private static final int QUORUM = 3;

    private final SigningKey logKey = SigningKey.fromSeed("log.example", KeyType.LOG, new byte[32]);
    private final TransparencyLog log = new TransparencyLog(logKey);
    private final List<Witness> witnesses = new ArrayList<>();
    private final List<ProvenAct> published = new ArrayList<>();
    private final Map<String, Author> authors = new HashMap<>();
    private final Act founding;
    private Instant real = SmallAlliance.START;

    SkewedClocksTest() {
        Map<String, VerifierKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < SKEWS.length; i++) {
            SigningKey key = SmallAlliance.witnessKey("n" + i);
            keys.put("n" + i, key.verifier());
            witnesses.add(
                    new Witness(
                            key,
                            Map.of(log.origin(), logKey.verifier()),
                            Witness.forgetful(),
                            new Skewed(SKEWS[i])));
        }
        String policy = policy(keys);
        assertThat(WitnessPolicy.parse(policy).anyTwoQuorumsMeet()).isTrue();
        founding = author("A").found(SmallAlliance.charter().put("witnesses", policy), real);
        publish(founding);
        for (String member : List.of("B", "C")) {
            publish(signed(member, Kind.SIGN_CHARTER, "{}", real));
        }
    }

    private String policy(Map<String, VerifierKey> keys) {
        StringBuilder text = new StringBuilder("log ").append(logKey.verifier()).append('\n');
        keys.forEach((name, key) ->
                text.append("witness ").append(name).append(' ').append(key).append('\n'));
        text.append("group nodes ").append(QUORUM).append(' ');
        return text.append(String.join(" ", keys.keySet())).append("\nquorum nodes\n").toString();
    }

    private final class Skewed extends Clock {

        private final int seconds;

        Skewed(int seconds) {
            this.seconds = seconds;
        }

        @Override
        public Instant instant() {
            return real.plusSeconds(seconds);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Author author(String member) {
        return authors.computeIfAbsent(member, name -> new Author(SmallAlliance.key(name), null));
    }

    private Act signed(String member, String kind, String content, Instant claimed) {
        return author(member).sign(kind, founding.digest(), List.of(), object(content), claimed);
    }

    private Act convene(String member, Instant claimed) {
        return signed(member, Kind.CONVENE, "{\"title\":\"S\"}", claimed);
    }

    /// Logs an act at the real time and has those witnesses cosign that are up.
    private Act publish(Act act, Integer... up) {
        List<Witness> asked =
                up.length == 0 ? witnesses : List.of(up).stream().map(witnesses::get).toList();
        long index = log.append(ActEntry.alone(act.digest()));
        LogProof proof = log.prove(index, log.sign(asked));
        published.add(new ProvenAct(act, List.of(proof)));
        return act;
    }

    /// What each of five nodes finds, which got the acts in another order each, one of them all at once at the end.
    private List<Verification> nodes() {
        List<Verification> nodes = new ArrayList<>();
        for (int node = 0; node < SKEWS.length; node++) {
            List<ProvenAct> got = new ArrayList<>(published);
            Collections.shuffle(got, new Random(node));
            nodes.add(Verification.of(got, founding.digest(), Instant.MAX));
        }
        return nodes;
    }

    private static Verdict verdict(Verification node, Act act) {
        return Objects.requireNonNull(node.replay().verdicts().get(act.digest()));
    }

    private void assertRefusedEverywhere(Act act, Verdict.Reason reason) {
        for (Verification node : nodes()) {
            assertThat(verdict(node, act))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(reason));
        }
    }

    @Property(tries = 40)
    void around_the_handover_all_nodes_agree_and_never_two_chairs_are_entitled(
            @ForAll @IntRange(min = -240, max = 240) int oldAt,
            @ForAll @IntRange(min = -240, max = 240) int newAt) {
        // One instance serves all tries of a property: each try needs nodes of its own.
        new SkewedClocksTest().conveneAround(oldAt, newAt);
    }

    private void conveneAround(int oldAt, int newAt) {
        real = T.plusSeconds(Math.min(oldAt, newAt));
        Act first = publish(convene(oldAt <= newAt ? "A" : "B", real));
        real = T.plusSeconds(Math.max(oldAt, newAt));
        Act second = publish(convene(oldAt <= newAt ? "B" : "A", real));
        Act byOld = oldAt <= newAt ? first : second;
        Act byNew = oldAt <= newAt ? second : first;

        List<Verification> all = nodes();
        Verification any = all.getFirst();
        for (Verification node : all) {
            assertThat(node.replay().state().digest()).isEqualTo(any.replay().state().digest());
            assertThat(node.replay().verdicts()).isEqualTo(any.replay().verdicts());
        }
        // All five are up, so the third clock counts, which is right.
        assertThat(verdict(any, byOld) instanceof Verdict.InForce).isEqualTo(oldAt < 0);
        assertThat(verdict(any, byNew) instanceof Verdict.InForce).isEqualTo(newAt >= 0);
    }

    @Property(tries = 40)
    void whichever_three_are_up_all_nodes_agree_and_the_time_is_within_the_skew(
            @ForAll @IntRange(min = -240, max = 240) int at, @ForAll @IntRange(max = 9) int which) {
        new SkewedClocksTest().conveneBefore(at, threeOf(which));
    }

    private void conveneBefore(int at, List<Integer> up) {
        real = T.plusSeconds(at);
        Act act = publish(convene("A", real), up.toArray(Integer[]::new));
        List<Verification> all = nodes();
        Verification any = all.getFirst();
        all.forEach(
                node -> assertThat(node.replay().verdicts()).isEqualTo(any.replay().verdicts()));
        Instant seen =
                any.findings().stream()
                        .filter(finding -> finding.act().equals(act))
                        .map(finding -> Objects.requireNonNull(finding.witnessed()))
                        .findFirst()
                        .orElseThrow();
        assertThat(seen).isBetween(real.minusSeconds(120), real.plusSeconds(120));
        assertThat(verdict(any, act) instanceof Verdict.InForce).isEqualTo(seen.isBefore(T));
    }

    private static List<Integer> threeOf(int which) {
        List<List<Integer>> all = new ArrayList<>();
        for (int a = 0; a < 5; a++) {
            for (int b = a + 1; b < 5; b++) {
                for (int c = b + 1; c < 5; c++) {
                    all.add(List.of(a, b, c));
                }
            }
        }
        return all.get(which);
    }

    @Test
    void one_second_before_the_handover_at_it_and_one_second_after() {
        for (int second : List.of(-1, 0, 1)) {
            real = T.plusSeconds(second);
            Act byOld = publish(convene("A", real));
            Act byNew = publish(convene("B", real));
            for (Verification node : nodes()) {
                assertThat(verdict(node, byOld) instanceof Verdict.InForce).isEqualTo(second < 0);
                assertThat(verdict(node, byNew) instanceof Verdict.InForce).isEqualTo(second >= 0);
            }
        }
    }

    @Test
    void a_former_chair_cannot_back_date() {
        real = T.plusSeconds(300);
        assertRefusedEverywhere(
                publish(convene("A", T.minusSeconds(86_400))), Verdict.Reason.NOT_ENTITLED);
    }

    @Test
    void a_former_chair_that_alone_witnesses_its_act_has_no_time_for_it() {
        real = T.minusSeconds(300);
        Act held = publish(convene("A", real), 0);
        for (Verification node : nodes()) {
            assertThat(verdict(node, held)).isInstanceOf(Verdict.Pending.class);
        }
        // Shown to the others after the handover, it is as late as they are.
        real = T.plusSeconds(300);
        LogProof late = log.prove(log.tree().size() - 1, log.sign(witnesses));
        published.removeLast();
        published.add(new ProvenAct(held, List.of(late)));
        assertRefusedEverywhere(held, Verdict.Reason.NOT_ENTITLED);
    }

    @Test
    void an_act_that_is_shown_again_counts_once_from_its_first_time() {
        real = T.minusSeconds(300);
        Act act = publish(convene("A", real));
        real = T.plusSeconds(300);
        publish(act);
        for (Verification node : nodes()) {
            assertThat(verdict(node, act)).isEqualTo(new Verdict.InForce(T.minusSeconds(300)));
            assertThat(node.replay().state().json().path("sessions")).hasSize(1);
        }
    }

    @Test
    void a_forked_act_of_the_former_chair_is_refused_and_shown_as_evidence() {
        real = T.minusSeconds(300);
        Act first = publish(convene("A", real));
        real = T.plusSeconds(300);
        Act forked =
                publish(
                        new Author(SmallAlliance.key("A"), founding)
                                .sign(
                                        Kind.CONVENE,
                                        founding.digest(),
                                        List.of(),
                                        object("{\"title\":\"forked\"}"),
                                        T.minusSeconds(300)));
        assertRefusedEverywhere(forked, Verdict.Reason.DUPLICATE_NUMBER);
        for (Verification node : nodes()) {
            assertThat(node.misbehaviours())
                    .containsExactly(new Misbehaviour("a.example", 2, first, forked));
        }
    }

    @Test
    void a_proof_of_another_act_gives_no_time() {
        real = T.minusSeconds(300);
        Act witnessed = publish(convene("A", real));
        Act other = convene("A", real);
        published.add(new ProvenAct(other, published.getLast().proofs()));
        for (Verification node : nodes()) {
            assertThat(verdict(node, witnessed)).isInstanceOf(Verdict.InForce.class);
            assertThat(verdict(node, other)).isInstanceOf(Verdict.Pending.class);
        }
    }
}
