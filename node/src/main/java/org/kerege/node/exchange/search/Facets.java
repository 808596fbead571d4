package org.kerege.node.exchange.search;

import java.util.List;

/// How many of the objects found there are of each type, marking and source, most first. Of very many only the newest
/// are counted.
///
/// @param markings names of TLP levels, `OTHER` for what states none
/// @param sources identifiers of those who created the objects
/// @param partial whether only the newest [#MOST] were counted
public record Facets(
        List<Count> types, List<Count> markings, List<Count> sources, long all, boolean partial) {

    /// Most objects that are counted.
    public static final int MOST = 10_000;

    public record Count(String value, long count) {}

    public Facets {
        types = List.copyOf(types);
        markings = List.copyOf(markings);
        sources = List.copyOf(sources);
    }
}
