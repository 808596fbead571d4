package org.kerege.pattern;

import java.util.ArrayList;
import java.util.List;
import org.kerege.stix.validation.PatternCheck;

/// Reads the patterns of indicators for the validator of STIX objects. Stateless: one for all threads.
public final class IndicatorPatterns implements PatternCheck {

    @Override
    public Outcome check(String pattern, String version) {
        Dialect dialect = version.equals("2.0") ? Dialect.STIX_2_0 : Dialect.STIX_2_1;
        List<Use> uses = new ArrayList<>();
        try {
            collect(Pattern.parse(pattern, dialect).expression(), uses);
        } catch (MalformedPattern e) {
            return new Outcome(e.getMessage(), List.of());
        }
        return new Outcome(null, uses);
    }

    private static void collect(ObservationExpression expression, List<Use> uses) {
        switch (expression) {
            case ObservationExpression.Observation(var comparison) -> collect(comparison, uses);
            case ObservationExpression.And(var operands) ->
                    operands.forEach(operand -> collect(operand, uses));
            case ObservationExpression.Or(var operands) ->
                    operands.forEach(operand -> collect(operand, uses));
            case ObservationExpression.FollowedBy(var operands) ->
                    operands.forEach(operand -> collect(operand, uses));
            case ObservationExpression.Qualified(var operand, var _) -> collect(operand, uses);
        }
    }

    private static void collect(ComparisonExpression expression, List<Use> uses) {
        switch (expression) {
            case ComparisonExpression.And(var operands) ->
                    operands.forEach(operand -> collect(operand, uses));
            case ComparisonExpression.Or(var operands) ->
                    operands.forEach(operand -> collect(operand, uses));
            case ComparisonExpression.PropertyTest test -> {
                ObjectPath path = test.path();
                if (path.steps().getFirst() instanceof ObjectPath.Key(String name)) {
                    uses.add(new Use(path.type(), name));
                }
            }
        }
    }
}
