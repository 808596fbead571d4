package org.kerege.node.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;
import tools.jackson.databind.JsonNode;

/// What an object is related to, as far as its reader may see both the relation and the other end.
final class Neighbours {

    /// Most neighbours of one picture.
    static final int MOST = 96;

    private static final Set<String> LEFT_OUT = Set.of("object_marking_refs");

    private final VisibleObjects objects;

    Neighbours(VisibleObjects objects) {
        this.objects = objects;
    }

    private record Link(String other, String label, boolean outward) {}

    List<Graph.Related> of(Reader reader, Entry centre) {
        Map<String, Link> links = new LinkedHashMap<>();
        for (VisibleObject one : objects.referring(reader, Set.of(centre.id()), "", 2 * MOST)) {
            Entry referring = Entry.of(one);
            if (referring.type().equals("sighting")) {
                // They have a picture of their own.
                continue;
            }
            Link link =
                    referring.type().equals("relationship")
                            ? relation(referring.json(), centre.id())
                            : new Link(
                                    referring.id(), property(referring.json(), centre.id()), false);
            links.putIfAbsent(link.other(), link);
        }
        references(centre.json()).forEach(links::putIfAbsent);
        links.remove(centre.id());
        Map<String, VisibleObject> visible =
                objects.objects(reader, links.keySet()).stream()
                        .collect(
                                Collectors.toMap(
                                        VisibleObject::id,
                                        Function.identity(),
                                        (first, _) -> first));
        List<Graph.Related> related = new ArrayList<>();
        for (Link link : links.values()) {
            VisibleObject other = visible.get(link.other());
            if (other != null && related.size() < MOST) {
                related.add(
                        new Graph.Related(
                                Entry.of(other), Shown.text(link.label()), link.outward()));
            }
        }
        return related;
    }

    private static Link relation(JsonNode relationship, String centre) {
        String source = relationship.path("source_ref").asString("");
        String target = relationship.path("target_ref").asString("");
        boolean outward = source.equals(centre);
        return new Link(
                outward ? target : source,
                relationship.path("relationship_type").asString(""),
                outward);
    }

    /// The property by which an object refers to another.
    private static String property(JsonNode object, String to) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (ids(property).contains(to)) {
                return property.getKey();
            }
        }
        return "";
    }

    private static Map<String, Link> references(JsonNode object) {
        Map<String, Link> links = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            for (String id : ids(property)) {
                links.putIfAbsent(id, new Link(id, property.getKey(), true));
            }
        }
        return links;
    }

    private static List<String> ids(Map.Entry<String, JsonNode> property) {
        String name = property.getKey();
        if (LEFT_OUT.contains(name)) {
            return List.of();
        }
        if (name.endsWith("_ref")) {
            return List.of(property.getValue().asString(""));
        }
        return name.endsWith("_refs")
                ? property.getValue().valueStream().map(id -> id.asString("")).toList()
                : List.of();
    }
}
