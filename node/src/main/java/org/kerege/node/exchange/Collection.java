package org.kerege.node.exchange;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.gate.Destination;

/// A set of objects that is read and written together. Source: TAXII 2.1 §5.
///
/// @param number the node's own short name for it
/// @param alias another name in its address, null for none
/// @param defaultMarking identifier of the marking of objects that carry none; null keeps them in the node's
///     own organisation
/// @param specVersions STIX versions that its objects may have, joined by commas
public record Collection(
        int number,
        UUID id,
        String apiRoot,
        @Nullable String alias,
        String title,
        @Nullable String description,
        @Nullable String defaultMarking,
        String specVersions,
        boolean canRead,
        boolean canWrite) {

    /// The same as far as it matters to the gate.
    public Destination destination() {
        Set<String> names = new HashSet<>(Set.of(id.toString(), title));
        if (alias != null) {
            names.add(alias);
        }
        return new Destination(defaultMarking, names);
    }
}
