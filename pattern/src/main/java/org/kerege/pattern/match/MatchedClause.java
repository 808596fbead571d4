package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObservationExpression;

/// One comparison of a pattern that holds for an object, and the value for which it does.
///
/// @param path the object path as text
/// @param value the first value at the path that bears the comparison out, as text; empty where the comparison is
///     that there is none
/// @param clause the comparison as text
public record MatchedClause(String path, String value, String clause) {

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
