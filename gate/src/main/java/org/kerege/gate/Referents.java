package org.kerege.gate;

import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// Finds what this node holds behind an identifier, as far as the gate needs it.
@FunctionalInterface
public interface Referents {

    /// One held object.
    ///
    /// @param audience as [Gate#place] gave it
    record Referent(int audience, References references) {}

    /// The newest version held of an object; null when none is.
    @Nullable Referent find(StixId id);
}
