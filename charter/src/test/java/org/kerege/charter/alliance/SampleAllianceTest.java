package org.kerege.charter.alliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Kind;
import org.kerege.charter.act.Verdict;
import org.kerege.stix.Json;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.LogFolder;

class SampleAllianceTest {

    private static final Instant HANDOVER = Instant.parse("2024-12-31T18:00:00Z");

    @TempDir private static Path root;

    private static Path folder;
    private static String charter;

    @BeforeAll
    static void create() throws IOException {
        folder = root.resolve("sample");
        charter = SampleAlliance.create(folder);
    }

    private static Verification verify(List<ProvenAct> acts) {
        return Verification.of(acts, charter, Instant.MAX);
    }

    @Test
    void every_act_of_the_sample_is_in_force_and_witnessed_by_all() throws IOException {
        Verification verification = verify(AllianceFolder.open(folder).acts());
        assertThat(verification.findings())
                .hasSizeGreaterThan(15)
                .allSatisfy(finding -> {
                    assertThat(finding.verdict()).isInstanceOf(Verdict.InForce.class);
                    assertThat(finding.witnesses()).hasSize(7);
                });
        var state = verification.replay().state();
        assertThat(state.rotation().chairAt(HANDOVER.minusSeconds(1)).member())
                .isEqualTo("Kazakhstan");
        assertThat(state.rotation().chairAt(HANDOVER).member()).isEqualTo("Kyrgyzstan");
        var json = state.json();
        assertThat(json.at("/sessions/0/absent/0").asString()).isEqualTo("Armenia");
        assertThat(json.at("/sessions/0/present").size()).isEqualTo(5);
        assertThat(json.at("/decisions/0/result").asString()).isEqualTo("adopted");
        assertThat(json.at("/programmes/0/points").size()).isEqualTo(7);
    }

    @Test
    void the_log_of_the_folder_hashes_to_its_head() throws IOException {
        LogFolder log = new LogFolder(folder.resolve("log"));
        Checkpoint head = Checkpoint.parse(log.checkpoint().text());
        assertThat(log.verifiedEntries(head)).hasSize(AllianceFolder.open(folder).acts().size());
    }

    @Test
    void the_former_chair_is_refused_after_the_handover_and_the_next_accepted(@TempDir Path other)
            throws IOException {
        String digest = SampleAlliance.create(other.resolve("s"));
        AllianceFolder alliance = AllianceFolder.open(other.resolve("s"));
        Act before = convene(alliance, "kazakhstan", digest, HANDOVER.minusSeconds(1));
        Act after = convene(alliance, "kazakhstan", digest, HANDOVER);
        Act next = convene(alliance, "kyrgyzstan", digest, HANDOVER);
        var verdicts = Verification.of(alliance.acts(), digest, Instant.MAX).replay().verdicts();
        assertThat(verdicts.get(before.digest())).isInstanceOf(Verdict.InForce.class);
        assertThat(verdicts.get(after.digest())).isInstanceOf(Verdict.Refused.class);
        assertThat(verdicts.get(next.digest())).isInstanceOf(Verdict.InForce.class);
        assertThatThrownBy(() -> convene(alliance, "kazakhstan", digest, HANDOVER.minusSeconds(9)))
                .isInstanceOf(MalformedCharter.class)
                .hasMessageContaining("time does not go back");
    }

    private static Act convene(AllianceFolder alliance, String member, String digest, Instant at)
            throws IOException {
        Author author = alliance.author(member + ".example/charter");
        Act act =
                author.sign(
                        Kind.CONVENE,
                        digest,
                        List.of(),
                        Json.mapper().createObjectNode().put("title", "Session"),
                        at);
        alliance.append(List.of(act), at);
        return act;
    }

    @Test
    void a_bundle_tells_the_same_as_the_folder_and_a_changed_one_does_not() throws IOException {
        List<ProvenAct> acts = AllianceFolder.open(folder).acts();
        byte[] bundle = ActBundle.write(acts);
        Verification read = verify(ActBundle.read(bundle));
        assertThat(read.replay().state().digest())
                .isEqualTo(verify(acts).replay().state().digest());

        String changed =
                new String(bundle, StandardCharsets.UTF_8).replace("\"Astana\"", "\"Almaty\"");
        Verification forged = verify(ActBundle.read(changed.getBytes(StandardCharsets.UTF_8)));
        assertThat(new VerificationReport(forged, HANDOVER).isClean()).isFalse();
    }

    @Test
    void what_was_witnessed_later_is_not_known_yet() throws IOException {
        Verification early =
                Verification.of(
                        AllianceFolder.open(folder).acts(),
                        charter,
                        Instant.parse("2024-11-20T00:00:00Z"));
        assertThat(early.replay().state().json().path("decisions").size()).isZero();
        assertThat(early.replay().state().json().path("sessions").size()).isEqualTo(1);
    }

    @Test
    void the_verifier_answers_from_the_bundle_alone() throws IOException {
        Path bundle = root.resolve("acts.json");
        Files.write(bundle, ActBundle.write(AllianceFolder.open(folder).acts()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code =
                VerifyMain.run(
                        new String[] {
                            bundle.toString(),
                            "--charter",
                            charter,
                            "--at",
                            HANDOVER.toString(),
                            "--json"
                        },
                        new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).isZero();
        var answer = Json.mapper().readTree(out.toByteArray());
        assertThat(answer.at("/chair/member").asString()).isEqualTo("Kyrgyzstan");
        assertThat(answer.at("/chair/from").asString()).isEqualTo("2024-12-31T18:00:00Z");
        assertThat(VerifyMain.run(new String[] {bundle + ".none"}, System.out)).isEqualTo(2);
        String other = "0".repeat(64);
        assertThat(VerifyMain.run(new String[] {bundle.toString(), "--charter", other}, System.out))
                .isEqualTo(2);
    }

    @Test
    void does_not_write_over_an_alliance_that_is_there() {
        assertThatThrownBy(() -> SampleAlliance.create(folder))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
