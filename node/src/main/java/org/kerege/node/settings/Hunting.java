package org.kerege.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a node hunts by itself in its member's logs.
///
/// @param sources where events come from; without one the node takes only those that are posted to it
/// @param keep how long events are kept to be hunted back in; zero for not at all
/// @param mappings files of the member's own mappings, asked before the built-in ones
public record Hunting(List<LogSource> sources, Duration keep, List<Path> mappings) {

    /// Where the settings ask for nothing: no source, and nothing is kept.
    public static final Hunting NONE = new Hunting(List.of(), Duration.ZERO, List.of());

    public Hunting {
        sources = List.copyOf(sources);
        mappings = List.copyOf(mappings);
    }
}
