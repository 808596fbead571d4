package org.kerege.pattern.temporal;

import java.util.ArrayList;
import java.util.List;

/// Spells the choices of a plan out: plans without [Plan.Any], one of which holds where the plan
/// holds.
final class Alternatives {

    private final int maxAlternatives;
    private final int maxBrackets;

    Alternatives(int maxAlternatives, int maxBrackets) {
        this.maxAlternatives = maxAlternatives;
        this.maxBrackets = maxBrackets;
    }

    /// @throws SearchExhausted when there are too many
    List<Plan> of(Plan plan) {
        return switch (plan) {
            case Plan.Some some -> List.of(some);
            case Plan.Any(List<Plan> parts) -> {
                List<Plan> all = new ArrayList<>();
                for (Plan part : parts) {
                    all.addAll(of(part));
                }
                yield bounded(all);
            }
            case Plan.All(List<Plan> parts) ->
                    combinations(parts).stream().<Plan>map(Plan.All::new).toList();
            case Plan.Sequence(List<Plan> parts) ->
                    combinations(parts).stream().<Plan>map(Plan.Sequence::new).toList();
            case Plan.Span(Plan part, long span) ->
                    of(part).stream().<Plan>map(one -> new Plan.Span(one, span)).toList();
            case Plan.Times(Plan part, long times) -> rounds(of(part), times);
        };
    }

    private List<List<Plan>> combinations(List<Plan> parts) {
        List<List<Plan>> combined = List.of(List.of());
        for (Plan part : parts) {
            List<Plan> choices = of(part);
            List<List<Plan>> longer = new ArrayList<>();
            for (List<Plan> combination : combined) {
                for (Plan choice : choices) {
                    List<Plan> with = new ArrayList<>(combination);
                    with.add(choice);
                    longer.add(with);
                }
                bounded(longer);
            }
            combined = longer;
        }
        return combined;
    }

    /// Which round takes which choice does not matter, only how many take each.
    private List<Plan> rounds(List<Plan> choices, long times) {
        if (choices.isEmpty()) {
            return List.of();
        }
        List<Plan> all = new ArrayList<>();
        distribute(choices, 0, times, List.of(), all);
        return all;
    }

    private void distribute(
            List<Plan> choices, int choice, long times, List<Plan> chosen, List<Plan> into) {
        boolean last = choice == choices.size() - 1;
        for (long here = times; here >= (last ? times : 0); here--) {
            if (here > maxBrackets / brackets(choices.get(choice))) {
                throw new SearchExhausted(
                        "a repetition spells out to more than %,d brackets".formatted(maxBrackets));
            }
            List<Plan> with = new ArrayList<>(chosen);
            if (here > 0) {
                with.add(new Plan.Times(choices.get(choice), here));
            }
            if (last) {
                into.add(new Plan.All(with));
                bounded(into);
            } else {
                distribute(choices, choice + 1, times - here, with, into);
            }
        }
    }

    private static long brackets(Plan plan) {
        return switch (plan) {
            case Plan.Some _ -> 1;
            case Plan.All(List<Plan> parts) ->
                    parts.stream().mapToLong(Alternatives::brackets).sum();
            case Plan.Any(List<Plan> parts) ->
                    parts.stream().mapToLong(Alternatives::brackets).sum();
            case Plan.Sequence(List<Plan> parts) ->
                    parts.stream().mapToLong(Alternatives::brackets).sum();
            case Plan.Span(Plan part, _) -> brackets(part);
            case Plan.Times(Plan part, long times) ->
                    times > Integer.MAX_VALUE ? times : times * brackets(part);
        };
    }

    private <T> List<T> bounded(List<T> all) {
        if (all.size() > maxAlternatives) {
            throw new SearchExhausted(
                    "OR and REPEATS spell out to more than %,d alternatives"
                            .formatted(maxAlternatives));
        }
        return all;
    }
}
