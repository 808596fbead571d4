package org.kerege.pattern.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObservationExpression;

/// What an event must hold for a pattern to have a chance: at least one of these values, or an object of one of these
/// types where the pattern names no value. Never narrower than the pattern.
///
/// @param values values as text, as [EventValues] writes them; empty where only a type is known
/// @param types types of objects; used where `values` is empty
record Witness(Set<String> values, Set<String> types) {

    /// The witness of any one observation of a pattern.
    static Witness of(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation(var comparison) -> of(comparison);
            case ObservationExpression.And(var operands) ->
                    any(operands.stream().map(Witness::of).toList());
            case ObservationExpression.Or(var operands) ->
                    any(operands.stream().map(Witness::of).toList());
            case ObservationExpression.FollowedBy(var operands) ->
                    any(operands.stream().map(Witness::of).toList());
            case ObservationExpression.Qualified(var operand, var _) -> of(operand);
        };
    }

    private static Witness of(ComparisonExpression expression) {
        return switch (expression) {
            // All operands hold at once, so the narrowest one is witness enough.
            case ComparisonExpression.And(var operands) ->
                    operands.stream().map(Witness::of).min(Witness::byWidth).orElseThrow();
            case ComparisonExpression.Or(var operands) ->
                    any(operands.stream().map(Witness::of).toList());
            case ComparisonExpression.Relation relation
                    when relation.relator() == Relator.EQUAL && !relation.negated() ->
                    equality(relation.path().type(), List.of(relation.constant()));
            case ComparisonExpression.In in when !in.negated() && !in.members().isEmpty() ->
                    equality(in.path().type(), in.members());
            case ComparisonExpression.PropertyTest test ->
                    new Witness(Set.of(), Set.of(test.path().type()));
        };
    }

    private static Witness equality(String type, List<Constant> constants) {
        Set<String> values = new HashSet<>();
        for (Constant constant : constants) {
            switch (constant) {
                case Constant.Text(String text) -> values.add(EventValues.text(text));
                case Constant.Whole(var number) ->
                        values.add(EventValues.number(new java.math.BigDecimal(number)));
                case Constant.Decimal(var number) -> values.add(EventValues.number(number));
                // Truths, times and bytes have several texts that mean the same: the type decides.
                case Constant.Truth _, Constant.Moment _, Constant.Octets _ -> {
                    return new Witness(Set.of(), Set.of(type));
                }
            }
        }
        return new Witness(values, Set.of(type));
    }

    private static Witness any(List<Witness> operands) {
        Set<String> types = new HashSet<>();
        operands.forEach(operand -> types.addAll(operand.types()));
        if (operands.stream().anyMatch(operand -> operand.values().isEmpty())) {
            return new Witness(Set.of(), types);
        }
        Set<String> values = new HashSet<>();
        operands.forEach(operand -> values.addAll(operand.values()));
        return new Witness(values, types);
    }

    /// Values before types; of values texts before bare numbers, which many events share; then the fewer.
    private static int byWidth(Witness left, Witness right) {
        return Integer.compare(left.width(), right.width());
    }

    private int width() {
        if (values.isEmpty()) {
            return 1_000_000;
        }
        boolean numbers = values.stream().allMatch(value -> value.startsWith("#"));
        return (numbers ? 100_000 : 0) + Math.min(values.size(), 99_999);
    }
}
