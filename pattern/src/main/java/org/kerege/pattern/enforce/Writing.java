package org.kerege.pattern.enforce;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// How one format is written.
interface Writing {

    /// The value as the format can say it; what it cannot tell is left out where that widens it by next to nothing.
    ///
    /// @throws Inexpressible when it cannot be said
    Target accept(Target target) throws Inexpressible;

    /// The files of the format by their names.
    ///
    /// @param lines each value once, in order
    Map<String, String> write(List<Line> lines, Instant now);
}
