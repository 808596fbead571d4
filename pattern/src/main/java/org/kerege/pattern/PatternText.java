package org.kerege.pattern;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/// Writes expressions in one canonical form: single spaces, keys quoted where they must be, parentheses only
/// where the meaning needs them. What is written reads back to an equal tree. Source: STIX 2.1 §9.8.
public final class PatternText {

    private PatternText() {}

    /// The text of an observation expression: a whole pattern.
    ///
    /// @param expression of at most [Pattern#MAX_DEPTH] levels
    public static String of(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation(ComparisonExpression comparison) ->
                    "[" + of(comparison) + "]";
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    joined(operands, " AND ", 3);
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    joined(operands, " OR ", 2);
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    joined(operands, " FOLLOWEDBY ", 1);
            case ObservationExpression.Qualified(
                            ObservationExpression operand,
                            Qualifier qualifier) ->
                    (canTake(operand, qualifier) ? of(operand) : "(" + of(operand) + ")")
                            + " "
                            + of(qualifier);
        };
    }

    private static String joined(
            List<ObservationExpression> operands, String operator, int strength) {
        return operands.stream()
                .map(operand ->
                        strength(operand) > strength ? of(operand) : "(" + of(operand) + ")")
                .collect(Collectors.joining(operator));
    }

    private static int strength(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.FollowedBy _ -> 1;
            case ObservationExpression.Or _ -> 2;
            case ObservationExpression.And _ -> 3;
            case ObservationExpression.Qualified _, ObservationExpression.Observation _ -> 4;
        };
    }

    /// Whether a qualifier can be written right behind: a chain holds each kind once.
    private static boolean canTake(ObservationExpression operand, Qualifier qualifier) {
        if (strength(operand) < 4) {
            return false;
        }
        ObservationExpression rest = operand;
        while (rest instanceof ObservationExpression.Qualified(var inner, var other)) {
            if (other.getClass() == qualifier.getClass()) {
                return false;
            }
            rest = inner;
        }
        return true;
    }

    public static String of(Qualifier qualifier) {
        return switch (qualifier) {
            case Qualifier.Within(BigDecimal seconds) ->
                    "WITHIN " + seconds.toPlainString() + " SECONDS";
            case Qualifier.Repeats(long times) -> "REPEATS " + times + " TIMES";
            case Qualifier.StartStop(var start, var stop) ->
                    "START t'" + start + "' STOP t'" + stop + "'";
        };
    }

    /// The text of a comparison expression, without brackets.
    ///
    /// @param expression of at most [Pattern#MAX_DEPTH] levels
    public static String of(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) ->
                    operands.stream()
                            .map(operand ->
                                    operand instanceof ComparisonExpression.PropertyTest
                                            ? of(operand)
                                            : "(" + of(operand) + ")")
                            .collect(Collectors.joining(" AND "));
            case ComparisonExpression.Or(List<ComparisonExpression> operands) ->
                    operands.stream()
                            .map(operand ->
                                    operand instanceof ComparisonExpression.Or
                                            ? "(" + of(operand) + ")"
                                            : of(operand))
                            .collect(Collectors.joining(" OR "));
            case ComparisonExpression.Exists(ObjectPath path, boolean negated) ->
                    (negated ? "NOT EXISTS " : "EXISTS ") + of(path);
            case ComparisonExpression.PropertyTest test ->
                    of(test.path())
                            + (test.negated() ? " NOT " : " ")
                            + operator(test)
                            + " "
                            + operand(test);
        };
    }

    /// How the operator of a test is written, without NOT.
    public static String operator(ComparisonExpression.PropertyTest test) {
        return switch (test) {
            case ComparisonExpression.Relation relation -> relation.relator().sign();
            case ComparisonExpression.In _ -> "IN";
            case ComparisonExpression.Like _ -> "LIKE";
            case ComparisonExpression.Matches _ -> "MATCHES";
            case ComparisonExpression.IsSubset _ -> "ISSUBSET";
            case ComparisonExpression.IsSuperset _ -> "ISSUPERSET";
            case ComparisonExpression.Exists _ -> "EXISTS";
        };
    }

    /// How what stands right of the operator is written; empty for EXISTS.
    public static String operand(ComparisonExpression.PropertyTest test) {
        return switch (test) {
            case ComparisonExpression.Relation relation -> of(relation.constant());
            case ComparisonExpression.In in ->
                    in.members().stream()
                            .map(PatternText::of)
                            .collect(Collectors.joining(", ", "(", ")"));
            case ComparisonExpression.Like like -> quoted(like.template());
            case ComparisonExpression.Matches matches -> quoted(matches.regex());
            case ComparisonExpression.IsSubset subset -> quoted(subset.network());
            case ComparisonExpression.IsSuperset superset -> quoted(superset.network());
            case ComparisonExpression.Exists _ -> "";
        };
    }

    public static String of(Constant constant) {
        return switch (constant) {
            case Constant.Text(String value) -> quoted(value);
            case Constant.Whole(var value) -> value.toString();
            case Constant.Decimal(BigDecimal value) -> value.toPlainString();
            case Constant.Truth(boolean value) -> Boolean.toString(value);
            case Constant.Moment(var value) -> "t'" + value + "'";
            case Constant.Binary(String base64) -> "b'" + base64 + "'";
            case Constant.Hex(String digits) -> "h'" + digits + "'";
        };
    }

    public static String of(ObjectPath path) {
        StringBuilder text = new StringBuilder(path.type()).append(':');
        for (int i = 0; i < path.steps().size(); i++) {
            switch (path.steps().get(i)) {
                case ObjectPath.Key(String name) ->
                        text.append(i == 0 ? "" : ".").append(isPlain(name) ? name : quoted(name));
                case ObjectPath.Index(long position) ->
                        text.append('[').append(position).append(']');
                case ObjectPath.AnyIndex() -> text.append("[*]");
            }
        }
        return text.toString();
    }

    /// Whether `name` can stand in a path without quotes.
    private static boolean isPlain(String name) {
        if (name.isEmpty()
                || Lexer.KEYWORDS.contains(name)
                || name.equals("true")
                || name.equals("false")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
