package org.kerege.node.exchange;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.gate.References;
import org.kerege.stix.StixObject;

/// A valid object on its way into the ledger.
///
/// @param index position in its submission
/// @param digest SHA-256 of its canonical JSON: the same for the same content however it is written
/// @param references what it refers to
/// @param firstHand whether whoever brings it is its creator
/// @param audience the gate's number for who may have it
/// @param closure the gate's number for who may know what it refers to
/// @param original what it was made from where it was upgraded, else null
/// @param dateAdded when it is to count as added; null for now, as always but where a store is laid out from a list
record Candidate(
        int index,
        StixObject object,
        byte[] digest,
        References references,
        boolean firstHand,
        int audience,
        int closure,
        @Nullable Original original,
        @Nullable Instant dateAdded) {

    String id() {
        return object.id().toString();
    }

    Placement placement() {
        return new Placement(audience, closure);
    }
}
