package org.kerege.node.gate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The collection that objects are placed in, as far as it matters to the gate.
///
/// @param defaultMarking identifier of the marking of what is unmarked, null where there is none
/// @param names by which rules may name it: identifier, alias and title
public record Destination(@Nullable String defaultMarking, Set<String> names) {

    public Destination {
        names = Set.copyOf(names);
    }
}
