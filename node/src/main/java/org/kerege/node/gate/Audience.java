package org.kerege.node.gate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// All that decides who may have an object: where it came from and the markings it carries. Objects that share it
/// share one number.
///
/// @param origin organisation that handed it to this node
/// @param markings identifiers of marking definitions; empty for an object without any
public record Audience(String origin, Set<String> markings) {

    public Audience {
        markings = Set.copyOf(markings);
    }

    /// One line that is the same for the same audience.
    String key() {
        return origin + " " + String.join(" ", new TreeSet<>(markings));
    }

    static Audience parse(String key) {
        List<String> parts = List.of(key.strip().split(" "));
        return new Audience(parts.getFirst(), Set.copyOf(parts.subList(1, parts.size())));
    }
}
