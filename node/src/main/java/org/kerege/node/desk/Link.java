package org.kerege.node.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How one object leads to another.
///
/// @param from identifier of the object that refers, or of a relationship's source
/// @param to identifier of the other
/// @param label in the standard's words: a relationship's type, or the name of the property that refers
record Link(String from, String to, String label) {

    private static final String MARKINGS = "object_marking_refs";

    /// What an object says: of a relationship the line between its ends (STIX 2.1 §3.6), of any other object a line
    /// for each object that a property of it names, once each. Markings are no neighbours.
    static List<Link> of(Entry entry) {
        JsonNode json = entry.json();
        if (isRelationship(entry)) {
            return List.of(
                    new Link(
                            json.path("source_ref").asString(""),
                            json.path("target_ref").asString(""),
                            entry.text("relationship_type")));
        }
        return references(entry);
    }

    /// A line for each object that a property names, also of a relationship.
    static List<Link> references(Entry entry) {
        Map<String, Link> links = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : entry.json().properties()) {
            for (String id : ids(property)) {
                if (!id.isEmpty()) {
                    links.putIfAbsent(id, new Link(entry.id(), id, Shown.text(property.getKey())));
                }
            }
        }
        return List.copyOf(links.values());
    }

    boolean touches(String id) {
        return from.equals(id) || to.equals(id);
    }

    /// The end that is not this one.
    String other(String id) {
        return from.equals(id) ? to : from;
    }

    /// Whether it says who made the object: everything that one maker ever made would be its neighbour.
    boolean isMaker() {
        return label.equals("created_by_ref");
    }

    /// Whether an object is a line between others and no point of its own.
    static boolean isRelationship(Entry entry) {
        return entry.type().equals("relationship");
    }

    private static List<String> ids(Map.Entry<String, JsonNode> property) {
        String name = property.getKey();
        if (name.equals(MARKINGS)) {
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
