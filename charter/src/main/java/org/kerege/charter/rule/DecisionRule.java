package org.kerege.charter.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// By which rule positions become a decision. Every rule has a quorum; whoever is suspended counts nowhere; whoever is
/// not accredited counts as absent. Nothing here is random, rounded or timed.
public sealed interface DecisionRule {

    Quorum quorum();

    /// Nobody present objects, and at least one is for. Who abstains or is absent does not stand in the way.
    record Consensus(Quorum quorum) implements DecisionRule {}

    /// Consensus on matters of substance; a matter of procedure is decided by simple majority, so that no single
    /// member can keep the others from taking up an item.
    record ConsensusWithoutProceduralVeto(Quorum quorum) implements DecisionRule {}

    /// Those who take part agree among themselves: at least `least` are for, none is against. Only they are bound.
    record LimitedFormat(Quorum quorum, int least) implements DecisionRule {
        public LimitedFormat {
            requirePositive(least);
        }
    }

    /// More are for than against.
    record SimpleMajority(Quorum quorum) implements DecisionRule {}

    /// At least a share of a base is for.
    record QualifiedMajority(Quorum quorum, Fraction share, Base base) implements DecisionRule {}

    /// At least a share of the members is for, and they carry at least a share of all weight. Where fewer than
    /// `blockingMembers` are not for, they cannot block by their weight.
    record DoubleMajority(
            Quorum quorum, Fraction memberShare, Fraction weightShare, int blockingMembers)
            implements DecisionRule {
        public DoubleMajority {
            requirePositive(blockingMembers);
        }
    }

    /// At least `k` are for, however many others there are.
    record AtLeast(Quorum quorum, int k) implements DecisionRule {
        public AtLeast {
            requirePositive(k);
        }
    }

    /// Of whom a share is taken.
    enum Base {
        /// All members with a vote.
        MEMBERS,
        /// Those present.
        PRESENT,
        /// Those who are for or against.
        VOTING
    }

