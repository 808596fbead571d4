package org.kerege.node.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Kind;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.node.Ended;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Each command of `./kerege charter` as its user meets it: what it prints and how it ends.
class CharterCommandsTest {

    private static final String HANDOVER = "2024-12-31T18:00:00Z";
    private static final String TITLE = "{\"title\":\"Session\"}";

    @TempDir private static Path shared;

    @TempDir private Path own;

    private Path dir;

    private static Ended run(String... line) {
        return Ended.of(
                Stream.concat(Stream.of("charter"), Stream.of(line)).toArray(String[]::new));
    }

    /// A command on this test's own copy of the sample.
    private Ended here(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--dir", dir.toString()));
        return run(all.toArray(String[]::new));
    }

    private Ended sign(String member, String kind, String content, String now) {
        return here("sign", "--as", member, "--kind", kind, "--content", content, "--now", now);
    }

    @BeforeAll
    static void create() {
        assertThat(run("init", "--sample", "--dir", shared.resolve("sample").toString()).code())
                .isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        dir = own.resolve("alliance");
        try (Stream<Path> files = Files.walk(shared.resolve("sample"))) {
            for (Path file : files.toList()) {
                Files.copy(file, dir.resolve(shared.resolve("sample").relativize(file).toString()));
            }
        }
    }

    @Test
    void init_prints_the_charters_digest_and_does_not_write_over_an_alliance() {
        Ended made = run("init", "--sample", "--dir", own.resolve("other").toString());
        assertThat(made.code()).isZero();
        assertThat(made.out()).matches("charter [0-9a-f]{64}\\R");
        Ended again = run("init", "--sample", "--dir", own.resolve("other").toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("already");
    }

    @Test
    void init_says_what_is_missing_and_what_stands_in_its_way() throws IOException {
        assertThat(run("init").code()).isEqualTo(2);
        Path file = Files.writeString(own.resolve("file"), "a file");
        assertThat(run("init", "--sample", "--dir", file.resolve("below").toString()).code())
                .isEqualTo(3);
    }

    @Test
    void show_tells_who_chairs_at_an_instant() {
        JsonNode before = here("show", "--at", "2024-12-31T17:59:59Z", "--json").json();
        JsonNode after = here("show", "--at", HANDOVER, "--json").json();
        assertThat(before.at("/chair/member").stringValue()).isEqualTo("Kazakhstan");
        assertThat(before.at("/chair/until").stringValue()).isEqualTo(HANDOVER);
        assertThat(after.at("/chair/member").stringValue()).isEqualTo("Kyrgyzstan");
        assertThat(after.at("/chair/from").stringValue()).isEqualTo(HANDOVER);
        assertThat(after.at("/chair/until").stringValue()).isEqualTo("2025-12-31T18:00:00Z");
        assertThat(here("show", "--at", HANDOVER).out()).contains("chair      Kyrgyzstan, from");
    }

    @Test
    void show_leaves_out_what_was_not_known_yet() {
        assertThat(
                        here("show", "--known-at", "2024-11-20T00:00:00Z", "--json")
                                .json()
                                .path("decisions"))
                .isEmpty();
        assertThat(here("show", "--known-at", "2020-01-01T00:00:00Z").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "history", "export", "dossier"})
    void a_folder_without_an_alliance_cannot_be_used(String command) {
        Ended answer = run(command, "--dir", own.resolve("none").toString());
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("none");
    }

    @Test
    void an_instant_that_is_none_is_named() {
        Ended answer = here("show", "--at", "yesterday");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("--at: 'yesterday' is no instant");
    }

    @Test
    void a_decision_is_proposed_voted_and_closed() {
        String now = "2024-12-01T00:00:00Z";
        Ended proposed =
                here(
                        "propose",
                        "--as",
                        "Kazakhstan",
                        "--title",
                        "An observer",
                        "--measure",
                        "{\"kind\":\"admit-observer\",\"name\":\"Observer\"}",
                        "--now",
                        now);
        assertThat(proposed.code()).isZero();
        String proposal = proposed.firstLine();
        for (String member : List.of("Belarus", "Kazakhstan", "Kyrgyzstan", "Russia")) {
            Ended vote =
                    here(
                            "vote",
                            "--as",
                            member,
                            "--proposal",
                            proposal.substring(0, 12),
                            "--position",
                            "for",
                            "--now",
                            now);
            assertThat(vote.code()).isZero();
        }
        Ended closed = sign("Kazakhstan", "decision", "{\"proposal\":\"" + proposal + "\"}", now);
        assertThat(closed.code()).isZero();
        JsonNode state = here("show", "--json").json();
        assertThat(state.at("/observers/0").stringValue()).isEqualTo("Observer");
        assertThat(state.at("/decisions/1/trace/0/clauses/0/figures").stringValue())
                .isEqualTo("4 of 6 present, at least 2/3 and 2 members needed");
    }

    @Test
    void vote_and_propose_refuse_what_they_cannot_use() {
        assertThat(here("vote", "--as", "Russia", "--proposal", "abc", "--position", "for").code())
                .isEqualTo(2);
        assertThat(
                        here(
                                        "vote",
                                        "--as",
                                        "Russia",
                                        "--proposal",
                                        "0".repeat(64),
                                        "--position",
                                        "maybe")
                                .code())
                .isEqualTo(2);
        assertThat(here("propose", "--as", "Russia", "--title", "T", "--measure", "{").code())
                .isEqualTo(2);
        assertThat(here("propose", "--as", "Nobody", "--title", "T").code()).isEqualTo(2);
    }

    @Test
    void sign_refuses_the_former_chair_by_name_and_accepts_the_next() {
        Ended late = sign("Kazakhstan", "convene", TITLE, HANDOVER);
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.out())
                .contains("refused: the chair at " + HANDOVER + " is Kyrgyzstan, not Kazakhstan");
        Ended next = sign("Kyrgyzstan", "convene", TITLE, HANDOVER);
        assertThat(next.code()).isZero();
        assertThat(next.out()).contains("in force since " + HANDOVER);
    }

