package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.PatternText;
import tools.jackson.databind.JsonNode;

/// One comparison of a pattern that holds for something observed, and the value for which it does.
///
/// @param path the object path as text
/// @param value the value as text; of several the first
/// @param clause the comparison as text
public record MatchedClause(String path, String value, String clause) {

    /// The comparisons of a pattern that hold by themselves for any of the observations, in the order of the text.
    /// Negated ones and `EXISTS` are left out: they show no value.
    public static List<MatchedClause> of(
            ObservationExpression expression, Observations observations) {
        List<MatchedClause> clauses = new ArrayList<>();
        for (PropertyTest test : testsOf(expression)) {
            if (test.negated() || test instanceof ComparisonExpression.Exists) {
                continue;
            }
            ComparisonMatcher matcher = new ComparisonMatcher(test);
            for (Observed observed : observations.observed()) {
                if (matcher.matches(observed)) {
                    clauses.add(
                            new MatchedClause(
                                    PatternText.of(test.path()),
                                    value(test, observed),
                                    PatternText.of((ComparisonExpression) test)));
                    break;
                }
            }
        }
        return clauses;
    }

    private static String value(PropertyTest test, Observed observed) {
        ComparisonMatcher matcher = new ComparisonMatcher(test);
        for (JsonNode object : observed.objects()) {
            Observed alone =
                    new Observed(
                            observed.id(),
                            observed.first(),
                            observed.last(),
                            observed.count(),
                            List.of(object),
                            observed.byReference());
            if (matcher.matches(alone)) {
                return Values.at(test.path(), object, observed.byReference()).stream()
                        .map(found ->
                                found.node().isString()
                                        ? found.node().stringValue()
                                        : found.node().toString())
                        .findFirst()
                        .orElse("");
            }
        }
        return "";
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
