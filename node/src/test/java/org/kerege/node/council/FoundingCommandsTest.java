package org.kerege.node.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Ended;
import tools.jackson.databind.JsonNode;

/// An alliance of one's own, from the draft of its charter to its keys and members, by the command line alone.
class FoundingCommandsTest {

    @TempDir private Path own;

    private Path dir;
    private int minute;

    private static Ended run(String... line) {
        return Ended.of(
                Stream.concat(Stream.of("charter"), Stream.of(line)).toArray(String[]::new));
    }

    private Ended here(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--dir", dir.toString()));
        return run(all.toArray(String[]::new));
    }

    /// A command that signs, a minute after the one before.
    private Ended sign(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(
                List.of("--now", "2025-03-01T%02d:%02d:00Z".formatted(minute / 60, minute % 60)));
        minute++;
        return here(all.toArray(String[]::new));
    }

    private Path draft(String text) throws IOException {
        return Files.writeString(own.resolve("draft.json"), text);
    }

    private Ended found(String text) throws IOException {
        Path file = draft(text);
        return here("init", "--charter", file.toString(), "--now", "2025-02-01T00:00:00Z");
    }

    @BeforeEach
    void place() {
        dir = own.resolve("alliance");
    }

    private void foundFromTemplate() throws IOException {
        assertThat(found(run("template").out()).code()).isZero();
        for (String member : List.of("East", "South", "West")) {
            Ended joined = sign("join", "--as", member);
            assertThat(joined.out()).as(joined.err()).contains("in force since");
        }
    }

    private void decide(String... proposal) {
        List<String> line = new ArrayList<>(List.of("propose", "--as", "East"));
        line.addAll(List.of(proposal));
        String digest = sign(line.toArray(String[]::new)).firstLine();
        for (String member : List.of("North", "East", "South", "West")) {
            // A member that is suspended by then is refused; the others decide.
            sign("vote", "--as", member, "--proposal", digest, "--position", "FOR");
        }
        Ended closed = sign("decide", "--as", "North", "--proposal", digest);
        if (closed.code() != 0) {
            closed = sign("decide", "--as", "East", "--proposal", digest);
        }
        assertThat(closed.out()).contains("in force since");
    }

    private JsonNode state() {
        return here("show", "--json", "--at", "2025-03-02T00:00:00Z").json();
    }

    @Test
    void the_template_founds_an_alliance_once_its_founders_have_signed() throws IOException {
        Ended made = found(run("template").out());
        assertThat(made.out()).matches("charter [0-9a-f]{64}\\R");
        assertThat(made.err()).contains("charter join --as MEMBER");
        Ended early = sign("convene", "--as", "North", "--title", "First");
        assertThat(early.out())
                .contains("the charter is not in force: 1 have signed it, 4 are needed");
        sign("join", "--as", "East");
        sign("join", "--as", "South");
        assertThat(state().path("in_force").isNull()).isTrue();
        assertThat(sign("join", "--as", "west").code()).isZero();
        assertThat(state().path("in_force").asString()).startsWith("2025-03-01");
        assertThat(sign("convene", "--as", "North", "--title", "First").code()).isZero();
        assertThat(sign("join", "--as", "West").out())
                .contains("West has signed the charter already");
    }

    @Test
    void a_draft_that_cannot_be_meant_is_refused_naming_the_property() throws IOException {
        String good = run("template").out();
        for (String[] bad :
                new String[][] {
                    {"\"title\"", "\"titel\"", "/title: is required"},
                    {"\"council\": 3", "\"councils\": 3", "/councils: is not a property"},
                    {"\"council\": 3", "\"council\": 2", "/content/council: is between 3 and 4"},
                    {"\"id\": \"East\"", "\"id\": \"North\"", "'North' or its key is listed twice"},
                    {"\"k\": 3", "\"k\": 0", "/content/rules/revoke-key/k: is between"},
                    {"Asia/Bishkek", "Asia/Nowhere", "Asia/Nowhere"},
                    {"\"first\": \"North\"", "\"first\": \"Nobody\"", "Nobody"},
                    {"{\n", "{", "is not JSON"}
                }) {
            String text = bad[2].equals("is not JSON") ? "{" : good.replace(bad[0], bad[1]);
            Ended refused = found(text);
            assertThat(refused.code()).as(bad[1]).isEqualTo(2);
            assertThat(refused.err()).contains("draft.json").contains(bad[2]);
            assertThat(dir).doesNotExist();
        }
    }

