package org.kerege.pattern.equivalence;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.PatternText;

/// A comparison expression as a set of alternatives, each a set of tests that must hold together. No alternative
/// holds all tests of another one: it would add nothing. An alternative about objects of two types can never
/// hold for one object and is left out.
///
/// @param alternatives canonical texts of tests
record NormalComparison(Set<Set<String>> alternatives) {

    static NormalComparison of(ComparisonExpression expression) {
        Set<Set<Test>> alternatives = Terms.alternatives(new Comparisons(), expression);
        return new NormalComparison(
                alternatives.stream()
                        .filter(NormalComparison::isOfOneType)
                        .map(tests ->
                                tests.stream()
                                        .map(Test::text)
                                        .collect(Collectors.toUnmodifiableSet()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isOfOneType(Set<Test> tests) {
        return tests.stream().map(Test::type).distinct().count() <= 1;
    }

    /// One text for equal expressions.
    String text() {
        return alternatives.stream()
                .map(tests -> String.join(" AND ", new TreeSet<>(tests)))
                .sorted()
                .collect(Collectors.joining(" OR ", "[", "]"));
    }

    /// A test in canonical text, with the object type that it is about.
    record Test(String type, String text) {}

    private static final class Comparisons implements Terms.Shape<ComparisonExpression, Test> {

        @Override
        public Terms.Kind kind(ComparisonExpression expression) {
            return switch (expression) {
                case ComparisonExpression.And _ -> Terms.Kind.ALL;
                case ComparisonExpression.Or _ -> Terms.Kind.ANY;
                case PropertyTest _ -> Terms.Kind.ONE;
            };
        }

        @Override
        public List<ComparisonExpression> operands(ComparisonExpression expression) {
            return switch (expression) {
                case ComparisonExpression.And(var operands) -> operands;
                case ComparisonExpression.Or(var operands) -> operands;
                case PropertyTest _ -> List.of();
            };
        }

        @Override
        public Test leaf(ComparisonExpression expression) {
            return switch (expression) {
                case PropertyTest test ->
                        new Test(test.path().type(), PatternText.of(CanonicalTest.of(test)));
                case ComparisonExpression.And _, ComparisonExpression.Or _ ->
                        throw new IllegalStateException("an operator is no leaf");
            };
        }
    }
}
