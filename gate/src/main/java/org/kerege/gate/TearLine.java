package org.kerege.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Cuts what a recipient may not see out of an object. The cut version keeps `id` and `modified`, says in our
/// extension that it is reduced, and gives way to the whole one wherever that may be had. Lists and dictionaries
/// that lose all they held go too.
///
/// Where a list loses a member and another member is marked by its position, the whole list goes: the positions
/// would name other members afterwards, and a marking must not come loose.
public final class TearLine {

    /// Identifier of the extension-definition that a reduced object carries, with `"reduced": true`.
    public static final String EXTENSION =
            "extension-definition--5c1e8a02-93d7-5e44-b6f0-2a9d7c4e1b88";

    private TearLine() {}

    /// Whether an object says that it is reduced.
    public static boolean isReduced(StixObject object) {
        return object.json().path("extensions").path(EXTENSION).path("reduced").asBoolean(false);
    }

    /// @param hidden places that go
    /// @param closed references that go
    static StixObject cut(StixObject object, Set<Place> hidden, Predicate<StixId> closed) {
        Cut cut = new Cut(object.json(), hidden, closed);
        ObjectNode rest = cut.object();
        cut.rewriteSelectors(rest);
        ObjectNode extensions = rest.withObjectProperty("extensions");
        ObjectNode mark = extensions.putObject(EXTENSION);
        mark.put("extension_type", "property-extension");
        mark.put("reduced", true);
        Seal.carryOver(object.json(), rest, cut.standing);
        return StixObject.of(rest);
    }

    /// One walk over one object.
    private static final class Cut {

        private final ObjectNode whole;
        private final Set<Place> hidden;
        private final Predicate<StixId> closed;
        private final Set<String> selectors = new HashSet<>();

        /// Pointers in the whole object of the scalars that stay.
        private final NavigableSet<String> standing = new TreeSet<>();

        Cut(ObjectNode whole, Set<Place> hidden, Predicate<StixId> closed) {
            this.whole = whole;
            this.hidden = hidden;
            this.closed = closed;
            for (JsonNode marking : whole.path("granular_markings")) {
                for (JsonNode selector : marking.path("selectors")) {
                    selectors.add(selector.asString(""));
                }
            }
        }

        ObjectNode object() {
            ObjectNode rest = Json.mapper().createObjectNode();
            for (Map.Entry<String, JsonNode> property : whole.properties()) {
                String name = property.getKey();
                JsonNode kept =
                        name.equals("granular_markings")
                                ? property.getValue().deepCopy()
                                : keep(name, property.getValue(), List.of(name));
                if (kept != null) {
                    rest.set(name, kept);
                }
            }
            return rest;
        }

        /// What stays of a value; null when nothing does.
        private @Nullable JsonNode keep(String name, JsonNode value, List<String> steps) {
            String pointer = Scalars.pointer(steps);
            JsonNode kept = keepSome(name, value, steps);
            if (kept == null) {
                standing.subSet(pointer + "/", pointer + "0").clear();
            } else if (Scalars.isLeaf(kept)) {
                standing.add(pointer);
            }
            return kept;
        }

        private @Nullable JsonNode keepSome(String name, JsonNode value, List<String> steps) {
            if (hidden.contains(new Place(steps))) {
                return null;
            }
            if (value instanceof ArrayNode array) {
                return keepMembers(name, array, steps);
            }
            if (value instanceof ObjectNode dictionary) {
                return keepEntries(dictionary, steps);
            }
            StixId target = References.target(name, value);
            return target != null && closed.test(target) ? null : value;
        }

        private @Nullable JsonNode keepMembers(String name, ArrayNode array, List<String> steps) {
            ArrayNode rest = Json.mapper().createArrayNode();
            for (int i = 0; i < array.size(); i++) {
                JsonNode kept = keep(name, array.get(i), and(steps, Integer.toString(i)));
                if (kept != null) {
                    rest.add(kept);
                }
            }
            boolean lost = rest.size() < array.size();
            if (lost && (rest.isEmpty() || marksMembers(steps))) {
                return null;
            }
            return rest;
        }

        private @Nullable JsonNode keepEntries(ObjectNode dictionary, List<String> steps) {
            ObjectNode rest = Json.mapper().createObjectNode();
            for (Map.Entry<String, JsonNode> entry : dictionary.properties()) {
                JsonNode kept = keep(entry.getKey(), entry.getValue(), and(steps, entry.getKey()));
                if (kept != null) {
                    rest.set(entry.getKey(), kept);
                }
            }
            return rest.isEmpty() && !dictionary.isEmpty() ? null : rest;
        }

        /// Whether a marking that is not itself cut off names a member of this list by its position.
        private boolean marksMembers(List<String> list) {
            return selectors.stream()
                    .map(selector -> Place.select(whole, selector))
                    .anyMatch(place ->
                            place != null
                                    && place.steps().size() > list.size()
                                    && place.steps().subList(0, list.size()).equals(list)
                                    && !Marked.covers(hidden, place));
        }

        /// Takes out the selectors of what is gone.
        void rewriteSelectors(ObjectNode rest) {
            if (!(rest.get("granular_markings") instanceof ArrayNode markings)) {
                return;
            }
            ArrayNode kept = Json.mapper().createArrayNode();
            for (JsonNode marking : markings) {
                List<String> left = new ArrayList<>();
                for (JsonNode selector : marking.path("selectors")) {
                    Place place = Place.select(whole, selector.asString(""));
                    if (place != null && !Marked.covers(hidden, place) && place.in(rest) != null) {
                        left.add(selector.stringValue());
                    }
                }
                if (!left.isEmpty() && marking instanceof ObjectNode entry) {
                    ArrayNode selected = entry.putArray("selectors");
                    left.forEach(selected::add);
                    kept.add(entry);
                    standing.addAll(Scalars.markingPointers(entry));
                }
            }
            if (kept.isEmpty()) {
                rest.remove("granular_markings");
            } else {
                rest.set("granular_markings", kept);
            }
        }

        private static List<String> and(List<String> steps, String step) {
            List<String> longer = new ArrayList<>(steps);
            longer.add(step);
            return longer;
        }
    }
}