    @Test
    void witnesses_of_whom_half_suffice_are_refused() throws IOException {
        String key = run("key", "new", "w/x", "--dir", own.resolve("k").toString()).out();
        assertThat(key).contains("key  w/x+");
        Ended refused =
                found(
                        run("template")
                                .out()
                                .replace(
                                        "\"signatures\"",
                                        "\"witnesses\": [\"quorum none\"], \"signatures\""));
        assertThat(refused.err()).contains("/witnesses: two quorums need not meet");
    }

    @Test
    void members_observers_and_partners_come_and_go_by_decisions() throws IOException {
        foundFromTemplate();
        String key = here("key", "new", "centre/charter").out().lines().findFirst().orElseThrow();
        decide("--suspend", "West");
        decide("--admit", "Centre", "--key", key.substring("key  ".length()));
        decide("--observer", "Watch");
        decide("--partner", "Friend");
        JsonNode then = state();
        assertThat(then.at("/members/Centre/standing").asString()).isEqualTo("member");
        assertThat(then.at("/members/West/standing").asString()).isEqualTo("suspended");
        assertThat(then.path("observers").get(0).asString()).isEqualTo("Watch");
        assertThat(then.at("/decisions/1/title").asString()).isEqualTo("admit member Centre");
        assertThat(sign("propose", "--as", "Centre", "--title", "Hello").code()).isZero();
        assertThat(sign("withdraw", "--as", "Centre").code()).isEqualTo(2);
        assertThat(sign("withdraw", "--as", "Centre", "--for-good").code()).isZero();
        assertThat(state().at("/members/Centre/standing").asString()).isEqualTo("withdrawn");
    }

    @Test
    void keys_are_added_rotated_and_revoked_and_the_chairs_by_the_council() throws IOException {
        foundFromTemplate();
        here("key", "new", "east/2");
        here("key", "new", "north/2");
        assertThat(sign("key", "rotate", "--as", "East", "--new", "east/2").code()).isZero();
        assertThat(sign("propose", "--as", "east/charter", "--title", "Old key").out())
                .contains("refused: the key east/charter may sign from");
        assertThat(sign("propose", "--as", "East", "--title", "New key").code()).isZero();
        assertThat(sign("key", "rotate", "--as", "North", "--new", "north/2").out())
                .contains("refused: North chairs: its key is changed by the council");
        decide("--revoke-key", "north/charter");
        assertThat(sign("convene", "--as", "north/charter", "--title", "Stolen").code())
                .isEqualTo(1);
        decide("--replace-key", "North", "--new", "north/2");
        assertThat(sign("convene", "--as", "North", "--title", "Back").out())
                .contains("in force since");
        assertThat(sign("key", "add", "--as", "East", "--new", "none/1").err())
                .contains("no key none/1 lies in");
    }

    @Test
    void who_signs_is_asked_for_where_it_cannot_be_known() throws IOException {
        foundFromTemplate();
        assertThat(sign("convene", "--title", "Whose").err()).contains("say whose with --as");
        assertThat(sign("convene", "--as", "Nobody", "--title", "Whose").err())
                .contains("no key of 'Nobody' lies in")
                .contains("north/charter");
    }

    @Test
    void the_dossier_is_accepted_and_closed_by_both_sides() throws IOException {
        foundFromTemplate();
        sign("propose", "--as", "North", "--title", "Left open");
        assertThat(sign("accept", "--as", "North", "--close").out())
                .contains("items are not accepted");
        assertThat(sign("accept", "--as", "South").out())
                .contains("neither chairs now nor chairs next");
        assertThat(sign("accept", "--as", "East").code()).isZero();
        assertThat(sign("accept", "--as", "East", "--close").code()).isZero();
        assertThat(sign("accept", "--as", "North", "--close").code()).isZero();
        assertThat(state().path("closures").values().iterator().next()).hasSize(2);
    }

    @Test
    void a_session_is_closed_with_the_set_of_its_acts_filled_in() throws IOException {
        foundFromTemplate();
        String session = sign("convene", "--as", "North", "--title", "First").firstLine();
        String within = "{\"session\":\"" + session + "\"";
        sign(
                "sign",
                "--as",
                "North",
                "--kind",
                "agenda",
                "--content",
                within + ",\"items\":[\"A\"]}");
        sign(
                "sign",
                "--as",
                "East",
                "--kind",
                "position",
                "--content",
                within + ",\"text\":\"T\"}");
        Ended closed =
                sign(
                        "sign",
                        "--as",
                        "North",
                        "--kind",
                        "session-closed",
                        "--content",
                        within + "}");
        assertThat(closed.out()).contains("in force since");
        assertThat(state().at("/sessions/0/acts")).hasSize(2);
    }
}
