package org.kerege.charter.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerege.stix.Json;

/// What a replay takes. Prints its figures; the number of acts is the system property `acts` (a million needs about 8 GB
/// with the acts' making: -Dtest.memory=-Xmx8g).
@Tag("long")
class FiguresTest {

    @Test
    void replays_acts_whose_signatures_were_checked_when_they_came_in() {
        int number = Integer.getInteger("acts", 100_000);
        SmallAlliance alliance = new SmallAlliance();
        Instant at = SmallAlliance.day("2024-02-01");
        List<String> members = List.of("A", "B", "C");
        Act proposal = alliance.act("A", Kind.PROPOSE, "{\"title\":\"P\"}", at);
        for (int i = 0; i < number; i++) {
            at = at.plusSeconds(1);
            String member = members.get(i % 3);
            Act act =
                    alliance.author(member)
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
        long start = System.nanoTime();
        Replay replay = Replay.of(alliance.acts, (act, key) -> true);
        double taken = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d acts replayed in %.2f s; heap %d MB%n",
                number,
                taken,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        assertThat(replay.verdicts().values()).allMatch(Verdict.InForce.class::isInstance);
        assertThat(taken).isLessThan(30.0 * number / 1_000_000 + 2);

        int checked = Math.min(number, 20_000);
        start = System.nanoTime();
        Replay.of(alliance.acts.subList(0, checked));
        double each = (System.nanoTime() - start) / 1e6 / checked;
        System.out.printf("ms an act with its signature checked: %.3f%n", each);
        assertThat(each).isLessThan(50);
        Objects.requireNonNull(replay.state());
    }
}