    private static void requirePositive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("a number of members is at least one");
        }
    }

    /// Decides.
    ///
    /// @param voters each member once
    /// @param positions by member; who has none is absent, and a position of someone who is no voter does not count
    default Outcome decide(List<Voter> voters, Map<String, Position> positions, Matter matter) {
        Count count = new Count(voters, positions);
        List<Outcome.Clause> clauses = new ArrayList<>();
        boolean adopted = true;
        for (Outcome.Clause clause : clauses(count, matter)) {
            clauses.add(clause);
            if (!clause.holds()) {
                adopted = false;
                break;
            }
        }
        return new Outcome(adopted, adopted ? bound(count) : Set.of(), count.counted, clauses);
    }

    private Set<String> bound(Count count) {
        return this instanceof LimitedFormat ? count.members(Position.FOR) : count.membersInBase();
    }

    private List<Outcome.Clause> clauses(Count count, Matter matter) {
        List<Outcome.Clause> clauses = new ArrayList<>();
        clauses.add(
                clause(
                        "presence",
                        count.present() >= quorum().least()
                                && quorum().present().isReachedBy(count.present(), count.base()),
                        count.present()
                                + " of "
                                + count.base()
                                + " present, at least "
                                + quorum().present()
                                + " and "
                                + quorum().least()
                                + " members needed"));
        clauses.add(
                clause(
                        "votes cast",
                        quorum().voting().isReachedBy(count.voting(), count.base()),
                        count.voting()
                                + " of "
                                + count.base()
                                + " for or against, at least "
                                + quorum().voting()
                                + " needed"));
        switch (this) {
            case Consensus _ -> consensus(count, 1, clauses);
            case ConsensusWithoutProceduralVeto _ -> {
                if (matter == Matter.PROCEDURE) {
                    clauses.add(majority(count));
                } else {
                    consensus(count, 1, clauses);
                }
            }
            case LimitedFormat(var _, int least) -> consensus(count, least, clauses);
            case SimpleMajority _ -> clauses.add(majority(count));
            case QualifiedMajority(var _, Fraction share, Base base) -> {
                long whole =
                        switch (base) {
                            case MEMBERS -> count.base();
                            case PRESENT -> count.present();
                            case VOTING -> count.voting();
                        };
                clauses.add(
                        clause(
                                "qualified majority",
                                count.number(Position.FOR) > 0
                                        && share.isReachedBy(count.number(Position.FOR), whole),
                                count.number(Position.FOR)
                                        + " of "
                                        + whole
                                        + " for, at least "
                                        + share
                                        + " needed"));
            }
            case DoubleMajority rule -> doubleMajority(count, rule, clauses);
            case AtLeast(var _, int k) -> clauses.add(atLeast(count, k));
        }
        return clauses;
    }

    private static void consensus(Count count, int least, List<Outcome.Clause> clauses) {
        clauses.add(
                clause(
                        "no objection",
                        count.number(Position.AGAINST) == 0,
                        "against: " + count.members(Position.AGAINST)));
        clauses.add(atLeast(count, least));
    }

    private static Outcome.Clause atLeast(Count count, int least) {
        return clause(
                "support",
                count.number(Position.FOR) >= least,
                count.number(Position.FOR) + " for, at least " + least + " needed");
    }

    private static Outcome.Clause majority(Count count) {
        return clause(
                "simple majority",
                count.number(Position.FOR) > count.number(Position.AGAINST),
                count.number(Position.FOR)
                        + " for, "
                        + count.number(Position.AGAINST)
                        + " against");
    }

    private static void doubleMajority(
            Count count, DoubleMajority rule, List<Outcome.Clause> clauses) {
        int inFavour = count.number(Position.FOR);
        clauses.add(
                clause(
                        "majority of members",
                        inFavour > 0 && rule.memberShare().isReachedBy(inFavour, count.base()),
                        inFavour
                                + " of "
                                + count.base()
                                + " for, at least "
                                + rule.memberShare()
                                + " needed"));
        int notFor = count.base() - inFavour;
        boolean weighty = rule.weightShare().isReachedBy(count.weightFor(), count.weight());
        clauses.add(
                clause(
                        "majority by weight",
                        weighty || notFor < rule.blockingMembers(),
                        "weight "
                                + count.weightFor()
                                + " of "
                                + count.weight()
                                + " for, at least "
                                + rule.weightShare()
                                + " needed; "
                                + notFor
                                + " not for, fewer than "
                                + rule.blockingMembers()
                                + " cannot block"));
    }

    private static Outcome.Clause clause(String name, boolean holds, String figures) {
        return new Outcome.Clause(name, holds, figures);
    }

    /// Who counts as what.
    final class Count {

        private final List<Outcome.Counted> counted = new ArrayList<>();
        private long weight;
        private long weightFor;

        private Count(List<Voter> voters, Map<String, Position> positions) {
            Set<String> seen = new HashSet<>();
            for (Voter voter : voters) {
                if (!seen.add(voter.member())) {
                    throw new IllegalArgumentException("'" + voter.member() + "' votes twice");
                }
                Outcome.Counted one = count(voter, positions.get(voter.member()));
                counted.add(one);
                if (one.inBase()) {
                    weight = Math.addExact(weight, voter.weight());
                    weightFor += one.as() == Position.FOR ? voter.weight() : 0;
                }
            }
        }

        private static Outcome.Counted count(Voter voter, @Nullable Position position) {
            String member = voter.member();
            if (voter.suspended()) {
                return new Outcome.Counted(member, Position.ABSENT, false, "suspended");
            }
            if (position == null || position == Position.ABSENT) {
                return new Outcome.Counted(member, Position.ABSENT, true, "took no position");
            }
            return voter.accredited()
                    ? new Outcome.Counted(member, position, true, "as it said")
                    : new Outcome.Counted(
                            member, Position.ABSENT, true, "without valid credentials");
        }

        private int base() {
            return (int) counted.stream().filter(Outcome.Counted::inBase).count();
        }

        private int number(Position position) {
            return (int)
                    counted.stream().filter(one -> one.inBase() && one.as() == position).count();
        }

        private int present() {
            return base() - number(Position.ABSENT);
        }

        private int voting() {
            return number(Position.FOR) + number(Position.AGAINST);
        }

        private long weight() {
            return weight;
        }

        private long weightFor() {
            return weightFor;
        }

        private Set<String> members(Position position) {
            Set<String> members = new TreeSet<>();
            counted.stream()
                    .filter(one -> one.inBase() && one.as() == position)
                    .forEach(one -> members.add(one.member()));
            return members;
        }

        private Set<String> membersInBase() {
            Set<String> members = new TreeSet<>();
            counted.stream()
                    .filter(Outcome.Counted::inBase)
                    .forEach(one -> members.add(one.member()));
            return members;
        }
    }
}
