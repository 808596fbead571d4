package org.kerege.node.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What changed from one version of an object to another, property by property.
///
/// @param changes in the order of the properties' paths
public record Difference(Entry from, Entry to, List<Change> changes) {

    private static final int MOST_CHANGES = 500;

    /// What became of one property.
    ///
    /// @param path of a property, as `external_references.[0].url`
    /// @param before as it may be shown; empty when it was not there
    /// @param after as it may be shown; empty when it is there no more
    public record Change(String path, String before, String after) {}

    /// Compares two versions in the form in which their reader may have them.
    static Difference between(Entry from, Entry to) {
        Map<String, String> before = values(from.json());
        Map<String, String> after = values(to.json());
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            String old = before.getOrDefault(path, "");
            String now = after.getOrDefault(path, "");
            if (!old.equals(now) && changes.size() < MOST_CHANGES) {
                changes.add(new Change(Shown.text(path), Shown.text(old), Shown.text(now)));
            }
        }
        return new Difference(from, to, changes);
    }

    private static Map<String, String> values(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        add(values, "", object);
        return values;
    }

    private static void add(Map<String, String> values, String path, JsonNode node) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                add(
                        values,
                        path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                        property.getValue());
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                add(values, path + ".[" + i + "]", node.get(i));
            }
        } else {
            values.put(path, node.isString() ? node.asString() : node.toString());
        }
    }
}
