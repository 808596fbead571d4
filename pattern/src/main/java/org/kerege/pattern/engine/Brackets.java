package org.kerege.pattern.engine;

import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;

/// The observation expressions in brackets of a pattern, in the order of its text.
final class Brackets {

    private Brackets() {}

    static List<Observation> of(ObservationExpression expression) {
        List<Observation> found = new ArrayList<>(1);
        collect(expression, found);
        return found;
    }

    private static void collect(ObservationExpression expression, List<Observation> into) {
        switch (expression) {
            case Observation bracket -> into.add(bracket);
            case ObservationExpression.And(List<ObservationExpression> operands) ->
                    operands.forEach(operand -> collect(operand, into));
            case ObservationExpression.Or(List<ObservationExpression> operands) ->
                    operands.forEach(operand -> collect(operand, into));
            case ObservationExpression.FollowedBy(List<ObservationExpression> operands) ->
                    operands.forEach(operand -> collect(operand, into));
            case ObservationExpression.Qualified(ObservationExpression operand, _) ->
                    collect(operand, into);
        }
    }
}
