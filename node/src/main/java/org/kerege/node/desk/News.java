package org.kerege.node.desk;

import java.util.List;
import java.util.Map;
import org.kerege.node.exchange.search.Facets;

/// What has come since a reader's last visit, as far as the reader may have it.
///
/// @param names of objects that the newest mention, by identifier
/// @param since of the last visit; empty on the first one, when everything is new
public record News(List<Entry> newest, Map<String, String> names, Facets facets, String since) {

    static final News NONE =
            new News(
                    List.of(), Map.of(), new Facets(List.of(), List.of(), List.of(), 0, false), "");
}
