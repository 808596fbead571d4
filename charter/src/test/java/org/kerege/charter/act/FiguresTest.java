package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerege.stix.Json;

/// What a replay takes. Prints its figures; the number of acts is the system property `acts`, a hundred thousand when
/// absent (a million needs about 4 GB: `-Dtest.memory="-Xmx5g -Dacts=1000000"`).
@Tag("long")
class FiguresTest {

    private static final List<String> MEMBERS = List.of("A", "B", "C");

    @Test
    void replays_acts_with_all_their_signatures() {
        int number = Integer.getInteger("acts", 100_000);
        SmallAlliance alliance = new SmallAlliance();
        Instant at = SmallAlliance.day("2024-02-01");
        Act proposal = alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", at);
        IntStream.range(0, number).forEach(i -> vote(alliance, proposal, at.plusSeconds(i + 1), i));
        List<byte[]> stored =
                alliance.acts.stream()
                        .map(one -> Json.mapper().writeValueAsBytes(one.act().json()))
                        .toList();

        long start = System.nanoTime();
        stored.parallelStream().forEach(Act::read);
        print(number, "read from their bytes", start);

        start = System.nanoTime();
        Replay replay = Replay.of(alliance.acts);
        double taken = print(number, "replayed, every signature checked", start);
        assertThat(replay.verdicts().values()).allMatch(Verdict.InForce.class::isInstance);

        start = System.nanoTime();
        Replay known = Replay.of(alliance.acts, (act, key) -> true);
        print(number, "replayed, signatures known to hold", start);
        assertThat(known.state().digest()).isEqualTo(replay.state().digest());
        assertThat(taken * 1_000 / number).as("ms an act").isLessThan(50);
    }

    private static void vote(SmallAlliance alliance, Act proposal, Instant at, int number) {
        Act act =
                alliance.author(MEMBERS.get(number % 3))
                        .sign(
                                Kind.VOTE,
                                alliance.founding.digest(),
                                List.of(proposal.digest()),
                                Json.mapper()
                                        .createObjectNode()
                                        .put("proposal", proposal.digest())
                                        .put("position", "for"),
                                at);
        alliance.acts.add(new TimedAct(act, at));
    }

    private static double print(int number, String what, long start) {
        double taken = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d acts %s: %.2f s%n", number, what, taken);
        return taken;
    }
}
