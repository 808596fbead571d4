package org.kerege.node.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a reader asks of a collection. Lists that are empty ask nothing; values in one list are joined by OR, the
/// lists by AND. Source: TAXII 2.1 §3.4.
///
/// @param addedAfter exclusive lower bound of the date of adding, UTC, microseconds; null from the beginning
/// @param ids identifiers of objects
/// @param types types of objects
/// @param versions which versions of each object
/// @param specVersions STIX versions; empty for the latest that each object has
public record Query(
        @Nullable Instant addedAfter,
        List<String> ids,
        List<String> types,
        Versions versions,
        List<String> specVersions) {

    /// Everything in its last version.
    public static final Query ALL = new Query(null, List.of(), List.of(), Versions.LAST, List.of());

    public Query {
        ids = List.copyOf(ids);
        types = List.copyOf(types);
        specVersions = List.copyOf(specVersions);
    }

    /// Which versions of each object are asked for.
    ///
    /// @param all every version; then the others are empty
    /// @param exact sortable texts, see [Version]
    public record Versions(boolean all, boolean first, boolean last, Set<String> exact) {

        public static final Versions LAST = new Versions(false, false, true, Set.of());
        public static final Versions ALL = new Versions(true, false, false, Set.of());

        public Versions {
            exact = Set.copyOf(exact);
        }
    }

    public Query withId(String id) {
        return new Query(addedAfter, List.of(id), types, versions, specVersions);
    }

    public Query withVersions(Versions other) {
        return new Query(addedAfter, ids, types, other, specVersions);
    }
}
