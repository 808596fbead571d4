package org.kerege.stix.upgrade;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives the properties of an object their new names, in place and in the same order.
final class Properties {

    private Properties() {}

    /// @param names old to new names; a property whose new name is taken already keeps its old one
    /// @param pointer where the object is, as a JSON pointer
    static void rename(
            ObjectNode object, Map<String, String> names, String pointer, Changes changes) {
        if (names.keySet().stream().noneMatch(object::has)) {
            return;
        }
        Map<String, JsonNode> renamed = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String old = property.getKey();
            String name = names.getOrDefault(old, old);
            boolean taken = !name.equals(old) && object.has(name);
            renamed.put(taken ? old : name, property.getValue());
            if (!taken && !name.equals(old)) {
                boolean custom = Renames.isCustom(name);
                changes.add(
                        pointer + "/" + old,
                        custom ? Change.Kind.CUSTOM : Change.Kind.RENAMED,
                        custom
                                ? "STIX 2.1 has no '%s'; kept as '%s'".formatted(old, name)
                                : "'%s' is '%s' in STIX 2.1".formatted(old, name));
            }
        }
        object.removeAll();
        object.setAll(renamed);
    }
}
