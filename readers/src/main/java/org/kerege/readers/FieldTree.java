package org.kerege.readers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of events that some mapping looks at, as a tree of names to walk along with an event. A field's name with
/// dots may stand as it is or as a way into nested objects, and in any mixture of the two; each such place has a slot.
/// Immutable.
final class FieldTree {

    /// The names that matter on one level.
    ///
    /// @param names the names, each where its hash leads or behind, see [#indexOf]
    /// @param slot for each place in `names` the place of its value, negative where only what is inside counts
    /// @param inner for each name what matters in an object under it; null where nothing does
    record Level(
            @Nullable String[] names,
            int[] slot,
            @Nullable Level[] inner,
            int firstSlot,
            int endSlot) {

        /// Where a name stands; negative for none.
        int indexOf(String name) {
            int mask = names.length - 1;
            int at = spread(name) & mask;
            while (true) {
                String held = names[at];
                if (held == null) {
                    return -1;
                }
                if (held.equals(name)) {
                    return at;
                }
                at = (at + 1) & mask;
            }
        }

        static int spread(String name) {
            int hash = name.hashCode();
            return hash ^ (hash >>> 15);
        }
    }

    private final Level root;
    private final List<List<String>> paths = new ArrayList<>();
    private final Map<List<String>, Integer> slots = new HashMap<>();

    /// @param fields names with dots, as mappings write them
    FieldTree(Iterable<String> fields) {
        Draft top = new Draft();
        for (String field : fields) {
            places(field).forEach(place -> top.add(place, 0));
        }
        this.root = level(top, List.of());
    }

    private static final class Draft {
        private final Map<String, Draft> names = new LinkedHashMap<>();
        private boolean wanted;

        void add(List<String> place, int depth) {
            Draft inner = names.computeIfAbsent(place.get(depth), _ -> new Draft());
            if (depth + 1 == place.size()) {
                inner.wanted = true;
            } else {
                inner.add(place, depth + 1);
            }
        }

        /// Whether a list under this name is looked into by position.
        boolean counted() {
            return names.keySet().stream()
                    .anyMatch(name -> !name.isEmpty() && Character.isDigit(name.charAt(0)));
        }
    }

    private Level level(Draft draft, List<String> above) {
        int firstSlot = paths.size();
        int room = Integer.highestOneBit(Math.max(2, draft.names.size() * 4 - 1));
        @Nullable String[] names = new String[room];
        int[] slot = new int[room];
        @Nullable Level[] inner = new Level[room];
        draft.names.forEach((name, below) -> {
            int at = Level.spread(name) & (room - 1);
            while (names[at] != null) {
                at = (at + 1) & (room - 1);
            }
            names[at] = name;
            List<String> path = new ArrayList<>(above);
            path.add(name);
            slot[at] = -1;
            if (below.wanted || below.counted()) {
                slot[at] = paths.size();
                slots.put(List.copyOf(path), paths.size());
                paths.add(List.copyOf(path));
            }
            if (!below.names.isEmpty()) {
                inner[at] = level(below, path);
            }
        });
        return new Level(names, slot, inner, firstSlot, paths.size());
    }

    /// The ways in which a field may stand in an event, the likeliest first: literally, then cut at its first dot and
    /// the rest likewise.
    private static List<List<String>> places(String field) {
        List<List<String>> all = new ArrayList<>();
        all.add(List.of(field));
        int dot = field.indexOf('.');
        if (dot > 0 && dot + 1 < field.length()) {
            for (List<String> rest : places(field.substring(dot + 1))) {
                List<String> path = new ArrayList<>();
                path.add(field.substring(0, dot));
                path.addAll(rest);
                all.add(path);
            }
        }
        return all;
    }

    Level root() {
        return root;
    }

    int size() {
        return paths.size();
    }

    /// The names that lead to a slot.
    List<String> path(int slot) {
        return paths.get(slot);
    }

    /// The slots of a field that this tree was made of; of those that an event has, the first counts.
    int[] slots(String field) {
        return places(field).stream()
                .mapToInt(place -> slots.getOrDefault(place, -1))
                .filter(slot -> slot >= 0)
                .toArray();
    }

    /// The slot of a field that stands in an event by its name as it is; negative for none.
    int literal(String name) {
        return slots.getOrDefault(List.of(name), -1);
    }

    /// The slots of each of several alternatives, see [#slots].
    int[][] alternatives(String[] fields) {
        return java.util.Arrays.stream(fields).map(this::slots).toArray(int[][]::new);
    }

    /// Slots that hold a list into which the field counts by position.
    int[] lists(String field) {
        return places(field).stream()
                .flatMap(place ->
                        java.util.stream.IntStream.range(1, place.size())
                                .filter(end -> Character.isDigit(place.get(end).charAt(0)))
                                .mapToObj(end -> place.subList(0, end)))
                .mapToInt(place -> slots.getOrDefault(place, -1))
                .filter(slot -> slot >= 0)
                .distinct()
                .toArray();
    }
}
