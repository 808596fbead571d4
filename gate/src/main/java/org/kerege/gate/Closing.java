package org.kerege.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Closure.Demand;
import org.kerege.gate.Referents.Referent;
import org.kerege.stix.StixId;

/// Follows the references of one object to everything it stands on.
///
/// To know one referent takes knowing all it stands on in turn: what it cannot be without and every member of its
/// lists, circles included. Of the object's own lists one member is enough. The first is stricter than need be, and
/// it is what makes answers consistent: whatever an object that goes out stands on goes out too, so taking
/// withheld objects away changes nothing.
final class Closing {

    /// Most objects that one object's references are followed through; beyond, the rest counts as not held.
    static final int MAX_FOLLOWED = 20_000;

    private static final int MAX_STEPS = 1_000_000;

    private final Referents referents;
    private final ToIntFunction<NavigableSet<Integer>> anyOf;
    private final Map<StixId, Found> found = new HashMap<>();
    private int steps;

    /// A look-up made once; `referent` is null when nothing is held.
    private record Found(@Nullable Referent referent) {}

    /// @param anyOf the number for whoever is in one of several audiences
    private Closing(Referents referents, ToIntFunction<NavigableSet<Integer>> anyOf) {
        this.referents = referents;
        this.anyOf = anyOf;
    }

    static Closure of(
            References references,
            @Nullable StixId author,
            Referents referents,
            ToIntFunction<NavigableSet<Integer>> anyOf,
            NavigableSet<Integer> parts) {
        Closing closing = new Closing(referents, anyOf);
        NavigableSet<Integer> needed = new TreeSet<>();
        references.needed().forEach(id -> needed.addAll(closing.demand(id).audiences()));
        return new Closure(
                false,
                author,
                needed,
                references.anyOf().stream().map(closing::demands).toList(),
                closing.demands(references.optional()),
                parts);
    }

    /// What it takes to know that `id` exists.
    static Demand demand(
            StixId id, Referents referents, ToIntFunction<NavigableSet<Integer>> anyOf) {
        return new Closing(referents, anyOf).demand(id);
    }

    private List<Demand> demands(Set<StixId> ids) {
        return ids.stream().map(this::demand).distinct().toList();
    }

    private Demand demand(StixId id) {
        NavigableSet<Integer> audiences = new TreeSet<>();
        Set<StixId> seen = new HashSet<>(Set.of(id));
        Deque<StixId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            Referent referent = steps++ < MAX_STEPS ? find(open.pop()) : null;
            if (referent == null) {
                return new Demand(new TreeSet<>(Set.of(Closure.NOT_HELD)));
            }
            audiences.add(anyOf.applyAsInt(referent.audiences()));
            for (StixId next : referent.references().unavoidable()) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return new Demand(audiences);
    }

    private @Nullable Referent find(StixId id) {
        Found before = found.get(id);
        if (before == null) {
            before = new Found(found.size() >= MAX_FOLLOWED ? null : referents.find(id));
            found.put(id, before);
        }
        return before.referent();
    }
}
