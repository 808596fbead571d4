package org.kerege.node.exchange;

import java.time.Instant;
import org.kerege.gate.Placement;

/// An object as a collection holds it.
///
/// @param version sortable text, see [Version]
/// @param placement as the gate gave it
/// @param bytes the object as received; empty where only the entry was asked for
public record Held(
        long seq,
        Instant dateAdded,
        String objectId,
        String version,
        String specVersion,
        Placement placement,
        byte[] bytes) {

    /// What tells it from others of the same date, without a number that would count what is withheld.
    public String name() {
        return objectId + " " + version;
    }

    public Position position() {
        return new Position(dateAdded, seq);
    }
}
