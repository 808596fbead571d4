package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.PatternText;
import tools.jackson.databind.JsonNode;

/// Why one object satisfies a comparison expression: a test that holds and the value it holds for.
///
/// @param path object path of the test as a pattern writes it
/// @param clause the whole test as a pattern writes it
/// @param value the first value at the path that bears the test out; empty where the test is that there is none
public record Evidence(String path, String clause, String value) {

    /// What bears the expression out, in the order of its text: of an AND all operands, of an OR the first that holds.
    ///
    /// @return nothing when the object does not satisfy the expression
    /// @throws Undecided when a regular expression takes too many steps
    public static List<Evidence> of(
            ComparisonExpression expression, JsonNode object, Map<String, JsonNode> byReference) {
        List<Evidence> found = new ArrayList<>();
        return new ComparisonMatcher(expression).holdsFor(object, byReference)
                        && collect(expression, object, byReference, found)
                ? List.copyOf(found)
                : List.of();
    }

    private static boolean collect(
            ComparisonExpression expression,
            JsonNode object,
            Map<String, JsonNode> byReference,
            List<Evidence> into) {
        return switch (expression) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) -> {
                operands.forEach(operand -> collect(operand, object, byReference, into));
                yield true;
            }
            case ComparisonExpression.Or(List<ComparisonExpression> operands) ->
                    operands.stream()
                            .filter(operand ->
                                    new ComparisonMatcher(operand).holdsFor(object, byReference))
                            .findFirst()
                            .map(operand -> collect(operand, object, byReference, into))
                            .orElse(false);
            case PropertyTest test -> {
                into.add(
                        new Evidence(
                                PatternText.of(test.path()),
                                PatternText.of(test),
                                ComparisonMatcher.bearing(test, object, byReference)));
                yield true;
            }
        };
    }
}
