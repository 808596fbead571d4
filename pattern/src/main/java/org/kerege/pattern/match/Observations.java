package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;

/// Observed-data objects with what they hold, ready to be matched with any number of patterns. Immutable.
public final class Observations {

    private final List<Observed> observed;

    private Observations(List<Observed> observed) {
        this.observed = List.copyOf(observed);
    }

    /// Gathers observed-data and cyber-observable objects, in any order. Objects listed in `object_refs` and
    /// those of the deprecated `objects` container both belong to an observation.
    ///
    /// @param objects STIX objects; those of other types are of no consequence
    /// @throws MalformedStix when an observed-data lacks its times, or has wrong ones
    public static Observations of(Iterable<JsonNode> objects) {
        Map<String, JsonNode> byId = new HashMap<>();
        List<JsonNode> data = new ArrayList<>();
        for (JsonNode object : objects) {
            if (isObservedData(object)) {
                data.add(object);
            }
            String id = text(object, "id");
            if (!id.isEmpty()) {
                byId.put(id, object);
            }
        }
        List<Observed> observed = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            observed.add(observed(data.get(i), i, byId));
        }
        return new Observations(observed);
    }

    /// By its type, or by the container of STIX 2.0 with its times, whatever the type is called there.
    private static boolean isObservedData(JsonNode object) {
        return text(object, "type").equals("observed-data")
                || (object.path("objects").isObject() && object.has("first_observed"));
    }

    private static Observed observed(JsonNode data, int position, Map<String, JsonNode> byId) {
        Map<String, JsonNode> held = new LinkedHashMap<>();
        JsonNode references = data.path("object_refs");
        if (references.isArray()) {
            for (JsonNode reference : references) {
                if (reference.isString()) {
                    JsonNode object = byId.get(reference.stringValue());
                    if (object != null) {
                        held.put(reference.stringValue(), object);
                    }
                }
            }
        }
        JsonNode container = data.path("objects");
        if (container.isObject()) {
            container.properties().forEach(entry -> held.put(entry.getKey(), entry.getValue()));
        }
        String id = text(data, "id");
        Timestamp first = time(data, "first_observed", id);
        Timestamp last = time(data, "last_observed", id);
        if (last.compareTo(first) < 0) {
            throw new MalformedStix(
                    "/last_observed",
                    "last_observed is not before first_observed (STIX 2.1 §4.14)",
                    "observed-data " + id + " ends before it begins");
        }
        JsonNode count = data.path("number_observed");
        return new Observed(
                id.isEmpty() ? Integer.toString(position) : id,
                first,
                last,
                count.isIntegralNumber() && count.canConvertToLong()
                        ? Math.max(1, count.longValue())
                        : 1,
                List.copyOf(held.values()),
                Map.copyOf(held));
    }

    private static String text(JsonNode object, String property) {
        JsonNode value = object.path(property);
        return value.isString() ? value.stringValue() : "";
    }

    private static Timestamp time(JsonNode data, String property, String id) {
        JsonNode value = data.path(property);
        if (!value.isString()) {
            throw new MalformedStix(
                    "/" + property,
                    "observed-data has " + property + " (STIX 2.1 §4.14)",
                    "observed-data " + id + " has no " + property);
        }
        return Timestamp.parse(value.stringValue());
    }

    /// In the order of the input.
    List<Observed> observed() {
        return observed;
    }

    /// How many observed-data objects there are.
    public int size() {
        return observed.size();
    }
}
