package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.PatternText;
import tools.jackson.databind.JsonNode;

/// One comparison of a pattern that holds for an object, and the value for which it does.
///
/// @param path the object path as text
/// @param value the first value at the path that bears the comparison out, as text; empty where the comparison is
///     that there is none
/// @param clause the comparison as text
public record MatchedClause(String path, String value, String clause) {

    /// Why an object satisfies a comparison expression, in the order of its text: of an AND all operands, of an OR
    /// the first that holds.
    ///
    /// @param byReference the objects of its observation by what references call them
    /// @return nothing when the object does not satisfy the expression
    /// @throws Undecided when a regular expression takes too many steps
    public static List<MatchedClause> of(
            ComparisonExpression expression, JsonNode object, Map<String, JsonNode> byReference) {
        if (!new ComparisonMatcher(expression).holdsFor(object, byReference)) {
            return List.of();
        }
        List<MatchedClause> found = new ArrayList<>();
        collect(expression, object, byReference, found);
        return List.copyOf(found);
    }

    private static void collect(
            ComparisonExpression expression,
            JsonNode object,
            Map<String, JsonNode> byReference,
            List<MatchedClause> into) {
        switch (expression) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) ->
                    operands.forEach(operand -> collect(operand, object, byReference, into));
            case ComparisonExpression.Or(List<ComparisonExpression> operands) ->
                    operands.stream()
                            .filter(operand ->
                                    new ComparisonMatcher(operand).holdsFor(object, byReference))
                            .findFirst()
                            .ifPresent(operand -> collect(operand, object, byReference, into));
            case PropertyTest test ->
                    into.add(
                            new MatchedClause(
                                    PatternText.of(test.path()),
                                    ComparisonMatcher.bearing(test, object, byReference),
                                    PatternText.of((ComparisonExpression) test)));
        }
    }

    /// The single comparisons of a pattern in the order of its text.
    public static List<PropertyTest> testsOf(ObservationExpression expression) {
        List<PropertyTest> tests = new ArrayList<>();
        collect(expression, tests);
        return tests;
    }

    private static void collect(ObservationExpression expression, List<PropertyTest> tests) {
        switch (expression) {
            case ObservationExpression.Observation(var comparison) -> collect(comparison, tests);
            case ObservationExpression.And(var operands) ->
                    operands.forEach(operand -> collect(operand, tests));
            case ObservationExpression.Or(var operands) ->
                    operands.forEach(operand -> collect(operand, tests));
            case ObservationExpression.FollowedBy(var operands) ->
                    operands.forEach(operand -> collect(operand, tests));
            case ObservationExpression.Qualified(var operand, var _) -> collect(operand, tests);
        }
    }

    private static void collect(ComparisonExpression expression, List<PropertyTest> tests) {
        switch (expression) {
            case ComparisonExpression.And(var operands) ->
                    operands.forEach(operand -> collect(operand, tests));
            case ComparisonExpression.Or(var operands) ->
                    operands.forEach(operand -> collect(operand, tests));
            case PropertyTest test -> tests.add(test);
        }
    }
}
