package org.kerege.node.exchange.search;

import java.util.List;

/// How many of the objects found there are of each type, marking and source, most first. Of very many only the newest
/// are counted, so that a page takes the same time however much there is.
///
/// @param markings names of TLP levels, `OTHER` for what states none
/// @param sources identifiers of those who created the objects
/// @param partial whether only the newest were counted: [#MOST], or [#MOST_OF_WORDS] where words were looked for
public record Facets(
        List<Count> types, List<Count> markings, List<Count> sources, long all, boolean partial) {

    /// Most objects that are counted.
    public static final int MOST = 5_000;

    /// The same where words are looked for.
    public static final int MOST_OF_WORDS = 1_000;

    public record Count(String value, long count) {}

    public Facets {
        types = List.copyOf(types);
        markings = List.copyOf(markings);
        sources = List.copyOf(sources);
    }
}
