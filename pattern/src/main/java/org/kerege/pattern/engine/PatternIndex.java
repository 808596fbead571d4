package org.kerege.pattern.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Patterns by the values and types that an event must hold for them to match. Looking an event up costs what the
/// event holds, however many patterns with values there are; a pattern without a value is a candidate for every event
/// with an object of its type, and is counted. Immutable and thread-safe.
public final class PatternIndex {

    private final List<Entry> entries;
    private final Map<String, int[]> byValue;
    private final Map<String, int[]> byType;
    private final int withoutValue;

    private PatternIndex(
            List<Entry> entries,
            Map<String, int[]> byValue,
            Map<String, int[]> byType,
            int withoutValue) {
        this.entries = entries;
        this.byValue = byValue;
        this.byType = byType;
        this.withoutValue = withoutValue;
    }

    /// A pattern and what its owner calls it.
    ///
    /// @param single whether one event alone can satisfy it
    public record Entry(String name, Pattern pattern, boolean single) {}

    /// Builds an index.
    public static PatternIndex of(Map<String, Pattern> patterns) {
        List<Entry> entries = new ArrayList<>(patterns.size());
        Map<String, List<Integer>> byValue = new HashMap<>();
        Map<String, List<Integer>> byType = new HashMap<>();
        int withoutValue = 0;
        for (Map.Entry<String, Pattern> named : patterns.entrySet()) {
            int number = entries.size();
            Pattern pattern = named.getValue();
            entries.add(new Entry(named.getKey(), pattern, isSingle(pattern.expression())));
            Witness witness = Witness.of(pattern.expression());
            if (witness.values().isEmpty()) {
                withoutValue++;
                witness.types().forEach(type -> add(byType, type, number));
            } else {
                witness.values().forEach(value -> add(byValue, value, number));
            }
        }
        return new PatternIndex(
                List.copyOf(entries), packed(byValue), packed(byType), withoutValue);
    }

    /// The patterns that an event may satisfy, alone or as a part of several, each once.
    public List<Entry> candidates(ObjectNode objects) {
        Set<Integer> numbers = new LinkedHashSet<>();
        if (!byValue.isEmpty()) {
            for (String value : EventValues.of(objects)) {
                addAll(numbers, byValue.get(value));
            }
        }
        if (!byType.isEmpty()) {
            Set<String> types = new HashSet<>();
            objects.forEach(object -> types.add(object.path("type").asString("")));
            types.forEach(type -> addAll(numbers, byType.get(type)));
        }
        return numbers.isEmpty() ? List.of() : numbers.stream().map(entries::get).toList();
    }

    public int size() {
        return entries.size();
    }

    /// How many patterns name no value and are asked for every event with their type.
    public int withoutValue() {
        return withoutValue;
    }

    private static boolean isSingle(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation _ -> true;
            case ObservationExpression.Or(var operands) ->
                    operands.stream().allMatch(PatternIndex::isSingle);
            case ObservationExpression.Qualified(var operand, var qualifier) ->
                    isSingle(operand)
                            && !(qualifier
                                            instanceof
                                            org.kerege.pattern.Qualifier.Repeats(long times)
                                    && times > 1);
            case ObservationExpression.And _, ObservationExpression.FollowedBy _ -> false;
        };
    }

    private static void add(Map<String, List<Integer>> lists, String key, int number) {
        lists.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(number);
    }

    private static void addAll(Set<Integer> numbers, int @Nullable [] more) {
        if (more != null) {
            for (int number : more) {
                numbers.add(number);
            }
        }
    }

    private static Map<String, int[]> packed(Map<String, List<Integer>> lists) {
        Map<String, int[]> packed = HashMap.newHashMap(lists.size());
        lists.forEach((key, list) ->
                packed.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
        return packed;
    }
}
