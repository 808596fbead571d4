package org.kerege.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Closure.Demand;
import org.kerege.gate.Referents.Referent;
import org.kerege.stix.StixId;

/// Follows the references of one object to everything it stands on. Circles end where they began: each member
/// of one needs all the others. Of a list behind a list all members are asked for, which is stricter than
/// need be and keeps the work linear.
final class Closing {

    /// Most objects that one object's references are followed through; beyond, the rest counts as not held.
    static final int MAX_FOLLOWED = 20_000;

    private final StixId start;
    private final Referents referents;
    private final Map<StixId, Found> found = new HashMap<>();
    private final NavigableSet<Integer> needed = new TreeSet<>();
    private final List<List<Demand>> anyOf = new ArrayList<>();

    /// A look-up made once; `referent` is null when nothing is held.
    private record Found(@Nullable Referent referent) {}

    private Closing(StixId start, Referents referents) {
        this.start = start;
        this.referents = referents;
    }

    static Closure of(
            StixId id,
            References references,
            @Nullable StixId author,
            Referents referents,
            NavigableSet<Integer> parts) {
        Closing closing = new Closing(id, referents);
        closing.follow(references);
        return new Closure(
                false,
                author,
                closing.needed,
                closing.anyOf,
                closing.demands(references.optional()),
                parts);
    }

    /// What it takes to know that `to` exists, which `from` refers to.
    static Demand demand(StixId from, StixId to, Referents referents) {
        return new Closing(from, referents).demand(to);
    }

    private void follow(References references) {
        Set<StixId> seen = new HashSet<>(Set.of(start));
        Deque<References> open = new ArrayDeque<>(List.of(references));
        while (!open.isEmpty()) {
            References next = open.pop();
            next.anyOf().forEach(list -> anyOf.add(demands(list)));
            for (StixId id : next.needed()) {
                if (seen.add(id)) {
                    Referent referent = find(id);
                    needed.add(referent == null ? Closure.NOT_HELD : referent.audience());
                    if (referent != null) {
                        open.push(referent.references());
                    }
                }
            }
        }
    }

    private List<Demand> demands(Set<StixId> ids) {
        return ids.stream().map(this::demand).distinct().toList();
    }

    /// What it takes to know that `id` exists: itself and all it cannot be without.
    private Demand demand(StixId id) {
        NavigableSet<Integer> audiences = new TreeSet<>();
        Set<StixId> seen = new HashSet<>(Set.of(start, id));
        Deque<StixId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            Referent referent = find(open.pop());
            if (referent == null) {
                return new Demand(new TreeSet<>(Set.of(Closure.NOT_HELD)));
            }
            audiences.add(referent.audience());
            for (StixId next : referent.references().needed()) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
            for (Set<StixId> list : referent.references().anyOf()) {
                for (StixId next : list) {
                    if (seen.add(next)) {
                        open.push(next);
                    }
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
