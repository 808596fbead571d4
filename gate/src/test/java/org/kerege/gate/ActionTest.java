package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every action against every level of PAP, written out.
class ActionTest {

    private static final Set<Action> UNDER_RED =
            Set.of(
                    Action.READ,
                    Action.SEARCH_OWN_LOGS,
                    Action.ALERT_INTERNALLY,
                    Action.ANALYSE_IN_ISOLATION);
    private static final Set<Action> FROM_AMBER =
            Set.of(Action.LOOK_UP_AT_THIRD_PARTY, Action.WATCH_BY_HONEYPOT);
    private static final Set<Action> FROM_GREEN =
            Set.of(
                    Action.BLOCK_TRAFFIC,
                    Action.PROBE_TARGET,
                    Action.LURE_TARGET,
                    Action.NOTIFY_AFFECTED);
    private static final Set<Action> FROM_CLEAR = Set.of(Action.ASK_FOR_TAKEDOWN, Action.PUBLISH);

    private static final Map<Pap, Set<Set<Action>>> ALLOWED =
            Map.of(
                    Pap.RED, Set.of(UNDER_RED),
                    Pap.AMBER, Set.of(UNDER_RED, FROM_AMBER),
                    Pap.GREEN, Set.of(UNDER_RED, FROM_AMBER, FROM_GREEN),
                    Pap.CLEAR, Set.of(UNDER_RED, FROM_AMBER, FROM_GREEN, FROM_CLEAR));

    @ParameterizedTest
    @EnumSource(Action.class)
    void an_action_is_allowed_under_exactly_the_levels_that_permit_it(Action action) {
        for (Pap pap : Pap.values()) {
            boolean allowed =
                    ALLOWED.getOrDefault(pap, Set.of()).stream()
                            .anyMatch(actions -> actions.contains(action));

            assertThat(Label.of(pap).permits(action, Sample.NOW, Pap.CLEAR))
                    .as(action + " under " + pap)
                    .isEqualTo(allowed);
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void an_unstated_level_is_the_alliances(Action action) {
        assertThat(Label.of(Tlp.GREEN).permits(action, Sample.NOW, Pap.AMBER))
                .isEqualTo(Label.of(Pap.AMBER).permits(action, Sample.NOW, Pap.CLEAR));
    }

    @Test
    void nothing_but_reading_is_done_with_what_has_expired() {
        Label expired = Label.of(Pap.CLEAR).join(Label.within(new Window(null, Sample.NOW)));

        assertThat(expired.permits(Action.SEARCH_OWN_LOGS, Sample.NOW.minusNanos(1), Pap.CLEAR))
                .isTrue();
        assertThat(expired.permits(Action.SEARCH_OWN_LOGS, Sample.NOW, Pap.CLEAR)).isFalse();
        assertThat(expired.permits(Action.READ, Sample.NOW, Pap.CLEAR)).isTrue();
    }
}
