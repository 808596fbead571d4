package org.kerege.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// The scalars of an object as a seal covers them, by JSON pointer: everything except our own extensions. An empty
/// list or dictionary counts as one. Of `granular_markings` each pair of marking and selector is one, whatever
/// entry it stands in, so that taking pairs out leaves the others as they were signed.
final class Scalars {

    private Scalars() {}

    /// Takes one scalar.
    @FunctionalInterface
    interface Taker {

        /// Takes the scalar that stands at a pointer.
        ///
        /// @param at pointer in this version
        /// @param signedAt pointer in the version that was signed
        void take(String at, String signedAt, JsonNode value);
    }

    /// Pointers of the version that was signed, as a tree. Members of lists are found by their order: the first of
    /// those that are left is the one with the lowest position that was signed.
    static final class Signed {

        private final NavigableMap<String, Signed> children;

        private Signed() {
            children = new TreeMap<>(Signed::byPosition);
        }

        private static int byPosition(String a, String b) {
            int order = Integer.compare(Place.position(a), Place.position(b));
            return order != 0 ? order : a.compareTo(b);
        }

        static Signed of(Collection<String> pointers) {
            Signed root = new Signed();
            for (String pointer : pointers) {
                Signed at = root;
                for (String step :
                        pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
                    at = at.children.computeIfAbsent(unescape(step), _ -> new Signed());
                }
            }
            return root;
        }

        @Nullable Signed child(String step) {
            return children.get(step);
        }
    }

    /// Walks an object.
    ///
    /// @param signed pointers that were signed, null when positions are as they were signed
    /// @throws IllegalArgumentException when something stands where nothing was signed
    static void walk(ObjectNode object, @Nullable Signed signed, Taker taker) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String name = property.getKey();
            if (name.equals("granular_markings")) {
                for (JsonNode marking : property.getValue()) {
                    markingPointers(marking)
                            .forEach(pointer -> taker.take(pointer, pointer, BooleanNode.TRUE));
                }
            } else if (name.equals("extensions") && property.getValue() instanceof ObjectNode all) {
                for (Map.Entry<String, JsonNode> extension : all.properties()) {
                    if (!extension.getKey().equals(Seal.EXTENSION)
                            && !extension.getKey().equals(TearLine.EXTENSION)) {
                        List<String> steps = List.of(name, extension.getKey());
                        walk(
                                extension.getValue(),
                                steps,
                                steps,
                                child(child(signed, name), extension.getKey()),
                                taker);
                    }
                }
            } else {
                List<String> steps = List.of(name);
                walk(property.getValue(), steps, steps, child(signed, name), taker);
            }
        }
    }

    private static void walk(
            JsonNode value,
            List<String> at,
            List<String> signedAt,
            @Nullable Signed signed,
            Taker taker) {
        if (isLeaf(value)) {
            taker.take(pointer(at), pointer(signedAt), value);
        } else if (value instanceof ArrayNode array) {
            List<String> positions = positions(array.size(), signed);
            for (int i = 0; i < array.size(); i++) {
                String position = positions.get(i);
                walk(
                        array.get(i),
                        and(at, Integer.toString(i)),
                        and(signedAt, position),
                        child(signed, position),
                        taker);
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                walk(
                        entry.getValue(),
                        and(at, entry.getKey()),
                        and(signedAt, entry.getKey()),
                        child(signed, entry.getKey()),
                        taker);
            }
        }
    }

    /// Positions that the members of a list had when it was signed.
    private static List<String> positions(int size, @Nullable Signed signed) {
        List<String> positions = new ArrayList<>();
        if (signed == null) {
            for (int i = 0; i < size; i++) {
                positions.add(Integer.toString(i));
            }
            return positions;
        }
        positions.addAll(signed.children.keySet());
        if (positions.size() != size) {
            throw new IllegalArgumentException("a list has other members than were signed");
        }
        return positions;
    }

    private static @Nullable Signed child(@Nullable Signed signed, String step) {
        if (signed == null) {
            return null;
        }
        Signed child = signed.child(step);
        if (child == null) {
            throw new IllegalArgumentException("nothing was signed at " + step);
        }
        return child;
    }

    /// Whether a value is one scalar of the seal.
    static boolean isLeaf(JsonNode value) {
        return !value.isContainer() || value.isEmpty();
    }

    /// One pointer for each selector of a granular marking.
    static List<String> markingPointers(JsonNode marking) {
        String what =
                marking.has("marking_ref")
                        ? marking.path("marking_ref").asString("")
                        : "lang " + marking.path("lang").asString("");
        List<String> pointers = new ArrayList<>();
        for (JsonNode selector : marking.path("selectors")) {
            pointers.add(pointer(List.of("granular_markings", what, selector.asString(""))));
        }
        return pointers;
    }

    /// The JSON pointer of steps. Source: RFC 6901 §3.
    static String pointer(List<String> steps) {
        StringBuilder pointer = new StringBuilder();
        for (String step : steps) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    private static List<String> and(List<String> steps, String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }
}
