package org.kerege.pattern.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.match.ComparisonMatcher;
import org.kerege.pattern.match.Undecided;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks an engine's patterns of one event after another. For one thread.
public final class Scanner {

    /// Branches kept ready for the next event that comes near them.
    private static final int KEPT = 20_000;

    private record Ready(int bracket, ComparisonMatcher matcher) {}

    private final Engine engine;
    private final Map<Integer, Ready> ready =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, Ready> eldest) {
                    return size() > KEPT;
                }
            };
    private int[] candidates = new int[64];
    private int candidateCount;
    private long undecided;

    Scanner(Engine engine) {
        this.engine = engine;
    }

    /// The brackets that an event satisfies, by pattern and then by bracket.
    ///
    /// @param objects the event's cyber-observable objects by what references in them call them
    public List<Hit> scan(ObjectNode objects) {
        candidateCount = 0;
        for (JsonNode object : objects) {
            visit(object);
        }
        if (candidateCount == 0) {
            return List.of();
        }
        Map<String, JsonNode> byReference = new LinkedHashMap<>();
        objects.properties().forEach(each -> byReference.put(each.getKey(), each.getValue()));
        return tested(byReference);
    }

    /// How often a branch could not be decided within its limit of steps.
    public long undecided() {
        return undecided;
    }

    private void visit(JsonNode object) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            visit(engine.properties().get(property.getKey()), property.getValue());
        }
    }

    private void visit(@Nullable PropertyIndex index, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (index != null) {
            index.candidates(value, engine.equal(), this::add);
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                visit(index, element);
            }
        } else if (value.isObject()) {
            visit(value);
        }
    }

    private void add(int entry) {
        if (candidateCount == candidates.length) {
            compact();
            if (candidateCount > candidates.length / 2) {
                candidates = Arrays.copyOf(candidates, candidates.length * 2);
            }
        }
        candidates[candidateCount++] = entry;
    }

    /// Sorts the candidates and drops repeated ones.
    private void compact() {
        Arrays.sort(candidates, 0, candidateCount);
        int kept = 0;
        for (int i = 0; i < candidateCount; i++) {
            if (i == 0 || candidates[i] != candidates[i - 1]) {
                candidates[kept++] = candidates[i];
            }
        }
        candidateCount = kept;
    }

    private List<Hit> tested(Map<String, JsonNode> objects) {
        compact();
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < candidateCount; i++) {
            int number = candidates[i] >> 1;
            boolean first = (candidates[i] & 1) == 0;
            boolean second = i + 1 < candidateCount && candidates[i + 1] == candidates[i] + 1;
            if (!first || (engine.isPaired(number) && !second)) {
                continue;
            }
            Ready branch = ready.computeIfAbsent(number, this::made);
            int pattern = engine.patternOf(number);
            Hit last = hits.isEmpty() ? null : hits.getLast();
            // An earlier branch of the same bracket has said it already.
            boolean said =
                    last != null && last.pattern() == pattern && last.bracket() == branch.bracket;
            if (!said) {
                test(pattern, branch, objects, hits);
            }
        }
        return hits;
    }

    private void test(int pattern, Ready branch, Map<String, JsonNode> objects, List<Hit> hits) {
        try {
            for (JsonNode object : objects.values()) {
                if (branch.matcher.holdsFor(object, objects)) {
                    hits.add(
                            new Hit(
                                    pattern,
                                    branch.bracket,
                                    object,
                                    branch.matcher.clauses(object, objects)));
                    return;
                }
            }
        } catch (Undecided e) {
            undecided++;
        }
    }

    private Ready made(int number) {
        Branch branch =
                Branch.of(engine.pattern(engine.patternOf(number)).expression())
                        .get(engine.ordinalOf(number));
        return new Ready(branch.bracket(), new ComparisonMatcher(branch.comparison()));
    }
}
