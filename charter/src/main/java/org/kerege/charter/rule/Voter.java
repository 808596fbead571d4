package org.kerege.charter.rule;

/// A member as it stands at the time of the decision.
///
/// @param weight for rules that weigh, such as population; not negative
/// @param suspended whether it has no vote and counts in no base
/// @param accredited whether it has valid credentials now; without, it counts as absent
public record Voter(String member, long weight, boolean suspended, boolean accredited) {

    public Voter {
        if (weight < 0) {
            throw new IllegalArgumentException("a voter has no negative weight");
        }
    }

    /// A member in good standing, of weight one.
    public Voter(String member) {
        this(member, 1, false, true);
    }
}
