package org.kerege.pattern.equivalence;

import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ObservationExpression;

/// Compares patterns by what they ask for. Both are brought to a normal form: alternatives spelled out (OR
/// outermost), operands without order sorted, repeated and absorbed ones left out, constants that mean the same
/// written the same. Equal normal forms ask for the same; where an equivalence rests on other laws than these,
/// the answer is no.
public final class PatternEquivalence {

    /// Alternatives of a pattern that are spelled out at most.
    public static final int MAX_TERMS = 4_096;

    private PatternEquivalence() {}

    /// Whether both match the same observations, so far as the laws of the normal form tell.
    ///
    /// @throws TooManyTerms when an expression has more than [#MAX_TERMS] alternatives
    public static boolean equivalent(ObservationExpression one, ObservationExpression other) {
        return NormalObservations.of(one).equals(NormalObservations.of(other));
    }

    /// Whether both hold for the same observation, so far as the laws of the normal form tell.
    ///
    /// @throws TooManyTerms when an expression has more than [#MAX_TERMS] alternatives
    public static boolean equivalent(ComparisonExpression one, ComparisonExpression other) {
        return NormalComparison.of(one).equals(NormalComparison.of(other));
    }
}
