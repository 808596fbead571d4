package org.kerege.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WitnessTest {

    private static final Clock NOON =
            Clock.fixed(Instant.parse("2025-01-01T12:00:00Z"), ZoneOffset.UTC);

    private final SigningKey logKey = Samples.logKey("log.example");
    private final TransparencyLog log = new TransparencyLog(logKey);

    private Witness witness(String name) {
        return new Witness(
                Samples.witnessKey(name),
                Map.of("log.example", logKey.verifier()),
                Witness.forgetful(),
                NOON);
    }

    private void append(int number) {
        for (int i = 0; i < number; i++) {
            log.append(Samples.entry(log.tree().size()));
        }
    }

    private SignedNote head(MerkleTree tree) {
        return new Checkpoint("log.example", tree.size(), tree.root()).signedBy(logKey);
    }

    @Test
    void five_witnesses_cosign_a_growing_log_and_an_entry_is_proven_offline() {
        Map<String, VerifierKey> keys = new LinkedHashMap<>();
        List<Witness> witnesses = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            Witness witness = witness("w" + i + ".example");
            witnesses.add(witness);
            keys.put("w" + i, witness.verifier());
        }
        WitnessPolicy policy = WitnessPolicy.kOf(3, logKey.verifier(), keys);
        append(10);
        log.sign(witnesses);
        append(300);
        SignedNote head = log.sign(witnesses);

        Witnessed seen =
                LogProof.parse(log.prove(42, head).toString())
                        .verify(Hash.ofLeaf(Samples.entry(42)), policy);
        assertThat(seen.cosigned()).hasSize(5);
        assertThat(seen.since()).isEqualTo(NOON.instant());
        assertThatThrownBy(() -> log.prove(42, head).verify(Hash.ofLeaf(Samples.entry(43)), policy))
                .isInstanceOf(LogProof.Refused.class)
                .hasMessageContaining("index 42");
    }

    @Test
    void a_head_without_quorum_is_refused_naming_who_cosigned() {
        Witness one = witness("w1.example");
        WitnessPolicy policy =
                WitnessPolicy.kOf(
                        2,
                        logKey.verifier(),
                        Map.of("w1", one.verifier(), "w2", witness("w2.example").verifier()));
        append(1);
        SignedNote head = log.sign(List.of(one));
        assertThatThrownBy(() -> policy.judge(head))
                .isInstanceOf(LogProof.Refused.class)
                .hasMessageContaining("[w1]");
    }

    @Test
    void answers_each_wrong_request_in_its_own_way() {
        Witness witness = witness("w.example");
        append(3);
        SignedNote three = log.sign();
        assertThat(witness.addCheckpoint(4, List.of(), three))
                .isInstanceOf(Witness.Answer.WrongSize.class);
        assertThat(witness.addCheckpoint(1, List.of(), three))
                .isEqualTo(new Witness.Answer.Stale(0));
        assertThat(witness.addCheckpoint(0, List.of(), three))
                .isInstanceOf(Witness.Answer.Cosigned.class);
        assertThat(witness.addCheckpoint(3, List.of(), three))
                .isInstanceOf(Witness.Answer.Cosigned.class);
        Checkpoint other = new Checkpoint("other.example", 1, Samples.tree(1).root());
        assertThat(witness.addCheckpoint(0, List.of(), other.signedBy(logKey)))
                .isInstanceOf(Witness.Answer.UnknownLog.class);
        Checkpoint four = new Checkpoint("log.example", 4, Samples.tree(4).root());
        assertThat(
                        witness.addCheckpoint(
                                3, List.of(), four.signedBy(Samples.logKey("log.example"))))
                .isInstanceOf(Witness.Answer.NotSigned.class);
        assertThat(witness.addCheckpoint(3, List.of(), four.signedBy(logKey)))
                .isInstanceOf(Witness.Answer.Inconsistent.class);
    }

    @Test
    void two_heads_of_one_size_are_evidence_that_holds_for_anyone() {
        Witness witness = witness("w.example");
        append(3);
        witness.addCheckpoint(0, List.of(), log.sign());
        MerkleTree forked = new MerkleTree();
        for (int i = 0; i < 3; i++) {
            forked.append(Samples.entry(i + 7));
        }
        var answer =
                (Witness.Answer.Inconsistent) witness.addCheckpoint(3, List.of(), head(forked));
        SplitView evidence = Objects.requireNonNull(answer.evidence());
        assertThat(evidence.holds(logKey.verifier())).isTrue();
        assertThat(evidence.holds(Samples.logKey("log.example").verifier())).isFalse();
    }

    @Test
    void a_thousand_forked_histories_are_not_cosigned_and_each_is_shown() {
        fork(1_000);
    }

    @Test
    @Tag("long")
    void ten_thousand_forked_histories_are_not_cosigned_and_each_is_shown() {
        fork(10_000);
    }

    private void fork(int attempts) {
        SigningKey key = Samples.witnessKey("w.example");
        Map<String, VerifierKey> logs = Map.of("log.example", logKey.verifier());
        Random random = new Random(20250101);
        int evidenced = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            int common = random.nextInt(20);
            int seen = common + 1 + random.nextInt(20);
            int more = random.nextInt(20);
            MerkleTree honest = Samples.tree(seen);
            MerkleTree forked = Samples.tree(common);
            for (int i = common; i < seen + more; i++) {
                forked.append(Samples.entry(-1 - i));
            }
            Witness witness = new Witness(key, logs, Witness.forgetful(), NOON);
            SignedNote before = head(honest);
            SignedNote after = head(forked);
            assertThat(witness.addCheckpoint(0, List.of(), before))
                    .isInstanceOf(Witness.Answer.Cosigned.class);
            assertThat(
                            witness.addCheckpoint(
                                    seen, forked.consistencyProof(seen, forked.size()), after))
                    .isInstanceOf(Witness.Answer.Inconsistent.class);
            SplitView evidence = SplitView.find(logKey.verifier(), before, after, forked);
            if (evidence != null && evidence.holds(logKey.verifier())) {
                evidenced++;
            }
        }
        assertThat(evidenced).isEqualTo(attempts);
    }

    @Test
    void an_honest_log_gives_no_evidence() {
        MerkleTree tree = Samples.tree(9);
        SignedNote five = new Checkpoint("log.example", 5, tree.root(5)).signedBy(logKey);
        assertThat(SplitView.find(logKey.verifier(), five, head(tree), tree)).isNull();
        assertThat(SplitView.find(logKey.verifier(), five, head(tree), List.of())).isNull();
    }

    @Test
    void a_policy_of_groups_counts_each_group_once() {
        StringBuilder text = new StringBuilder("# members and one from outside\n");
        text.append("log ").append(logKey.verifier()).append('\n');
        for (String name : List.of("a", "b", "c", "outside")) {
            text.append("witness ").append(name).append(' ');
            text.append(Samples.witnessKey(name + ".example").verifier()).append('\n');
        }
        text.append("group members 2 a b c\n group  both all members outside\nquorum both\n");
        WitnessPolicy policy = WitnessPolicy.parse(text.toString());
        assertThat(policy.isQuorum(Set.of("a", "b", "c"))).isFalse();
        assertThat(policy.isQuorum(Set.of("a", "outside"))).isFalse();
        assertThat(policy.isQuorum(Set.of("a", "c", "outside"))).isTrue();
        assertThat(policy.anyTwoQuorumsMeet()).isTrue();
        assertThat(
                        WitnessPolicy.parse(text.toString().replace("members 2", "members 1"))
                                .anyTwoQuorumsMeet())
                .isFalse();
    }

    @Test
    void a_policy_that_cannot_be_meant_is_refused() {
        String key = Samples.witnessKey("w.example").verifier().toString();
        for (String text :
                List.of(
                        "",
                        "quorum w",
                        "quorum none\nquorum none",
                        "witness none " + key + "\nquorum none",
                        "witness w " + key + "\nwitness v " + key + "\nquorum w",
                        "witness w " + key + "\ngroup g 2 w\nquorum g",
                        "witness w " + key + "\ngroup g 0 w\nquorum g",
                        "witness w " + key + "\ngroup g any w w\nquorum g",
                        "log " + key + "\nquorum none",
                        "mirror w " + key + "\nquorum none")) {
            assertThatThrownBy(() -> WitnessPolicy.parse(text))
                    .as(text)
                    .isInstanceOf(MalformedLog.class);
        }
    }
}
