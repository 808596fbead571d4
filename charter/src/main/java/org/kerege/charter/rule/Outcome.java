package org.kerege.charter.rule;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The result of a decision with everything that led to it.
///
/// @param bound members that the decision binds, in their names' order; none when it was not adopted
/// @param counted each voter, in the order given, and as what it counted
/// @param clauses the clauses of the rule in the order in which they were looked at, up to the first that failed
public record Outcome(
        boolean adopted, Set<String> bound, List<Counted> counted, List<Clause> clauses) {

    public Outcome {
        bound = Collections.unmodifiableSet(new TreeSet<>(bound));
        counted = List.copyOf(counted);
        clauses = List.copyOf(clauses);
    }

    /// How one member entered the count.
    ///
    /// @param as the position that counted, which is ABSENT for whoever has no valid credentials
    /// @param inBase whether it belongs to the members with a vote
    /// @param why in one clause of a sentence
    public record Counted(String member, Position as, boolean inBase, String why) {}

    /// One clause of the rule, with the figures that decided it.
    public record Clause(String name, boolean holds, String figures) {}
}
