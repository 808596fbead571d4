package org.kerege.pattern;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a pattern is made of, each kind in the order of the text.
///
/// @param types object types
/// @param operators `AND`, `OR`, `FOLLOWEDBY`, those between observations
/// @param qualifiers `WITHIN`, `REPEATS`, `START`
/// @param comparisons one per test
public record PatternInspection(
        Set<String> types,
        Set<String> operators,
        Set<String> qualifiers,
        List<Comparison> comparisons) {

    public PatternInspection {
        comparisons = List.copyOf(comparisons);
    }

    /// One test of a pattern.
    ///
    /// @param steps keys without quotes, positions, `*` for any
    /// @param operator with a leading `NOT ` where it is negated
    /// @param operand what stands right of the operator, as in the canonical text
    public record Comparison(String type, List<String> steps, String operator, String operand) {}

    /// Takes an expression apart.
    ///
    /// @param expression of at most [Pattern#MAX_DEPTH] levels
    public static PatternInspection of(ObservationExpression expression) {
        PatternInspection found =
                new PatternInspection(
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        List.of());
        List<Comparison> comparisons = new ArrayList<>();
        found.visit(expression, comparisons);
        return new PatternInspection(found.types, found.operators, found.qualifiers, comparisons);
    }

    private void visit(ObservationExpression expression, List<Comparison> into) {
        switch (expression) {
            case ObservationExpression.Observation(ComparisonExpression comparison) ->
                    visit(comparison, into);
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    visitAll("AND", operands, into);
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    visitAll("OR", operands, into);
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    visitAll("FOLLOWEDBY", operands, into);
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier qualifier) -> {
                visit(operand, into);
                qualifiers.add(
                        switch (qualifier) {
                            case Qualifier.Within _ -> "WITHIN";
                            case Qualifier.Repeats _ -> "REPEATS";
                            case Qualifier.StartStop _ -> "START";
                        });
            }
        }
    }

    private void visitAll(
            String operator, List<ObservationExpression> operands, List<Comparison> into) {
        operators.add(operator);
        operands.forEach(operand -> visit(operand, into));
    }

    private void visit(ComparisonExpression expression, List<Comparison> into) {
        switch (expression) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) ->
                    operands.forEach(operand -> visit(operand, into));
            case ComparisonExpression.Or(List<ComparisonExpression> operands) ->
                    operands.forEach(operand -> visit(operand, into));
            case ComparisonExpression.PropertyTest test -> {
                types.add(test.path().type());
                into.add(
                        new Comparison(
                                test.path().type(),
                                test.path().steps().stream()
                                        .map(PatternInspection::written)
                                        .toList(),
                                (test.negated() ? "NOT " : "") + PatternText.operator(test),
                                PatternText.operand(test)));
            }
        }
    }

    private static String written(ObjectPath.Step step) {
        return switch (step) {
            case ObjectPath.Key(String name) -> name;
            case ObjectPath.Index(long position) -> Long.toString(position);
            case ObjectPath.AnyIndex() -> "*";
        };
    }
}
