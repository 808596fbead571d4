package org.kerege.node.hunt;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// Events of the member's own on which indicators are tried before they are published.
interface Sample {

    /// What it holds.
    ///
    /// @param time from its first event to its last
    record Extent(long events, Duration time) {}

    /// Hands all events to a hunt and its matches on.
    Extent search(Hunt hunt, Consumer<Match> matches) throws IOException;
}
