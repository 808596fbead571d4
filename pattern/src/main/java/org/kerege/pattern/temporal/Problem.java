package org.kerege.pattern.temporal;

import java.util.ArrayList;
import java.util.List;

/// A plan without choices as a system of constraints. Each FOLLOWEDBY contributes the instant that separates its
/// sides, each WITHIN the start of its window: the variables. Each demand must be met by observations at or after
/// its lower variables, and at or before its upper ones.
final class Problem {

    /// An upper bound on the times of a demand: a variable and ticks to add.
    record Upper(int variable, long offset) {}

    /// So many different observations out of `occurrences`.
    ///
    /// @param lower variables
    record Demand(Occurrences occurrences, long number, List<Integer> lower, List<Upper> upper) {}

    /// The first variable is never more than the second.
    record Order(int first, int second) {}

    private final List<Demand> demands = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private int variables;

    /// @param plan without [Plan.Any]
    Problem(Plan plan) {
        add(plan, List.of(), List.of());
    }

    private void add(Plan plan, List<Integer> lower, List<Upper> upper) {
        switch (plan) {
            case Plan.Some(Occurrences occurrences, long number) ->
                    demands.add(new Demand(occurrences, number, lower, upper));
            case Plan.All(List<Plan> parts) -> parts.forEach(part -> add(part, lower, upper));
            case Plan.Times(Plan part, long times) -> {
                int previousFirst = variables;
                for (long round = 0; round < times; round++) {
                    int first = variables;
                    add(part, lower, upper);
                    // Rounds can be told in any order: take the one in which they start.
                    if (round > 0 && variables > first) {
                        orders.add(new Order(previousFirst, first));
                    }
                    previousFirst = first;
                }
            }
            case Plan.Sequence(List<Plan> parts) -> {
                List<Integer> after = lower;
                for (int i = 0; i < parts.size(); i++) {
                    if (i == parts.size() - 1) {
                        add(parts.get(i), after, upper);
                    } else {
                        int separator = variables++;
                        List<Upper> before = new ArrayList<>(upper);
                        before.add(new Upper(separator, 0));
                        add(parts.get(i), after, before);
                        after = with(lower, separator);
                    }
                }
            }
            case Plan.Span(Plan part, long span) -> {
                int start = variables++;
                List<Upper> inside = new ArrayList<>(upper);
                inside.add(new Upper(start, span));
                add(part, with(lower, start), inside);
            }
            case Plan.Any _ ->
                    throw new IllegalStateException("a plan with a choice is no problem yet");
        }
    }

    private static List<Integer> with(List<Integer> variables, int more) {
        List<Integer> all = new ArrayList<>(variables);
        all.add(more);
        return List.copyOf(all);
    }

    List<Demand> demands() {
        return demands;
    }

    List<Order> orders() {
        return orders;
    }

    /// Variables are numbered from 0.
    int variables() {
        return variables;
    }
}
