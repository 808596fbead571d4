package org.kerege.readers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The values that an event shows, each with the object path under which a pattern finds it. What people read when they
/// try a mapping. Source of paths: STIX 2.1 §9.7.
public final class ObservablePaths {

    /// Deepest chain of references that is followed.
    private static final int MAX_HOPS = 5;

    /// A value and where it stands.
    ///
    /// @param path object path such as `process:image_ref.name`; elements of lists stand at `[*]`
    /// @param value the value as text
    public record Shown(String path, String value) {}

    private final ObjectNode objects;
    private final List<Shown> shown = new ArrayList<>();

    private ObservablePaths(ObjectNode objects) {
        this.objects = objects;
    }

    /// What an event shows, in the order of its objects, each by itself and with what it refers to.
    public static List<Shown> of(Event event) {
        ObservablePaths paths = new ObservablePaths(event.objects());
        for (JsonNode object : event.objects()) {
            paths.object(object, object.path("type").asString("") + ":", 0);
        }
        return List.copyOf(paths.shown);
    }

    private static Collection<String> targets(String name, JsonNode value) {
        if (name.endsWith("_ref")) {
            return List.of(value.asString(""));
        }
        return name.endsWith("_refs")
                ? value.valueStream().map(element -> element.asString("")).toList()
                : List.of();
    }

    private void object(JsonNode object, String before, int hops) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String name = property.getKey();
            if (!name.equals("type") && !name.equals("id") && !name.equals("spec_version")) {
                property(name, property.getValue(), before + step(name), hops);
            }
        }
    }

    private void property(String name, JsonNode value, String path, int hops) {
        if (name.endsWith("_ref") || name.endsWith("_refs")) {
            String through = name.endsWith("_refs") ? path + "[*]." : path + ".";
            for (String target : targets(name, value)) {
                JsonNode object = objects.get(target);
                if (object != null && hops < MAX_HOPS) {
                    object(object, through, hops + 1);
                }
            }
        } else if (value.isObject()) {
            object(value, path + ".", hops);
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                property("", element, path + "[*]", hops);
            }
        } else {
            shown.add(new Shown(path, value.asString("")));
        }
    }

    /// Names with other signs than a path allows are quoted.
    private static String step(String name) {
        return name.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
                ? name
                : "'" + name + "'";
    }
}
