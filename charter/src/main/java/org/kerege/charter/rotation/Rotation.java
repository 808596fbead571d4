package org.kerege.charter.rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The chair of one body through time: who holds it at an instant, as known at another. A pure function of the rule
/// pack and the decisions; whoever has both computes the same.
///
/// No decision reaches back: whoever held the chair at an instant, by what was decided up to then, held it. So the
/// time line is joined from pieces, one between any two decisions, each computed from those decided before it.
public final class Rotation {

    private final RotationRules rules;
    private final List<Decided> decisions;

    /// @param decisions in any order; those of one instant act in the order given
    public Rotation(RotationRules rules, List<Decided> decisions) {
        this.rules = rules;
        this.decisions =
                decisions.stream()
                        .map(Rotation::clamp)
                        .sorted(Comparator.comparing(Decided::at))
                        .toList();
    }

    public RotationRules rules() {
        return rules;
    }

    /// Who holds the chair at `at`, by all decisions.
    public Tenure chairAt(Instant at) {
        return chairAt(at, Instant.MAX);
    }

    /// Who holds the chair at `at`, by what was decided up to `knownAt`, that instant included.
    public Tenure chairAt(Instant at, Instant knownAt) {
        return chairs(at, at.plusNanos(1), knownAt).getFirst();
    }

    /// The tenures that touch the time from `from` to `to`, the end excluded, in order and whole: the first may begin
    /// before `from`, the last end after `to`. At least one, and no gap between any two.
    ///
    /// @throws IllegalArgumentException unless `from` is before `to`
    public List<Tenure> chairs(Instant from, Instant to, Instant knownAt) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to");
        }
        List<Decided> known =
                decisions.stream().filter(decided -> !decided.at().isAfter(knownAt)).toList();
        List<Tenure> joined = new ArrayList<>();
        int used = 0;
        Instant pieceFrom = Instant.MIN;
        // A decision after `to` may still move the end of the tenure that holds then.
        while (pieceFrom.isBefore(to) || reaches(joined, pieceFrom)) {
            while (used < known.size() && !known.get(used).at().isAfter(pieceFrom)) {
                used++;
            }
            Instant pieceTo = used < known.size() ? known.get(used).at() : Instant.MAX;
            join(joined, known.subList(0, used), pieceFrom, pieceTo, to);
            pieceFrom = pieceTo;
        }
        return joined.stream()
                .filter(tenure ->
                        tenure.from().isBefore(to)
                                && (tenure.until() == null || tenure.until().isAfter(from)))
                .toList();
    }

    /// Adds what the decisions `known` say of the piece from `pieceFrom` to `pieceTo`.
    private void join(
            List<Tenure> joined,
            List<Decided> known,
            Instant pieceFrom,
            Instant pieceTo,
            Instant to) {
        Instant needed = pieceFrom.isBefore(to) ? to : pieceFrom.plusNanos(1);
        Instant horizon = pieceTo.isBefore(needed) ? pieceTo : needed;
        for (Tenure tenure : new Schedule(rules, known).until(horizon)) {
            boolean inPiece =
                    tenure.from().isBefore(pieceTo)
                            && (tenure.until() == null || tenure.until().isAfter(pieceFrom));
            if (!inPiece) {
                continue;
            }
            if (!joined.isEmpty() && tenure.from().isBefore(pieceFrom)) {
                Tenure before = joined.getLast();
                if (before.basis() == tenure.basis()
                        && Objects.equals(before.member(), tenure.member())) {
                    joined.set(joined.size() - 1, before.within(before.from(), tenure.until()));
                    continue;
                }
                tenure = tenure.within(pieceFrom, tenure.until());
            }
            endBy(joined, tenure.from());
            joined.add(tenure);
        }
    }

    private static boolean reaches(List<Tenure> joined, Instant at) {
        if (at.equals(Instant.MAX)) {
            return false;
        }
        Instant end = joined.getLast().until();
        return end == null || end.isAfter(at);
    }

    /// What was planned beyond a later decision ends where that decision says otherwise.
    private static void endBy(List<Tenure> joined, Instant end) {
        if (!joined.isEmpty()) {
            Tenure before = joined.getLast();
            joined.set(joined.size() - 1, before.within(before.from(), end));
        }
    }

    private static Decided clamp(Decided decided) {
        Function<Instant, Instant> after =
                instant -> instant.isBefore(decided.at()) ? decided.at() : instant;
        Change change =
                switch (decided.change()) {
                    case Change.Swap(var one, var other, var from) ->
                            new Change.Swap(one, other, after.apply(from));
                    case Change.Skip(var member, var from) ->
                            new Change.Skip(member, after.apply(from));
                    case Change.HandOver(var at) -> new Change.HandOver(after.apply(at));
                    case Change.Vacancy(var from, var until) ->
                            new Change.Vacancy(after.apply(from), until);
                    case Change.Interim(var member, var from, var until) ->
                            new Change.Interim(member, after.apply(from), until);
                    case Change.Replacement(var member, var from) ->
                            new Change.Replacement(member, after.apply(from));
                    case Change.Resignation(var member, var from) ->
                            new Change.Resignation(member, after.apply(from));
                    case Change.Suspension(var member, var from, var until) ->
                            new Change.Suspension(member, after.apply(from), until);
                    case Change.Readmission(var member, var from) ->
                            new Change.Readmission(member, after.apply(from));
                    case Change.Withdrawal(var member, var from) ->
                            new Change.Withdrawal(member, after.apply(from));
                    case Change.Admission(var member, var from, var before) ->
                            new Change.Admission(member, after.apply(from), before);
                    case Change.NewRules(var from, var term, var order) ->
                            new Change.NewRules(after.apply(from), term, order);
                    // These two name a term, which may have begun; the pieces keep the past.
                    case Change.Extension extension -> extension;
                    case Change.Choice choice -> choice;
                };
        return new Decided(decided.at(), decided.reference(), change);
    }
}
