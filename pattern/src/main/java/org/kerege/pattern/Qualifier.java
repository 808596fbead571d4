package org.kerege.pattern;

import java.math.BigDecimal;
import org.kerege.stix.Timestamp;

/// A restriction of number or time on an observation expression. Source: STIX 2.1 §9.5.1.
public sealed interface Qualifier {

    /// All observations of the match lie within a span of this length.
    ///
    /// @param seconds positive
    record Within(BigDecimal seconds) implements Qualifier {}

    /// The expression matches this often, each time on observations of its own.
    ///
    /// @param times positive
    record Repeats(long times) implements Qualifier {}

    /// All observations of the match lie at or after `start` and before `stop`.
    record StartStop(Timestamp start, Timestamp stop) implements Qualifier {}
}
