package org.kerege.node.gate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All that decides who may have an object: where it came from and the markings it carries. Objects that share it
/// share one number.
///
/// @param origin organisation that handed it to this node
/// @param markings identifiers of marking definitions; empty for an object without any
public record Audience(String origin, Set<String> markings) {

    /// Stands in no name and no identifier.
    private static final String SEPARATOR = "\n";

    public Audience {
        markings = Set.copyOf(markings);
    }

    /// One line that is the same for the same audience.
    String key() {
        return origin + SEPARATOR + String.join(SEPARATOR, new TreeSet<>(markings));
    }

    static Audience parse(String key) {
        List<String> parts = List.of(key.split(SEPARATOR, -1));
        return new Audience(
                parts.getFirst(),
                parts.stream().skip(1).filter(part -> !part.isEmpty()).collect(Collectors.toSet()));
    }
}
