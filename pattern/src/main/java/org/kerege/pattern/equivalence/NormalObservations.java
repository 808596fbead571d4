package org.kerege.pattern.equivalence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.PatternText;

/// An observation expression as a set of alternatives. No alternative asks for all that another one asks for: it
/// would add nothing.
///
/// @param alternatives without OR outside of qualified expressions
record NormalObservations(Set<Term> alternatives) {

    /// One alternative. Operands of [All] have no order but may repeat: each is on observations of its own.
    sealed interface Term {

        /// One text for equal terms.
        String text();

        record Bracket(String text) implements Term {}

        record All(List<Term> operands) implements Term {
            @Override
            public String text() {
                return joined(" AND ", operands);
            }
        }

        record Sequence(List<Term> operands) implements Term {
            @Override
            public String text() {
                return joined(" FOLLOWEDBY ", operands);
            }
        }

        private static String joined(String operator, List<Term> operands) {
            return operands.stream()
                    .map(Term::text)
                    .collect(Collectors.joining(operator, "(", ")"));
        }

        /// Whether every match of this term holds a match of `other`.
        default boolean asksForAllOf(Term other) {
            if (equals(other)) {
                return true;
            }
            return switch (this) {
                case Bracket _ -> false;
                case All(List<Term> operands) ->
                        other instanceof All(List<Term> others)
                                ? containsAll(operands, others)
                                : operands.stream().anyMatch(one -> one.asksForAllOf(other));
                case Sequence(List<Term> operands) ->
                        other instanceof Sequence(List<Term> others)
                                ? containsInOrder(operands, others)
                                : other instanceof All(List<Term> others)
                                        ? containsAll(operands, others)
                                        : operands.stream()
                                                .anyMatch(one -> one.asksForAllOf(other));
            };
        }

        private static boolean containsAll(List<Term> operands, List<Term> others) {
            List<Term> left = new ArrayList<>(operands);
            return others.stream().allMatch(left::remove);
        }

        private static boolean containsInOrder(List<Term> operands, List<Term> others) {
            int found = 0;
            for (Term operand : operands) {
                if (found < others.size() && operand.equals(others.get(found))) {
                    found++;
                }
            }
            return found == others.size();
        }
    }

    static NormalObservations of(ObservationExpression expression) {
        return new NormalObservations(Set.copyOf(terms(expression)));
    }

    private String text() {
        return alternatives.stream()
                .map(Term::text)
                .sorted()
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static Set<Term> terms(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation(var comparison) ->
                    Set.of(new Term.Bracket(NormalComparison.of(comparison).text()));
            case ObservationExpression.Qualified(ObservationExpression operand, var qualifier) ->
                    Set.of(
                            new Term.Bracket(
                                    of(operand).text()
                                            + " "
                                            + PatternText.of(CanonicalTest.of(qualifier))));
            case ObservationExpression.Or(List<ObservationExpression> operands) -> {
                Set<Term> all = new LinkedHashSet<>();
                operands.forEach(operand -> all.addAll(terms(operand)));
                yield absorbed(all);
            }
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    absorbed(
                            products(operands).stream()
                                    .map(NormalObservations::all)
                                    .collect(Collectors.toCollection(LinkedHashSet::new)));
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    absorbed(
                            products(operands).stream()
                                    .map(NormalObservations::sequence)
                                    .collect(Collectors.toCollection(LinkedHashSet::new)));
        };
    }

    private static Term all(List<Term> operands) {
        List<Term> flat = new ArrayList<>();
        for (Term operand : operands) {
            if (operand instanceof Term.All(List<Term> inner)) {
                flat.addAll(inner);
            } else {
                flat.add(operand);
            }
        }
        flat.sort(java.util.Comparator.comparing(Term::text));
        return new Term.All(Collections.unmodifiableList(flat));
    }

    private static Term sequence(List<Term> operands) {
        List<Term> flat = new ArrayList<>();
        for (Term operand : operands) {
            if (operand instanceof Term.Sequence(List<Term> inner)) {
                flat.addAll(inner);
            } else {
                flat.add(operand);
            }
        }
        return new Term.Sequence(Collections.unmodifiableList(flat));
    }

    private static List<List<Term>> products(List<ObservationExpression> operands) {
        List<List<Term>> product = List.of(List.of());
        for (ObservationExpression operand : operands) {
            List<List<Term>> longer = new ArrayList<>();
            for (Term term : terms(operand)) {
                for (List<Term> before : product) {
                    List<Term> with = new ArrayList<>(before);
                    with.add(term);
                    longer.add(with);
                }
                if (longer.size() > PatternEquivalence.MAX_TERMS) {
                    throw new TooManyTerms(PatternEquivalence.MAX_TERMS);
                }
            }
            product = longer;
        }
        return product;
    }

    private static Set<Term> absorbed(Set<Term> terms) {
        if (terms.size() > PatternEquivalence.MAX_TERMS) {
            throw new TooManyTerms(PatternEquivalence.MAX_TERMS);
        }
        Set<Term> kept = new LinkedHashSet<>();
        for (Term term : terms) {
            boolean adds =
                    terms.stream()
                            .noneMatch(other -> !other.equals(term) && term.asksForAllOf(other));
            if (adds) {
                kept.add(term);
            }
        }
        return kept;
    }
}
