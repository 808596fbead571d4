package org.kerege.gate;

import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// Finds what this node holds behind an identifier, as far as the gate needs it.
@FunctionalInterface
public interface Referents {

    /// One held object.
    ///
    /// @param audience as [Gate#place] gave it
    /// @param others audiences of its other versions: whoever may have one of them knows the object
    record Referent(int audience, References references, Set<Integer> others) {

        public Referent {
            others = Set.copyOf(others);
        }

        /// One of which all versions are in one audience.
        public Referent(int audience, References references) {
            this(audience, references, Set.of());
        }

        /// Audiences of all its versions.
        NavigableSet<Integer> audiences() {
            NavigableSet<Integer> all = new TreeSet<>(others);
            all.add(audience);
            return all;
        }
    }

    /// The newest version held of an object; null when none is.
    @Nullable Referent find(StixId id);
}
