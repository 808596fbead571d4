package org.kerege.node.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Paper;
import org.kerege.stix.StixId;

/// Two nodes come to terms, exchange under them, and part.
class DialogueTest {

    private static final String AMBER = org.kerege.stix.marking.Tlp.AMBER_2.id().toString();

    @TempDir private static Path folder;
    private static final SettableClock CLOCK =
            new SettableClock(Instant.parse("2025-03-01T00:00:00Z"));
    private static PeerNode alpha;
    private static PeerNode beta;

    @BeforeAll
    static void start() {
        alpha = PeerNode.start("Alpha", folder, CLOCK);
        beta = PeerNode.start("Beta", folder, CLOCK);
    }

    @AfterAll
    static void stop() {
        alpha.close();
        beta.close();
    }

    @Test
    void a_partner_sees_what_its_ceiling_allows_until_the_agreement_ends() throws Exception {
        StixId before = alpha.publish(PeerNode.GREEN);
        UUID id = alpha.agreeWith(beta, PeerNode.terms(CLOCK));
        StixId amber = alpha.publish(AMBER);

        beta.round();
        assertThat(beta.holds(before)).isTrue();
        assertThat(beta.holds(amber)).isFalse();

        alpha.part(Dialogue.class)
                .change(id, Paper.Deed.END, null, "the programme is over", "test");
        StixId after = alpha.publish(PeerNode.GREEN);
        beta.round();

        assertThat(beta.holds(after)).isFalse();
        assertThat(beta.agreement(id).stateAt(CLOCK.instant())).isEqualTo(Agreement.State.ENDED);
        assertThat(alpha.agreement(id).reasonAt(CLOCK.instant()))
                .isEqualTo("the programme is over");
    }
}