    @Test
    void sign_does_not_go_back_in_time() {
        assertThat(sign("Kazakhstan", "convene", TITLE, "2024-01-01T00:00:00Z").code())
                .isEqualTo(2);
    }

    @Test
    void a_kind_that_is_not_known_is_kept_without_effect_and_shown() {
        Ended signed = sign("Russia", "levitate", "{}", "2024-12-01T00:00:00Z");
        assertThat(signed.code()).isZero();
        assertThat(signed.out()).contains("kept without effect");
        Ended history = here("history");
        assertThat(history.code()).isZero();
        assertThat(history.out()).contains("levitate").contains("unknown-kind");
    }

    @Test
    void history_tells_of_each_act_its_time_and_what_became_of_it() {
        JsonNode acts = here("history", "--json").json().path("acts");
        assertThat(acts.size()).isGreaterThan(20);
        assertThat(acts.get(0).path("kind").stringValue()).isEqualTo("adopt-charter");
        assertThat(acts.get(0).path("verdict").stringValue()).isEqualTo("in-force");
    }

    @Test
    void dossier_names_what_the_chair_hands_over() {
        JsonNode dossier = here("dossier", "--at", "2024-12-01T00:00:00Z", "--json").json();
        assertThat(dossier.path("from").stringValue()).isEqualTo("Kazakhstan");
        assertThat(dossier.path("to").stringValue()).isEqualTo("Kyrgyzstan");
        assertThat(dossier.path("handover").stringValue()).isEqualTo(HANDOVER);
    }

    @Test
    void chair_computes_the_sequence_of_any_body() {
        Ended sequence =
                run(
                        "chair",
                        "--pack",
                        "sample-alliance",
                        "--from",
                        "2024-06-01",
                        "--to",
                        "2026-06-01",
                        "--json");
        assertThat(sequence.code()).isZero();
        assertThat(sequence.json().at("/chairs/1/member").stringValue()).isEqualTo("Kyrgyzstan");
        assertThat(
                        run("chair", "--pack", "none", "--from", "2024-06-01", "--to", "2026-06-01")
                                .code())
                .isEqualTo(2);
    }

    @Test
    void an_export_is_verified_from_the_file_alone() throws IOException {
        Path file = own.resolve("acts.json");
        assertThat(here("export", file.toString()).code()).isZero();
        Ended verified = run("verify", file.toString(), "--at", HANDOVER, "--json");
        assertThat(verified.code()).isZero();
        assertThat(verified.json().at("/chair/member").stringValue()).isEqualTo("Kyrgyzstan");
        assertThat(verified.json().path("clean").booleanValue()).isTrue();

        Files.writeString(file, Files.readString(file).replace("\"Astana\"", "\"Almaty\""));
        assertThat(run("verify", file.toString()).code()).isEqualTo(1);
    }

    @Test
    void trust_names_a_founding_act_and_refuses_what_is_no_digest() throws IOException {
        assertThat(here("trust", "a".repeat(64)).code()).isZero();
        assertThat(Files.readString(dir.resolve("founding"))).isEqualTo("a".repeat(64) + "\n");
        assertThat(here("trust", "abc").code()).isEqualTo(2);
    }

