package org.kerege.charter.rule;

/// How many must be there before a decision can be taken at all.
///
/// @param present share of the members with a vote that must be present
/// @param voting share of the members with a vote that must vote for or against
public record Quorum(Fraction present, Fraction voting) {

    /// One member present is enough.
    public static final Quorum NONE = new Quorum(new Fraction(0, 1), new Fraction(0, 1));
}
