package org.kerege.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Release lists that all hold at once: a recipient must be on every one of them. No list at all limits
/// nothing; an empty list is nobody. A list that holds all parties of a shorter one says nothing beyond it
/// and is left out, so equal meaning of lists of parties is equal value.
public record ReleaseLists(List<NavigableSet<Party>> lists) {

    private static final Comparator<NavigableSet<Party>> ORDER =
            Comparator.<NavigableSet<Party>>comparingInt(NavigableSet::size)
                    .thenComparing(Object::toString);

    /// Limits nothing.
    public static final ReleaseLists UNLIMITED = new ReleaseLists(List.of());

    public ReleaseLists {
        List<NavigableSet<Party>> shortest = new ArrayList<>();
        lists.stream()
                .map(ReleaseLists::frozen)
                .sorted(ORDER)
                .forEach(list -> {
                    if (shortest.stream().noneMatch(list::containsAll)) {
                        shortest.add(list);
                    }
                });
        lists = List.copyOf(shortest);
    }

    /// One list.
    public static ReleaseLists of(Collection<? extends Party> parties) {
        return new ReleaseLists(List.of(new TreeSet<>(parties)));
    }

    /// Both at once.
    public ReleaseLists and(ReleaseLists other) {
        if (other.lists.isEmpty() || equals(other)) {
            return this;
        }
        if (lists.isEmpty()) {
            return other;
        }
        List<NavigableSet<Party>> both = new ArrayList<>(lists);
        both.addAll(other.lists);
        return new ReleaseLists(both);
    }

    public boolean limits() {
        return !lists.isEmpty();
    }

    /// Whether some list is empty, so that nobody can be on all of them.
    public boolean nobody() {
        return limits() && lists.getFirst().isEmpty();
    }

    private static NavigableSet<Party> frozen(NavigableSet<Party> list) {
        return Collections.unmodifiableNavigableSet(new TreeSet<>(list));
    }
}