    @Test
    void keys_prints_the_lines_for_a_policy_the_same_each_time() throws IOException {
        Path settings = Files.writeString(own.resolve("kerege.yaml"), "organisation: Some One\n");
        Ended keys = run("keys", "--settings", settings.toString());
        assertThat(keys.code()).isZero();
        assertThat(keys.out())
                .matches(
                        "member \\{\"id\":\"Some One\",\"key\":\"some-one/charter\\+\\S+\",\"next\":\"[0-9a-f]{64}\"}\\R"
                                + "log some-one/log\\+\\S+\\Rwitness some-one some-one/witness\\+\\S+\\R");
        assertThat(run("keys", "--settings", settings.toString()).out()).isEqualTo(keys.out());
        Files.writeString(settings, "organization: misspelt\n");
        assertThat(run("keys", "--settings", settings.toString()).code()).isEqualTo(2);
    }

    @Test
    void verify_refuses_what_it_cannot_use_or_reach() throws IOException {
        assertThat(run("verify", own.resolve("none").toString()).code()).isEqualTo(2);
        Path file = Files.writeString(own.resolve("text"), "no bundle");
        assertThat(run("verify", file.toString()).code()).isEqualTo(2);
        assertThat(run("verify", "http://127.0.0.1:1/acts").code()).isEqualTo(3);
        here("export", file.toString());
        assertThat(run("verify", file.toString(), "--charter", "0".repeat(64)).code()).isEqualTo(2);
    }

    // What a hostile or careless member hands in: each is refused by name.

    private AllianceFolder folder() throws IOException {
        return AllianceFolder.open(dir);
    }

    private Act convening(Author author, String title) throws IOException {
        return author.sign(
                Kind.CONVENE,
                folder().acts().getFirst().act().digest(),
                List.of(),
                Json.mapper().createObjectNode().put("title", title),
                Instant.parse("2024-12-01T00:00:00Z"));
    }

    private JsonNode verifiedWith(Act... added) throws IOException {
        folder().append(List.of(added), Instant.parse("2024-12-01T00:00:00Z"));
        Path file = own.resolve("acts.json");
        assertThat(here("export", file.toString()).code()).isZero();
        Ended answer = run("verify", file.toString(), "--json");
        assertThat(answer.code()).isEqualTo(1);
        return answer.json();
    }

    private static String why(JsonNode report, Act act) {
        for (JsonNode one : report.path("acts")) {
            if (one.path("digest").stringValue().equals(act.digest())) {
                return one.path("verdict").stringValue() + " " + one.path("why").asString("");
            }
        }
        return "not there";
    }

    @Test
    void two_signed_acts_of_one_number_are_evidence_of_misbehaviour() throws IOException {
        Act one = convening(folder().author("kazakhstan.example/charter"), "One");
        Act other = convening(folder().author("kazakhstan.example/charter"), "Other");
        JsonNode report = verifiedWith(one, other);
        assertThat(why(report, one)).contains("refused duplicate-number");
        assertThat(report.at("/misbehaviour/0/key").stringValue())
                .isEqualTo("kazakhstan.example/charter");
        assertThat(report.at("/misbehaviour/0/acts").size()).isEqualTo(2);
    }

    @Test
    void an_act_that_breaks_its_keys_chain_is_refused() throws IOException {
        Author forked = folder().author("kazakhstan.example/charter");
        Act one = convening(folder().author("kazakhstan.example/charter"), "One");
        convening(forked, "Never shown");
        Act broken = convening(forked, "After what was never shown");
        assertThat(why(verifiedWith(one, broken), broken)).contains("refused broken-chain");
    }

    @Test
    void an_act_whose_forerunner_is_missing_waits() throws IOException {
        Author author = folder().author("kazakhstan.example/charter");
        convening(author, "Missing");
        Act after = convening(author, "After");
        assertThat(why(verifiedWith(after), after)).contains("waiting act");
    }

    @Test
    void the_key_of_another_is_refused() throws IOException {
        ObjectNode taken = convening(folder().author("russia.example/charter"), "Taken").json();
        taken.put("key", "kazakhstan.example/charter");
        Act forged = Act.read(taken);
        assertThat(why(verifiedWith(forged), forged)).contains("refused wrong-signature");
    }

    @Test
    void a_key_that_has_ended_is_refused() throws IOException {
        String vkey = folder().acts().getFirst().act().content().at("/members/4/key").stringValue();
        Ended revoked =
                sign(
                        "Russia",
                        "key-revoked",
                        "{\"key\":\"" + vkey.substring(0, vkey.indexOf('+')) + "\"}",
                        "2024-11-30T00:00:00Z");
        assertThat(revoked.code()).isZero();
        Act late = convening(folder().author("russia.example/charter"), "Late");
        assertThat(why(verifiedWith(late), late)).contains("refused expired-key");
    }
}
