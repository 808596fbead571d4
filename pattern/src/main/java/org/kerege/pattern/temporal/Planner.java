package org.kerege.pattern.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;
import org.kerege.pattern.Qualifier;

/// Makes a [Plan] of an observation expression.
final class Planner {

    private final Function<Observation, Occurrences> occurrences;

    /// @param occurrences what may stand for a bracket of the expression, that very object
    Planner(Function<Observation, Occurrences> occurrences) {
        this.occurrences = occurrences;
    }

    Plan plan(ObservationExpression expression) {
        return plan(expression, Ticks.MIN, Ticks.MAX);
    }

    private Plan plan(ObservationExpression expression, long start, long end) {
        return switch (expression) {
            case Observation observation -> {
                Occurrences all = occurrences.apply(observation);
                yield some(
                        start == Ticks.MIN && end == Ticks.MAX ? all : all.between(start, end), 1);
            }
            case ObservationExpression.And(List<ObservationExpression> operands) -> {
                List<Plan> parts = plans(operands, start, end);
                yield parts.contains(Plan.NOTHING) ? Plan.NOTHING : new Plan.All(parts);
            }
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) -> {
                List<Plan> parts = plans(operands, start, end);
                yield parts.contains(Plan.NOTHING) ? Plan.NOTHING : new Plan.Sequence(parts);
            }
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    any(plans(operands, start, end));
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier.StartStop(var from, var to)) ->
                    plan(
                            operand,
                            Math.max(start, Ticks.atOrAfter(from)),
                            Math.min(end, Ticks.atOrAfter(to) - 1));
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier.Within(var seconds)) ->
                    within(plan(operand, start, end), Ticks.lessThan(seconds));
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier.Repeats(long times)) ->
                    times(plan(operand, start, end), times);
        };
    }

    private List<Plan> plans(List<ObservationExpression> operands, long start, long end) {
        List<Plan> plans = new ArrayList<>(operands.size());
        for (ObservationExpression operand : operands) {
            plans.add(plan(operand, start, end));
        }
        return plans;
    }

    private static Plan some(Occurrences occurrences, long demand) {
        return occurrences.earliestEnd(Ticks.MIN, demand) == Ticks.MAX
                ? Plan.NOTHING
                : new Plan.Some(occurrences, demand);
    }

    /// Single observations of different kinds are single observations of a wider kind: no choice remains.
    private static Plan any(List<Plan> parts) {
        List<Plan> choices = new ArrayList<>();
        List<Occurrences> singles = new ArrayList<>();
        for (Plan part : parts) {
            if (part instanceof Plan.Some(Occurrences occurrences, long demand) && demand == 1) {
                singles.add(occurrences);
            } else if (part instanceof Plan.Any(List<Plan> inner)) {
                choices.addAll(inner);
            } else {
                choices.add(part);
            }
        }
        if (!singles.isEmpty()) {
            choices.addFirst(new Plan.Some(Occurrences.union(singles), 1));
        }
        return choices.size() == 1 ? choices.getFirst() : new Plan.Any(choices);
    }

    private static Plan within(Plan plan, long span) {
        return switch (plan) {
            case Plan.Some(_, long demand) when demand == 1 -> plan;
            case Plan.Any(List<Plan> parts) ->
                    new Plan.Any(parts.stream().map(part -> within(part, span)).toList());
            default -> new Plan.Span(plan, span);
        };
    }

    private static Plan times(Plan plan, long times) {
        if (times == 1 || plan.equals(Plan.NOTHING)) {
            return plan;
        }
        return switch (plan) {
            case Plan.Some(Occurrences occurrences, long demand) when times <= Ticks.MAX / demand ->
                    some(occurrences, demand * times);
            // Nothing in time ties one round of such a conjunction together, so rounds need no
            // telling apart.
            case Plan.All(List<Plan> parts)
                    when parts.stream().allMatch(part -> part instanceof Plan.Some) -> {
                List<Plan> rounds = parts.stream().map(part -> times(part, times)).toList();
                yield rounds.contains(Plan.NOTHING) ? Plan.NOTHING : new Plan.All(rounds);
            }
            case Plan.Some _ -> Plan.NOTHING;
            default -> new Plan.Times(plan, times);
        };
    }
}
