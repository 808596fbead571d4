package org.kerege.pattern.temporal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;

/// Finds observations that together satisfy an observation expression, or says that there are none. Exact: the
/// observations of different operands differ, each has one time in its interval that agrees with all qualifiers.
///
/// Work grows with n log n in the number of observations for what patterns usually ask; where many brackets
/// compete for the same observations at the same time it can grow faster, and stops at a limit.
/// Source: STIX 2.1 §9.5.
public final class BindingSearch {

    /// Alternatives (from OR and REPEATS) that are tried at most.
    public static final int MAX_ALTERNATIVES = 10_000;

    /// Brackets of an alternative at most, repetitions counted.
    public static final int MAX_BRACKETS = 10_000;

    /// Steps of a search at most; a few seconds.
    public static final long MAX_STEPS = 200_000_000;

    private final Timeline timeline;

    /// @param timeline the observations
    public BindingSearch(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Observations of the first match, in the order of the pattern, each once.
    ///
    /// @param satisfying numbers of the observations that satisfy a bracket, each once
    /// @return nothing where there is no match
    /// @throws SearchExhausted when the search exceeds a limit
    public Optional<List<Integer>> first(
            ObservationExpression expression, Function<Observation, int[]> satisfying) {
        IdentityHashMap<Observation, Occurrences> occurrences = new IdentityHashMap<>();
        Plan plan =
                new Planner(bracket ->
                        occurrences.computeIfAbsent(
                                bracket, _ -> Occurrences.of(timeline, satisfying.apply(bracket))))
                        .plan(expression);
        Allowance allowance = new Allowance(MAX_STEPS);
        for (Plan alternative : new Alternatives(MAX_ALTERNATIVES, MAX_BRACKETS).of(plan)) {
            Optional<List<Share>> solution =
                    new Solver(new Problem(alternative), allowance).solve();
            if (solution.isPresent()) {
                return solution.map(shares -> {
                    List<Integer> items = new ArrayList<>();
                    shares.forEach(share -> items.addAll(share.items()));
                    return items.stream().distinct().toList();
                });
            }
        }
        return Optional.empty();
    }
}
