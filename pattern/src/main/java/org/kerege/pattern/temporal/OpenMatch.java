package org.kerege.pattern.temporal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;
import org.kerege.pattern.Qualifier;
import org.kerege.pattern.temporal.OpenMatches.Part;

/// The open parts of one pattern. They are searched whenever one comes, unless it is plain that too few are there.
final class OpenMatch {

    private final ObservationExpression expression;
    private final IdentityHashMap<Observation, Integer> brackets = new IdentityHashMap<>();

    /// The longest time between two events of a match; [Ticks#MAX] where there is no bound.
    private final long span;

    private final List<Part> parts = new ArrayList<>();
    private final long[] perBracket;

    OpenMatch(ObservationExpression expression) {
        this.expression = expression;
        number(expression);
        this.span = span(expression);
        this.perBracket = new long[brackets.size()];
    }

    private void number(ObservationExpression part) {
        switch (part) {
            case Observation bracket -> brackets.put(bracket, brackets.size());
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    operands.forEach(this::number);
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    operands.forEach(this::number);
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    operands.forEach(this::number);
            case ObservationExpression.Qualified(ObservationExpression operand, _) ->
                    number(operand);
        }
    }

    private static long span(ObservationExpression part) {
        return switch (part) {
            case Observation _ -> 0;
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    operands.stream().mapToLong(OpenMatch::span).max().orElse(0);
            case ObservationExpression.And _, ObservationExpression.FollowedBy _ -> Ticks.MAX;
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier qualifier) ->
                    switch (qualifier) {
                        case Qualifier.Within(var seconds) ->
                                Math.min(Ticks.lessThan(seconds), span(operand));
                        case Qualifier.Repeats(long times) -> times > 1 ? Ticks.MAX : span(operand);
                        case Qualifier.StartStop(var from, var to) ->
                                Math.min(
                                        span(operand),
                                        Math.max(0, Ticks.atOrAfter(to) - Ticks.atOrAfter(from)));
                    };
        };
    }

    int size() {
        return parts.size();
    }

    List<Part> parts() {
        return parts;
    }

    void add(Part part) {
        parts.add(part);
        count(part, 1);
    }

    private void count(Part part, int sign) {
        for (int bracket : part.brackets()) {
            if (bracket >= 0 && bracket < perBracket.length) {
                perBracket[bracket] += sign * Math.min(part.count(), Integer.MAX_VALUE);
            }
        }
    }

    void dropOldest() {
        count(parts.removeFirst(), -1);
    }

    /// Forgets what can be a part of no match with an event at or after `watermark`.
    void forgetBefore(long watermark) {
        if (span == Ticks.MAX || watermark == Ticks.MIN) {
            return;
        }
        long oldest = watermark - span;
        parts.removeIf(part -> {
            boolean over = part.latest() < oldest;
            if (over) {
                count(part, -1);
            }
            return over;
        });
    }

    /// The events of a match, which are forgotten then; nothing where there is none.
    ///
    /// @throws SearchExhausted when the search takes too many steps
    Optional<List<Long>> match() {
        if (!mayMatch(expression)) {
            return Optional.empty();
        }
        Optional<List<Integer>> found =
                new BindingSearch(timeline()).first(expression, this::satisfying);
        return found.map(items -> {
            List<Long> events = items.stream().map(item -> parts.get(item).event()).toList();
            Set<Integer> taken = new HashSet<>(items);
            List<Part> left = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if (taken.contains(i)) {
                    count(parts.get(i), -1);
                } else {
                    left.add(parts.get(i));
                }
            }
            parts.clear();
            parts.addAll(left);
            return events;
        });
    }

    /// Whether each bracket that a match needs has something at all.
    private boolean mayMatch(ObservationExpression part) {
        return switch (part) {
            case Observation bracket -> perBracket[brackets.getOrDefault(bracket, 0)] > 0;
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    operands.stream().allMatch(this::mayMatch);
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    operands.stream().allMatch(this::mayMatch);
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    operands.stream().anyMatch(this::mayMatch);
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier qualifier) ->
                    mayMatch(operand)
                            && !(qualifier instanceof Qualifier.Repeats(long times)
                                    && operand instanceof Observation bracket
                                    && perBracket[brackets.getOrDefault(bracket, 0)] < times);
        };
    }

    private int[] satisfying(Observation bracket) {
        int number = brackets.getOrDefault(bracket, -1);
        return java.util.stream.IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).brackets().contains(number))
                .toArray();
    }

    private Timeline timeline() {
        return new Timeline() {
            @Override
            public long earliest(int item) {
                return parts.get(item).earliest();
            }

            @Override
            public long latest(int item) {
                return parts.get(item).latest();
            }

            @Override
            public long count(int item) {
                return parts.get(item).count();
            }
        };
    }
}
