package org.kerege.pattern.temporal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kerege.pattern.temporal.Problem.Demand;
import org.kerege.pattern.temporal.Problem.Upper;

/// Solves a [Problem] exactly.
///
/// Leave aside that observations must differ between demands. Then every constraint has the form "this variable
/// is at least some never falling function of others", so there is a least solution, found by raising variables
/// from the bottom until nothing moves; where one rises beyond all times, there is no solution at all.
///
/// At the least solution the observations are shared out as a maximal flow. Where it falls short, some demands
/// together have too few observations in their windows. Lower ends are already as early as they can be, so in
/// every solution at least one of these demands has a later upper end: each of them is tried in turn, from a new
/// least solution above. Points that were visited are not visited again.
final class Solver {

    private final Problem problem;
    private final Allowance allowance;
    private final Set<Bounds> visited = new HashSet<>();

    /// Variables as a key.
    private record Bounds(List<Long> values) {}

    Solver(Problem problem, Allowance allowance) {
        this.problem = problem;
        this.allowance = allowance;
    }

    /// Observations for each demand, or nothing where there is no solution.
    Optional<List<Share>> solve() {
        long[] bottom = new long[problem.variables()];
        Arrays.fill(bottom, Ticks.MIN);
        Deque<long[]> open = new ArrayDeque<>();
        open.push(bottom);
        while (!open.isEmpty()) {
            long[] bounds = open.pop();
            if (!raise(bounds) || !visited.add(key(bounds))) {
                continue;
            }
            SharingOut sharing = new SharingOut(windows(bounds), allowance);
            if (sharing.complete()) {
                return Optional.of(sharing.shares());
            }
            // Pushed last is tried first: raising the last demand disturbs the fewest others.
            for (long[] next : raised(bounds, sharing.shortOfObservations())) {
                open.push(next);
            }
        }
        return Optional.empty();
    }

    private static Bounds key(long[] bounds) {
        return new Bounds(Arrays.stream(bounds).boxed().toList());
    }

    private List<Window> windows(long[] bounds) {
        List<Window> windows = new ArrayList<>(problem.demands().size());
        for (Demand demand : problem.demands()) {
            windows.add(
                    new Window(
                            demand.occurrences(),
                            demand.number(),
                            start(demand, bounds),
                            end(demand, bounds)));
        }
        return windows;
    }

    /// Raises `bounds` to the least solution at or above; false where there is none.
    private boolean raise(long[] bounds) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Demand demand : problem.demands()) {
                allowance.spend(1);
                long end = demand.occurrences().earliestEnd(start(demand, bounds), demand.number());
                if (end == Ticks.MAX) {
                    return false;
                }
                for (Upper upper : demand.upper()) {
                    long wanted = end - upper.offset();
                    if (bounds[upper.variable()] < wanted) {
                        bounds[upper.variable()] = wanted;
                        moved = true;
                    }
                }
            }
            for (Problem.Order order : problem.orders()) {
                if (bounds[order.second()] < bounds[order.first()]) {
                    bounds[order.second()] = bounds[order.first()];
                    moved = true;
                }
            }
        }
        return true;
    }

    private static long start(Demand demand, long[] bounds) {
        long start = Ticks.MIN;
        for (int variable : demand.lower()) {
            start = Math.max(start, bounds[variable]);
        }
        return start;
    }

    private static long end(Demand demand, long[] bounds) {
        long end = Ticks.MAX - 1;
        for (Upper upper : demand.upper()) {
            end = Math.min(end, bounds[upper.variable()] + upper.offset());
        }
        return end;
    }

    /// For each way to let one of `demands` end later: the bounds that it forces. A way that forces more than
    /// another one is left out.
    private List<long[]> raised(long[] bounds, List<Integer> demands) {
        Set<Bounds> distinct = new LinkedHashSet<>();
        for (int index : demands) {
            Demand demand = problem.demands().get(index);
            long next = demand.occurrences().nextEnd(end(demand, bounds));
            if (next != Ticks.MAX) {
                long[] raised = bounds.clone();
                for (Upper upper : demand.upper()) {
                    raised[upper.variable()] =
                            Math.max(raised[upper.variable()], next - upper.offset());
                }
                distinct.add(key(raised));
            }
        }
        List<Bounds> kept =
                distinct.stream()
                        .filter(one ->
                                distinct.stream()
                                        .noneMatch(
                                                other -> !other.equals(one) && below(other, one)))
                        .toList();
        return kept.stream()
                .map(one -> one.values().stream().mapToLong(Long::longValue).toArray())
                .toList();
    }

    private static boolean below(Bounds lower, Bounds upper) {
        for (int i = 0; i < lower.values().size(); i++) {
            if (lower.values().get(i) > upper.values().get(i)) {
                return false;
            }
        }
        return true;
    }
}
