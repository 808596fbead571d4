package org.kerege.pattern.temporal;

import java.util.List;

/// An observation expression over the observations that are there: brackets have become their occurrences,
/// START and STOP have cut those, and what can be said more simply is.
sealed interface Plan {

    /// `demand` different observations.
    record Some(Occurrences occurrences, long demand) implements Plan {}

    /// Each on observations of its own.
    record All(List<Plan> parts) implements Plan {}

    /// One of them; none where there is no part.
    record Any(List<Plan> parts) implements Plan {}

    /// Each on observations of its own, none earlier than those of the part before.
    record Sequence(List<Plan> parts) implements Plan {}

    /// All in a window whose ends differ by at most `span` ticks.
    record Span(Plan part, long span) implements Plan {}

    /// `times` times, each on observations of its own.
    record Times(Plan part, long times) implements Plan {}

    Plan NOTHING = new Any(List.of());
}
