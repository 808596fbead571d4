package org.kerege.gate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// What else a recipient must be allowed to know before an object goes out whole, reduced, or at all: the
/// audiences of what the object refers to and of its marked parts. Objects that ask for the same share one
/// closure.
///
/// A referent that is not held counts like one that is withheld from all; were it otherwise, an object would
/// change for a reader when something withheld arrives, and so tell of it.
///
/// @param open whether references go out with the object whatever they lead to
/// @param author organisation that wrote the references and so knows them, null when it is not here
/// @param needed audiences that must all be known
/// @param anyOf lists of referents of which one must be known; with one unknown the object is reduced
/// @param optional referents; with one unknown the object is reduced
/// @param parts audiences of marked parts; with one denied the object is reduced
record Closure(
        boolean open,
        @Nullable StixId author,
        NavigableSet<Integer> needed,
        List<List<Demand>> anyOf,
        List<Demand> optional,
        NavigableSet<Integer> parts) {

    /// The audience of what is not held.
    static final int NOT_HELD = 0;

    /// What it takes to know one referent: all of these audiences.
    record Demand(NavigableSet<Integer> audiences) implements Comparable<Demand> {

        private static final Comparator<Demand> ORDER =
                Comparator.<Demand>comparingInt(demand -> demand.audiences.size())
                        .thenComparing(demand -> demand.audiences.toString());

        boolean metBy(IntPredicate known) {
            return audiences.stream().allMatch(known::test);
        }

        @Override
        public int compareTo(Demand other) {
            return ORDER.compare(this, other);
        }
    }

    enum Passage {
        WHOLE,
        REDUCED,
        NONE
    }

    Closure {
        NavigableSet<Integer> always = needed;
        anyOf =
                anyOf.stream()
                        .map(Closure::ordered)
                        .filter(list -> !isMetBy(list, always))
                        .distinct()
                        .sorted(Comparator.comparing(Object::toString))
                        .toList();
        optional =
                ordered(optional).stream()
                        .filter(demand -> !always.containsAll(demand.audiences))
                        .toList();
    }

    /// Asks for all that both ask for.
    Closure and(Closure other) {
        List<List<Demand>> lists = new ArrayList<>(anyOf);
        lists.addAll(other.anyOf);
        List<Demand> left = new ArrayList<>(optional);
        left.addAll(other.optional);
        return new Closure(
                open && other.open,
                author,
                union(needed, other.needed),
                lists,
                left,
                union(parts, other.parts));
    }

    private static NavigableSet<Integer> union(Set<Integer> a, Set<Integer> b) {
        NavigableSet<Integer> union = new TreeSet<>(a);
        union.addAll(b);
        return union;
    }

    /// How much of an object passes.
    ///
    /// @param writer whether the recipient holds the object or wrote it, and so knows its references
    /// @param known whether the recipient may know that objects of an audience exist
    /// @param admitted whether the recipient may have objects of an audience
    Passage passage(boolean writer, IntPredicate known, IntPredicate admitted) {
        boolean whole = parts.stream().allMatch(admitted::test);
        if (!open && !writer) {
            if (!needed.stream().allMatch(known::test)) {
                return Passage.NONE;
            }
            for (List<Demand> list : anyOf) {
                if (list.stream().noneMatch(demand -> demand.metBy(known))) {
                    return Passage.NONE;
                }
                whole &= list.stream().allMatch(demand -> demand.metBy(known));
            }
            whole &= optional.stream().allMatch(demand -> demand.metBy(known));
        }
        return whole ? Passage.WHOLE : Passage.REDUCED;
    }

    /// Whether it asks for one of these audiences.
    boolean mentionsAny(BitSet numbers) {
        return needed.stream().anyMatch(numbers::get)
                || parts.stream().anyMatch(numbers::get)
                || Stream.concat(anyOf.stream().flatMap(List::stream), optional.stream())
                        .flatMap(demand -> demand.audiences.stream())
                        .anyMatch(numbers::get);
    }

    /// A list whose every member is known once `always` is says nothing more.
    private static boolean isMetBy(List<Demand> list, NavigableSet<Integer> always) {
        return list.stream().allMatch(demand -> always.containsAll(demand.audiences));
    }

    private static List<Demand> ordered(Collection<Demand> demands) {
        return List.copyOf(new TreeSet<>(demands));
    }
}
