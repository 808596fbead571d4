package org.kerege.stix.marking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The markings on parts of one object. Language markings (`lang`) hide nothing and are not counted here. Source:
/// STIX 2.1 §7.2.3.
public final class GranularMarkings {

    private static final String PROPERTY = "granular_markings";

    private final ObjectNode object;
    private final List<Part> parts;

    /// One selector with its marking.
    public record Part(StixId marking, Selector selector) {}

    private GranularMarkings(ObjectNode object, List<Part> parts) {
        this.object = object;
        this.parts = List.copyOf(parts);
    }

    /// Reads the granular markings of an object; none where it has none.
    ///
    /// @throws MalformedStix when one cannot be read or selects nothing: what it was to protect is not known then
    public static GranularMarkings of(ObjectNode object) {
        List<Part> parts = new ArrayList<>();
        int index = 0;
        for (JsonNode marking : object.path(PROPERTY)) {
            String pointer = "/" + PROPERTY + "/" + index++;
            JsonNode ref = marking.get("marking_ref");
            if (ref == null && marking.has("lang")) {
                continue;
            }
            JsonNode selectors = marking.path("selectors");
            if (ref == null || !ref.isString() || !selectors.isArray() || selectors.isEmpty()) {
                throw malformed(pointer, "a granular marking has no marking or no selectors");
            }
            StixId id = StixId.parse(ref.stringValue());
            for (JsonNode text : selectors) {
                Selector selector = Selector.parse(text.asString(""));
                if (selector.in(object) == null) {
                    throw malformed(pointer, "'" + selector + "' selects nothing in this object");
                }
                parts.add(new Part(id, selector));
            }
        }
        return new GranularMarkings(object, parts);
    }

    /// All parts, in the order of the object.
    public List<Part> parts() {
        return parts;
    }

    /// The markings that apply to the value at `place`: those on it and on what it lies in. Those of the whole
    /// object (`object_marking_refs`) come on top and are not among them.
    public Set<StixId> at(Selector place) {
        Set<StixId> markings = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part.selector().covers(place)) {
                markings.add(part.marking());
            }
        }
        return markings;
    }

    /// A copy of the object without the parts that bear a marking of which `hidden` holds, nor a trace of them: their
    /// granular markings go, lists close their gaps, and lists and dictionaries that become empty go as well, since
    /// STIX has no empty ones. Whether the rest still has what its type requires is for the validator.
    public ObjectNode without(Predicate<StixId> hidden) {
        Set<String> cut = new HashSet<>();
        for (Part part : parts) {
            if (hidden.test(part.marking())) {
                cut.add(part.selector().toString());
            }
        }
        Map<String, String> places = new HashMap<>();
        JsonNode rest = new Cut(cut, places).copy(object, "", "");
        ObjectNode reduced = rest instanceof ObjectNode left ? left : object.objectNode();
        if (!cut.isEmpty() && reduced.get(PROPERTY) instanceof ArrayNode markings) {
            moveSelectors(reduced, markings, places);
        }
        return reduced;
    }

    /// Leaves the selectors of what is left, under the places where it is now.
    private static void moveSelectors(
            ObjectNode reduced, ArrayNode markings, Map<String, String> places) {
        ArrayNode kept = reduced.arrayNode();
        for (JsonNode marking : markings) {
            ArrayNode selectors = reduced.arrayNode();
            for (JsonNode selector : marking.path("selectors")) {
                String place = places.get(selector.asString(""));
                if (place != null) {
                    selectors.add(place);
                }
            }
            if (!selectors.isEmpty() && marking instanceof ObjectNode fields) {
                fields.set("selectors", selectors);
                kept.add(fields);
            }
        }
        if (kept.isEmpty()) {
            reduced.remove(PROPERTY);
        } else {
            reduced.set(PROPERTY, kept);
        }
    }

    /// Copies a tree without what lies at given places, and notes where the rest has come to lie.
    private record Cut(Set<String> places, Map<String, String> moved) {

        /// @return null when nothing is left
        @Nullable JsonNode copy(JsonNode value, String from, String to) {
            if (places.contains(from)) {
                return null;
            }
            JsonNode copy =
                    switch (value) {
                        case ObjectNode dictionary -> copyOf(dictionary, from, to);
                        case ArrayNode list -> copyOf(list, from, to);
                        default -> value;
                    };
            if (copy != null) {
                moved.put(from, to);
            }
            return copy;
        }

        private @Nullable JsonNode copyOf(ObjectNode dictionary, String from, String to) {
            ObjectNode copy = dictionary.objectNode();
            for (Map.Entry<String, JsonNode> property : dictionary.properties()) {
                String name = property.getKey();
                JsonNode value = copy(property.getValue(), below(from, name), below(to, name));
                if (value != null) {
                    copy.set(name, value);
                }
            }
            return copy.isEmpty() && !dictionary.isEmpty() ? null : copy;
        }

        private @Nullable JsonNode copyOf(ArrayNode list, String from, String to) {
            ArrayNode copy = list.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                JsonNode value =
                        copy(
                                list.get(i),
                                below(from, "[" + i + "]"),
                                below(to, "[" + copy.size() + "]"));
                if (value != null) {
                    copy.add(value);
                }
            }
            return copy.isEmpty() && !list.isEmpty() ? null : copy;
        }

        private static String below(String place, String step) {
            return place.isEmpty() ? step : place + "." + step;
        }
    }

    private static MalformedStix malformed(String pointer, String message) {
        return new MalformedStix(
                pointer,
                "a granular marking has a marking and selectors that point to content (STIX 2.1 §7.2.3)",
                message);
    }
}
