package org.kerege.pattern.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.PatternText;

/// A rule of Sigma.
///
/// @param id as the rule has it; empty where it has none
/// @param level `informational` to `critical`; empty where it has none
/// @param date when it was last changed, or made; empty where it says neither
public record SigmaRule(
        String title,
        String id,
        String status,
        String description,
        String level,
        String date,
        LogSource source,
        Map<?, ?> detection) {

    /// Reads one document.
    ///
    /// @param document as YAML has it
    /// @throws Irreducible when it is no rule about single events
    public static SigmaRule read(@Nullable Object document) throws Irreducible {
        if (!(document instanceof Map<?, ?> map)) {
            throw new Irreducible("it is no rule");
        }
        if (map.containsKey("correlation")) {
            throw new Irreducible("it correlates what other rules find");
        }
        if (map.containsKey("action") || map.containsKey("filter")) {
            throw new Irreducible("it is a part of rules and no rule");
        }
        if (!(map.get("logsource") instanceof Map<?, ?> source)
                || !(map.get("detection") instanceof Map<?, ?> detection)) {
            throw new Irreducible("it is no rule: it has no log source or no detection");
        }
        String modified = text(map, "modified");
        return new SigmaRule(
                text(map, "title"),
                text(map, "id"),
                text(map, "status"),
                text(map, "description"),
                text(map, "level"),
                modified.isEmpty() ? text(map, "date") : modified,
                new LogSource(
                        text(source, "product"), text(source, "category"), text(source, "service")),
                detection);
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : String.valueOf(value).strip();
    }

    /// The pattern that holds for exactly the events that the rule holds for, as the readers' mappings show them.
    ///
    /// @throws Irreducible when there is none
    public Pattern pattern() throws Irreducible {
        Reduction reduction = new Reduction(Places.of(source));
        Map<String, Logic> searches = new LinkedHashMap<>();
        Search search = new Search();
        for (Map.Entry<?, ?> entry : detection.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (name.equals("timeframe")) {
                throw new Irreducible("its condition counts or correlates events");
            }
            Object value = entry.getValue();
            if (!name.equals("condition") && value != null) {
                searches.put(name, search.read(value));
            }
        }
        List<ComparisonExpression> conditions = new ArrayList<>();
        Object condition = detection.get("condition");
        for (Object one : condition instanceof List<?> list ? list : conditionOf(condition)) {
            conditions.add(reduction.of(Condition.parse(String.valueOf(one), searches)));
        }
        if (conditions.isEmpty()) {
            throw new Irreducible("it has no condition");
        }
        ComparisonExpression all =
                conditions.size() == 1
                        ? conditions.getFirst()
                        : new ComparisonExpression.Or(conditions);
        try {
            // What is written must read back, within the bounds of every pattern.
            return Pattern.parse(PatternText.of(new ObservationExpression.Observation(all)));
        } catch (MalformedPattern e) {
            throw new Irreducible("its pattern breaks a bound of patterns: " + e.getMessage());
        }
    }

    private static List<?> conditionOf(@Nullable Object condition) {
        return condition == null ? List.of() : List.of(condition);
    }
}
