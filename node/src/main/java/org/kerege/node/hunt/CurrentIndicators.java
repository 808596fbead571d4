package org.kerege.node.hunt;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kerege.gate.View;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.stix.StixObject;

/// The indicators that a node holds and hunts now: the last version of each, valid, with a STIX pattern, and none that
/// names a person.
public final class CurrentIndicators {

    private static final Query INDICATORS =
            new Query(null, List.of(), List.of("indicator"), Query.Versions.LAST, List.of());

    private final Catalogue catalogue;
    private final ReadObjects read;

    public CurrentIndicators(Catalogue catalogue, ReadObjects read) {
        this.catalogue = catalogue;
        this.read = read;
    }

    /// All of them, each once.
    ///
    /// @param view of the node's own organisation
    public List<Indicator> at(Instant now, View view) {
        Map<String, Indicator> current = new LinkedHashMap<>();
        for (Collection collection : catalogue.collections()) {
            Position after = null;
            Page page;
            do {
                page = read.objects(collection, view, INDICATORS, after, ReadObjects.MAX_PAGE);
                page.items().stream()
                        .map(held -> Indicator.current(StixObject.read(held.bytes()), now))
                        .filter(Objects::nonNull)
                        .forEach(indicator -> current.put(indicator.id(), indicator));
                after = page.items().isEmpty() ? null : page.items().getLast().position();
            } while (page.more());
        }
        return List.copyOf(current.values());
    }

    /// Those of some identifiers that are held with a STIX pattern, in their last version: also ones that are over or name
    /// a person, on which whoever asks decides.
    public List<Indicator> named(java.util.Collection<String> ids, View view) {
        Query query =
                new Query(
                        null,
                        List.copyOf(ids),
                        List.of("indicator"),
                        Query.Versions.LAST,
                        List.of());
        Map<String, Indicator> named = new LinkedHashMap<>();
        for (Collection collection : catalogue.collections()) {
            read.objects(collection, view, query, null, ReadObjects.MAX_PAGE).items().stream()
                    .map(held -> StixObject.read(held.bytes()))
                    .filter(Indicator::isHuntable)
                    .map(Indicator::of)
                    .forEach(indicator -> named.put(indicator.id(), indicator));
        }
        return List.copyOf(named.values());
    }
}
