package org.kerege.pattern;

import java.util.List;

/// What a pattern asks of a series of observations. Operands of one operator stand in a flat list in the
/// order of the text: `a AND b AND c` is one [And] of three; no operand of an operator is that same
/// operator. Depth is at most [Pattern#MAX_DEPTH] when the parser made it. Source: STIX 2.1 §9.4, §9.5.
public sealed interface ObservationExpression {

    /// `[ … ]`: one observation that satisfies a comparison expression.
    record Observation(ComparisonExpression comparison) implements ObservationExpression {}

    /// Every operand matches, each on observations of its own, in any order of time.
    ///
    /// @param operands two or more
    record And(List<ObservationExpression> operands) implements ObservationExpression {
        public And {
            operands = atLeastTwo(operands);
        }
    }

    /// At least one operand matches.
    ///
    /// @param operands two or more
    record Or(List<ObservationExpression> operands) implements ObservationExpression {
        public Or {
            operands = atLeastTwo(operands);
        }
    }

    /// Every operand matches, each on observations of its own that are no earlier than those of the operand
    /// before it.
    ///
    /// @param operands two or more
    record FollowedBy(List<ObservationExpression> operands) implements ObservationExpression {
        public FollowedBy {
            operands = atLeastTwo(operands);
        }
    }

    /// `operand` under one qualifier. A chain of qualifiers is a chain of these, the last one written outermost.
    record Qualified(ObservationExpression operand, Qualifier qualifier)
            implements ObservationExpression {}

    private static List<ObservationExpression> atLeastTwo(List<ObservationExpression> operands) {
        if (operands.size() < 2) {
            throw new IllegalArgumentException("an operator has two operands or more");
        }
        return List.copyOf(operands);
    }
}
