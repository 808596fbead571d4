package org.kerege.node.desk;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.identity.Caller;

/// What objects are called, as far as their reader may see them.
final class Names {

    private final VisibleObjects objects;
    private final Giving giving;

    Names(VisibleObjects objects, Giving giving) {
        this.objects = objects;
        this.giving = giving;
    }

    /// Names by identifier. What is withheld is not among them, like what is not held.
    Map<String, String> of(Caller caller, Reader reader, Collection<String> ids) {
        List<Entry> named = objects.objects(reader, ids).stream().map(Entry::of).toList();
        giving.record(caller, named);
        Map<String, String> names = new TreeMap<>();
        named.forEach(entry -> names.put(entry.id(), entry.title()));
        return names;
    }

    /// Names of what these objects mention.
    Map<String, String> in(Caller caller, Reader reader, List<Entry> entries) {
        Set<String> mentioned = new HashSet<>();
        entries.forEach(entry -> mentioned.addAll(entry.mentioned()));
        return of(caller, reader, mentioned);
    }
}
