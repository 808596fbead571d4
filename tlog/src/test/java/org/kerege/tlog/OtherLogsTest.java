package org.kerege.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Logs and proofs made by other programs.
class OtherLogsTest {

    /// The public key of the sample log, as its authors publish it.
    private static final VerifierKey SAMPLE_LOG =
            VerifierKey.parse(
                    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void every_inclusion_proof_is_judged_as_its_authors_say() {
        for (JsonNode one : vectors("merkle-inclusion.json")) {
            boolean accepted;
            try {
                accepted =
                        MerkleProof.includes(
                                Hash.parse(one.path("leafHash").asString()),
                                one.path("leafIdx").bigIntegerValue().longValue(),
                                one.path("treeSize").asLong(),
                                Hash.parse(one.path("root").asString()),
                                proof(one));
            } catch (MalformedLog e) {
                accepted = false;
            }
            assertThat(accepted)
                    .as(one.path("id").asString())
                    .isNotEqualTo(one.path("wantErr").asBoolean());
        }
    }

    @Test
    void every_consistency_proof_is_judged_as_its_authors_say() {
        for (JsonNode one : vectors("merkle-consistency.json")) {
            boolean accepted;
            try {
                accepted =
                        MerkleProof.extendsTree(
                                one.path("size1").asLong(),
                                root(one, "root1"),
                                one.path("size2").asLong(),
                                root(one, "root2"),
                                proof(one));
            } catch (MalformedLog e) {
                accepted = false;
            }
            assertThat(accepted)
                    .as(one.path("id").asString())
                    .isNotEqualTo(one.path("wantErr").asBoolean());
        }
    }

    private static JsonNode vectors(String name) {
        return JSON.readTree(Samples.sharedLogs().resolve(name).toFile());
    }

    /// Some of the vectors have a word in the place of a root that does not matter; ours are always hashes.
    private static Hash root(JsonNode one, String name) {
        String text = one.path(name).asString();
        return text.length() == 44
                ? Hash.parse(text)
                : Hash.ofLeaf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Hash> proof(JsonNode one) {
        List<Hash> proof = new ArrayList<>();
        one.path("proof").forEach(hash -> proof.add(Hash.parse(hash.asString())));
        return proof;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void the_sample_log_reads_and_hashes_to_its_head_at_every_size(int size) throws IOException {
        Path folder = Samples.sharedLogs().resolve("tessera-sample-log");
        SignedNote note =
                SignedNote.parse(Files.readAllBytes(folder.resolve("checkpoint." + size)));
        assertThat(note.isSignedBy(SAMPLE_LOG)).isTrue();
        Checkpoint head = Checkpoint.parse(note.text());
        assertThat(head.size()).isEqualTo(size);
        assertThat(note.toString())
                .isEqualTo(Files.readString(folder.resolve("checkpoint." + size)));

        LogFolder log = new LogFolder(folder);
        List<byte[]> entries = log.verifiedEntries(head);
        assertThat(entries).hasSize(size);
        TreeNodes tiles = log.tree(size);
        for (int index = 0; index < size; index++) {
            LogProof proof = new LogProof(index, tiles.inclusionProof(index, size), note);
            WitnessPolicy policy = WitnessPolicy.parse("log " + SAMPLE_LOG + "\nquorum none\n");
            assertThat(
                            LogProof.parse(proof.toString())
                                    .verify(Hash.ofLeaf(entries.get(index)), policy)
                                    .checkpoint())
                    .isEqualTo(head);
        }
    }

    @Test
    void each_head_of_the_sample_log_extends_the_ones_before() throws IOException {
        Path folder = Samples.sharedLogs().resolve("tessera-sample-log");
        TreeNodes tiles = new LogFolder(folder).tree(15);
        List<Checkpoint> heads = new ArrayList<>();
        for (int size = 1; size <= 15; size++) {
            heads.add(
                    Checkpoint.parse(
                            SignedNote.parse(
                                            Files.readAllBytes(
                                                    folder.resolve("checkpoint." + size)))
                                    .text()));
        }
        for (Checkpoint before : heads) {
            for (Checkpoint after : heads.subList((int) before.size() - 1, heads.size())) {
                assertThat(
                                MerkleProof.extendsTree(
                                        before.size(),
                                        before.root(),
                                        after.size(),
                                        after.root(),
                                        tiles.consistencyProof(before.size(), after.size())))
                        .isTrue();
            }
        }
    }

    @Test
    void the_sample_log_written_again_has_the_same_files(@TempDir Path target) throws IOException {
        Path folder = Samples.sharedLogs().resolve("tessera-sample-log");
        LogFolder written = new LogFolder(target);
        MerkleTree tree = new MerkleTree();
        List<byte[]> entries = new LogFolder(folder).entries(0, 15, 15);
        for (int size = 1; size <= 15; size++) {
            tree.append(entries.get(size - 1));
            written.write(size - 1, tree, entries.subList(0, size));
        }
        try (Stream<Path> files = Files.walk(folder.resolve("tile"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(target.resolve(folder.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void the_example_of_the_note_specification_verifies_and_a_changed_text_does_not() {
        VerifierKey key =
                VerifierKey.parse(
                        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        String note =
                """
                This is an example message.

                — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                """;
        assertThat(SignedNote.parse(note).isSignedBy(key)).isTrue();
        assertThat(SignedNote.parse(note.replace("an example", "no example")).isSignedBy(key))
                .isFalse();
        assertThatThrownBy(() -> VerifierKey.parse(key.toString().replace("530d903a", "530d903b")))
                .isInstanceOf(MalformedLog.class);
    }
}
