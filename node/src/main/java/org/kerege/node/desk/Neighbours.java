package org.kerege.node.desk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;

/// What an object is related to, as far as its reader may see both the relation and the other end.
final class Neighbours {

    /// Most neighbours of one picture.
    static final int MOST = 96;

    private final VisibleObjects objects;

    Neighbours(VisibleObjects objects) {
        this.objects = objects;
    }

    /// The neighbours of one object, at most [#MOST]; sightings are left out, they have a picture of their own.
    List<Graph.Related> of(Reader reader, Entry centre) {
        Map<String, Link> links = new LinkedHashMap<>();
        for (Entry referring : referring(reader, Set.of(centre.id()), 2 * MOST)) {
            if (!referring.type().equals("sighting")) {
                Link.of(referring).stream()
                        .filter(link -> link.touches(centre.id()))
                        .forEach(link -> links.putIfAbsent(link.other(centre.id()), link));
            }
        }
        Link.references(centre).forEach(link -> links.putIfAbsent(link.to(), link));
        links.remove(centre.id());
        Map<String, Entry> visible = visible(reader, links.keySet());
        List<Graph.Related> related = new ArrayList<>();
        for (Map.Entry<String, Link> link : links.entrySet()) {
            Entry other = visible.get(link.getKey());
            if (other != null && related.size() < MOST) {
                boolean outward = link.getValue().from().equals(centre.id());
                related.add(new Graph.Related(other, link.getValue().label(), outward));
            }
        }
        return related;
    }

    /// What can be reached from an object in some steps, and how it hangs together. Whoever made an object is no step
    /// on the way, else everything that a maker ever made were near everything else that it made.
    ///
    /// @param most points; where there are more, the web says that it is partial
    Web around(Reader reader, Entry centre, int steps, int most) {
        Map<String, Entry> points = new LinkedHashMap<>();
        points.put(centre.id(), centre);
        Set<Link> lines = new LinkedHashSet<>();
        Map<String, Entry> relationships = new LinkedHashMap<>();
        boolean partial = false;
        Map<String, Entry> edge = Map.of(centre.id(), centre);
        for (int step = 0; step < steps && !edge.isEmpty(); step++) {
            List<Entry> referring = referring(reader, edge.keySet(), 2 * most);
            partial |= referring.size() == 2 * most;
            Set<Link> found = new LinkedHashSet<>();
            for (Entry each : referring) {
                found.addAll(Link.of(each));
                if (Link.isRelationship(each)) {
                    relationships.put(each.id(), each);
                }
            }
            edge.values().forEach(point -> found.addAll(Link.references(point)));
            Set<String> here = edge.keySet();
            found.removeIf(link ->
                    link.isMaker() || (!here.contains(link.from()) && !here.contains(link.to())));
            lines.addAll(found);
            edge = new HashMap<>();
            for (Entry beyond : visible(reader, ends(found, points.keySet())).values()) {
                if (Link.isRelationship(beyond)) {
                    relationships.put(beyond.id(), beyond);
                } else if (points.size() < most) {
                    points.put(beyond.id(), beyond);
                    edge.put(beyond.id(), beyond);
                } else {
                    partial = true;
                }
            }
        }
        relationships.values().forEach(each -> lines.addAll(Link.of(each)));
        points.values().forEach(each -> lines.addAll(Link.references(each)));
        lines.removeIf(link ->
                link.isMaker()
                        || link.from().equals(link.to())
                        || !points.containsKey(link.from())
                        || !points.containsKey(link.to()));
        return new Web(
                List.copyOf(points.values()),
                List.copyOf(lines),
                List.copyOf(relationships.values()),
                partial);
    }

    private static Set<String> ends(Set<Link> links, Set<String> known) {
        Set<String> ends = new LinkedHashSet<>();
        for (Link link : links) {
            ends.add(link.from());
            ends.add(link.to());
        }
        ends.removeAll(known);
        return ends;
    }

    private List<Entry> referring(Reader reader, Set<String> to, int limit) {
        return objects.referring(reader, to, "", limit).stream().map(Entry::of).toList();
    }

    private Map<String, Entry> visible(Reader reader, Set<String> ids) {
        Map<String, Entry> visible = new LinkedHashMap<>();
        for (VisibleObject object : objects.objects(reader, ids)) {
            visible.putIfAbsent(object.id(), Entry.of(object));
        }
        return visible;
    }
}
