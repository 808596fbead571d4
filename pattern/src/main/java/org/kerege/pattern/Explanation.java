package org.kerege.pattern;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Says in plain English what a pattern looks for: one line per step, indented by two spaces a level.
public final class Explanation {

    private final List<String> lines = new ArrayList<>();

    private Explanation() {}

    /// Explains an expression.
    ///
    /// @param expression of at most [Pattern#MAX_DEPTH] levels
    /// @return lines without line ends, one at least
    public static List<String> of(ObservationExpression expression) {
        Explanation explanation = new Explanation();
        explanation.explain(expression, 0, "");
        return List.copyOf(explanation.lines);
    }

    private void explain(ObservationExpression expression, int level, String lead) {
        switch (expression) {
            case ObservationExpression.Observation(ComparisonExpression comparison) ->
                    explainBracket(comparison, level, lead);
            case ObservationExpression.And(List<ObservationExpression> operands) -> {
                add(level, lead + "all of these, each in an observation of its own, in any order:");
                operands.forEach(operand -> explain(operand, level + 1, ""));
            }
            case ObservationExpression.Or(List<ObservationExpression> operands) -> {
                add(level, lead + "at least one of these:");
                operands.forEach(operand -> explain(operand, level + 1, ""));
            }
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) -> {
                add(level, lead + "these in order of time, each in an observation of its own:");
                for (int i = 0; i < operands.size(); i++) {
                    explain(operands.get(i), level + 1, i == 0 ? "first " : "then ");
                }
            }
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier qualifier) -> {
                add(level, lead + words(qualifier) + ":");
                explain(operand, level + 1, "");
            }
        }
    }

    private static String words(Qualifier qualifier) {
        return switch (qualifier) {
            case Qualifier.Within(BigDecimal seconds) ->
                    "all within less than " + seconds.toPlainString() + " seconds";
            case Qualifier.Repeats(long times) ->
                    times == 1 ? "once" : times + " times, each time in observations of their own";
            case Qualifier.StartStop(var start, var stop) ->
                    "at or after " + start + " and before " + stop;
        };
    }

    private void explainBracket(ComparisonExpression comparison, int level, String lead) {
        switch (comparison) {
            case ComparisonExpression.PropertyTest test ->
                    add(
                            level,
                            lead
                                    + "an observation with "
                                    + article(test.path().type())
                                    + " whose "
                                    + words(test));
            case ComparisonExpression.And _, ComparisonExpression.Or _ -> {
                add(level, lead + "an observation with one object that has");
                explain(comparison, level + 1);
            }
        }
    }

    private void explain(ComparisonExpression comparison, int level) {
        switch (comparison) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) -> {
                add(level, "all of these:");
                operands.forEach(operand -> explain(operand, level + 1));
            }
            case ComparisonExpression.Or(List<ComparisonExpression> operands) -> {
                add(level, "at least one of these:");
                operands.forEach(operand -> explain(operand, level + 1));
            }
            case ComparisonExpression.PropertyTest test ->
                    add(level, test.path().type() + " whose " + words(test));
        }
    }

    private static String words(ComparisonExpression.PropertyTest test) {
        String not = test.negated() ? "not " : "";
        String operand = PatternText.operand(test);
        String property = property(test.path());
        return switch (test) {
            case ComparisonExpression.Relation relation ->
                    property
                            + " is "
                            + not
                            + switch (relation.relator()) {
                                case EQUAL -> "";
                                case NOT_EQUAL -> "other than ";
                                case LESS -> "less than ";
                                case LESS_OR_EQUAL -> "at most ";
                                case GREATER -> "greater than ";
                                case GREATER_OR_EQUAL -> "at least ";
                            }
                            + operand;
            case ComparisonExpression.In _ -> property + " is " + not + "one of " + operand;
            case ComparisonExpression.Like _ ->
                    property
                            + (test.negated() ? " does not look like " : " looks like ")
                            + operand
                            + " (% for any characters, _ for one)";
            case ComparisonExpression.Matches _ ->
                    property
                            + (test.negated() ? " does not match " : " matches ")
                            + "the regular expression "
                            + operand;
            case ComparisonExpression.IsSubset _ ->
                    property + " is " + not + "inside the network " + operand;
            case ComparisonExpression.IsSuperset _ ->
                    property + " is " + not + "a network around " + operand;
            case ComparisonExpression.Exists _ ->
                    property + (test.negated() ? " is absent" : " is present");
        };
    }

    private static String property(ObjectPath path) {
        return PatternText.of(path).substring(path.type().length() + 1);
    }

    private static String article(String type) {
        return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    private void add(int level, String line) {
        lines.add("  ".repeat(level) + line);
    }
}
