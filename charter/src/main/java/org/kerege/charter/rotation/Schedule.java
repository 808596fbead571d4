package org.kerege.charter.rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.rotation.Tenure.Basis;

/// All tenures that follow from the rules and one set of decisions, taken together. Turns are dealt first; then
/// suspensions cut them, and decisions about a term (vacancy, interim, replacement, resignation) are laid over, the
/// later decided over the earlier. Who is excluded holds nothing, whatever a decision says.
final class Schedule {

    private static final int MAX_TERMS = 100_000;

    private final RotationRules rules;
    private final List<Decided> decisions;
    private final Exclusions exclusions;

    /// @param decisions in the order in which they were decided, clamped so that none acts before its decision
    Schedule(RotationRules rules, List<Decided> decisions) {
        this.rules = rules;
        this.decisions = decisions;
        this.exclusions = new Exclusions(decisions);
    }

    /// The tenures that begin before `horizon`, and perhaps some more, in order, without gap from [Instant#MIN] on.
    List<Tenure> until(Instant horizon) {
        // An interim may run over several terms: all that it covers must be there to be cut.
        Instant covered = horizon;
        for (Decided decided : decisions) {
            covered = later(covered, lastInstant(decided.change()));
        }
        List<Tenure> terms = terms(covered);
        List<Tenure> tenures = exclude(terms);
        for (Decided decided : decisions) {
            tenures = overlay(tenures, terms, decided.change());
        }
        return exclude(tenures);
    }

    private List<Tenure> terms(Instant horizon) {
        List<Tenure> terms = new ArrayList<>();
        terms.add(new Tenure(null, Instant.MIN, rules.start(), Basis.NOT_BEGUN));
        Turns turns = new Turns(rules, decisions, exclusions);
        Instant start = rules.start();
        while (start != null && start.isBefore(horizon)) {
            if (terms.size() > MAX_TERMS) {
                throw new MalformedCharter(
                        "/term", "more than " + MAX_TERMS + " terms until " + horizon);
            }
            turns.advance(start);
            Instant end = end(start, turns.term());
            String holder = turns.isChosen() ? chosen(start, end) : turns.next(start);
            terms.add(
                    new Tenure(
                            holder,
                            start,
                            end,
                            holder == null ? Basis.NOBODY_ENTITLED : Basis.TURN));
            start = end;
        }
        return terms;
    }

    private @Nullable Instant end(Instant start, Term term) {
        Instant end = term.end(start, rules.handover());
        for (Decided decided : decisions) {
            if (decided.change() instanceof Change.HandOver(Instant at)
                    && at.isAfter(start)
                    && (end == null || at.isBefore(end))) {
                end = at;
            }
        }
        for (Decided decided : decisions) {
            // A term that was over when it was to be extended stays over.
            if (decided.change() instanceof Change.Extension(Instant during, Instant until)
                    && new Tenure(null, start, end, Basis.TURN).contains(during)
                    && (end == null || decided.at().isBefore(end))
                    && until.isAfter(start)) {
                end = until;
            }
        }
        return end;
    }

    private static Instant lastInstant(Change change) {
        Instant until =
                switch (change) {
                    case Change.Vacancy(var _, Instant end) -> end;
                    case Change.Interim(var _, var _, Instant end) -> end;
                    default -> null;
                };
        return until == null ? Instant.MIN : until;
    }

    private @Nullable String chosen(Instant start, @Nullable Instant end) {
        String chosen = null;
        for (Decided decided : decisions) {
            if (decided.change() instanceof Change.Choice(String member, Instant at)
                    && !at.isBefore(start)
                    && (end == null || at.isBefore(end))) {
                chosen = member;
            }
        }
        return chosen;
    }

    private static List<Tenure> overlay(List<Tenure> tenures, List<Tenure> terms, Change change) {
        return switch (change) {
            case Change.Vacancy(Instant from, var until) ->
                    cut(tenures, from, orEnd(until, from, terms), null, Basis.DECLARED_VACANT);
            case Change.Interim(String member, Instant from, var until) ->
                    cut(tenures, from, orEnd(until, from, terms), member, Basis.INTERIM);
            case Change.Replacement(String member, Instant from) ->
                    cut(tenures, from, orEnd(null, from, terms), member, Basis.REPLACEMENT);
            case Change.Resignation(String member, Instant from) -> {
                Tenure held = at(tenures, from);
                yield held != null && member.equals(held.member())
                        ? cut(tenures, from, held.until(), null, Basis.RESIGNED)
                        : tenures;
            }
            default -> tenures;
        };
    }

    private static @Nullable Tenure at(List<Tenure> tenures, Instant at) {
        return tenures.stream().filter(tenure -> tenure.contains(at)).findFirst().orElse(null);
    }

    private static @Nullable Instant orEnd(
            @Nullable Instant until, Instant from, List<Tenure> terms) {
        if (until != null) {
            return until;
        }
        Tenure term = at(terms, from);
        return term == null ? null : term.until();
    }

    private List<Tenure> exclude(List<Tenure> tenures) {
        List<Tenure> remaining = tenures;
        for (Exclusions.Interval excluded : exclusions.intervals()) {
            List<Tenure> cut = new ArrayList<>();
            for (Tenure tenure : remaining) {
                if (excluded.member().equals(tenure.member())) {
                    cut.addAll(
                            cut(
                                    List.of(tenure),
                                    excluded.from(),
                                    excluded.until(),
                                    null,
                                    Basis.HOLDER_EXCLUDED));
                } else {
                    cut.add(tenure);
                }
            }
            remaining = cut;
        }
        return remaining;
    }

    /// `tenures` with the stretch from `from` to `until` given to another, split at its ends.
    private static List<Tenure> cut(
            List<Tenure> tenures,
            Instant from,
            @Nullable Instant until,
            @Nullable String member,
            Basis basis) {
        List<Tenure> result = new ArrayList<>();
        // Where the stretch runs over several terms it is one tenure; what another decision gave
        // stays apart.
        int given = -1;
        for (Tenure tenure : tenures) {
            Instant cutFrom = later(from, tenure.from());
            Instant cutUntil = earlier(until, tenure.until());
            if (cutUntil != null && !cutFrom.isBefore(cutUntil)) {
                result.add(tenure);
                continue;
            }
            if (tenure.from().isBefore(cutFrom)) {
                result.add(tenure.within(tenure.from(), cutFrom));
            }
            if (given < 0) {
                given = result.size();
                result.add(new Tenure(member, cutFrom, cutUntil, basis));
            } else {
                result.set(given, result.get(given).within(result.get(given).from(), cutUntil));
            }
            if (cutUntil != null && (tenure.until() == null || cutUntil.isBefore(tenure.until()))) {
                result.add(tenure.within(cutUntil, tenure.until()));
            }
        }
        return result;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
