package org.kerege.charter.rule;

/// How many must be there before a decision can be taken at all. Shares are of the members with a vote, whose number
/// suspensions lower; so that no member is ever left to decide alone, a number stands beside them.
///
/// @param present share of the members with a vote that must be present
/// @param voting share of the members with a vote that must vote for or against
/// @param least how many must be present, whatever the shares say; two or more
public record Quorum(Fraction present, Fraction voting, int least) {

    /// Nobody decides alone.
    public static final int FLOOR = 2;

    public Quorum {
        if (least < FLOOR) {
            throw new IllegalArgumentException("a quorum has at least " + FLOOR + " members");
        }
    }
}
