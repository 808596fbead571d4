package org.kerege.pattern.engine;

import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;

/// One operand of the outermost OR in a bracket, or all of a bracket without one. An event satisfies the bracket where
/// it satisfies any of its branches, so each is looked up and tested by itself: of a list of hundreds that came near
/// an event by one value, one is tested.
///
/// @param bracket which of the pattern's brackets, from 0 in the order of the text
record Branch(int bracket, ComparisonExpression comparison) {

    /// The branches of a pattern in the order of its text.
    static List<Branch> of(ObservationExpression expression) {
        List<Observation> brackets = new ArrayList<>(1);
        collect(expression, brackets);
        List<Branch> branches = new ArrayList<>(1);
        for (int bracket = 0; bracket < brackets.size(); bracket++) {
            collect(bracket, brackets.get(bracket).comparison(), branches);
        }
        return branches;
    }

    private static void collect(int bracket, ComparisonExpression comparison, List<Branch> into) {
        if (comparison instanceof ComparisonExpression.Or(List<ComparisonExpression> operands)) {
            operands.forEach(operand -> collect(bracket, operand, into));
        } else {
            into.add(new Branch(bracket, comparison));
        }
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
