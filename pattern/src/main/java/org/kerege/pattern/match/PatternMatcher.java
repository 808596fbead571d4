package org.kerege.pattern.match;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.temporal.BindingSearch;
import org.kerege.pattern.temporal.SearchExhausted;
import org.kerege.pattern.temporal.Ticks;
import org.kerege.pattern.temporal.Timeline;

/// A pattern, ready to be matched with sets of observations. Thread-safe. Source: STIX 2.1 §9.
public final class PatternMatcher {

    private final ObservationExpression expression;
    private final IdentityHashMap<Observation, ComparisonMatcher> comparisons =
            new IdentityHashMap<>();

    public PatternMatcher(Pattern pattern) {
        this.expression = pattern.expression();
        compile(expression);
    }

    private void compile(ObservationExpression part) {
        switch (part) {
            case Observation bracket ->
                    comparisons.put(bracket, new ComparisonMatcher(bracket.comparison()));
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    operands.forEach(this::compile);
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    operands.forEach(this::compile);
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    operands.forEach(this::compile);
            case ObservationExpression.Qualified(ObservationExpression operand, _) ->
                    compile(operand);
        }
    }

    /// The observed-data of the first match in the order of the pattern, or nothing where there is no match.
    ///
    /// @return identifiers, each once; for an observed-data without one, its number in the input from 0
    /// @throws Undecided when the answer would take more work than is allowed
    public Optional<List<String>> firstMatch(Observations observations) {
        List<Observed> observed = observations.observed();
        long[] earliest = new long[observed.size()];
        long[] latest = new long[observed.size()];
        for (int i = 0; i < observed.size(); i++) {
            earliest[i] = Ticks.of(observed.get(i).first());
            latest[i] = Ticks.of(observed.get(i).last());
        }
        Timeline timeline =
                new Timeline() {
                    @Override
                    public long earliest(int item) {
                        return earliest[item];
                    }

                    @Override
                    public long latest(int item) {
                        return latest[item];
                    }

                    @Override
                    public long count(int item) {
                        return observed.get(item).count();
                    }
                };
        try {
            return new BindingSearch(timeline)
                    .first(expression, bracket -> satisfying(bracket, observed))
                    .map(items -> items.stream().map(item -> observed.get(item).id()).toList());
        } catch (SearchExhausted e) {
            throw new Undecided(String.valueOf(e.getMessage()));
        }
    }

    private int[] satisfying(Observation bracket, List<Observed> observed) {
        ComparisonMatcher comparison = comparisons.get(bracket);
        if (comparison == null) {
            throw new IllegalStateException("a bracket that is not of this pattern");
        }
        return IntStream.range(0, observed.size())
                .filter(i -> comparison.matches(observed.get(i)))
                .toArray();
    }

    /// Whether there is a match.
    ///
    /// @throws Undecided when the answer would take more work than is allowed
    public boolean matches(Observations observations) {
        return firstMatch(observations).isPresent();
    }
}
