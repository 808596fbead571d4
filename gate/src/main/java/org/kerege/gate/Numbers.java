package org.kerege.gate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The numbers that were given to audiences and closures, and what each stands for. A number stands for the same for
/// good.
///
/// Safe from many threads.
final class Numbers {

    private final Interning audienceNumbers;
    private final Interning closureNumbers;

    /// By number; null where a number is not in use.
    private final List<@Nullable Terms> audiences = new ArrayList<>();

    private final List<@Nullable Closure> closures = new ArrayList<>();

    /// Audiences of which any one is enough, by their common number, under which no terms stand.
    private final Map<Integer, NavigableSet<Integer>> anyOf = new ConcurrentHashMap<>();

    private final Map<NavigableSet<Integer>, Integer> numberOfAny = new ConcurrentHashMap<>();
    private final Map<Terms, Integer> audienceOf = new ConcurrentHashMap<>();
    private final Map<Closure, Integer> closureOf = new ConcurrentHashMap<>();

    private final Map<Fault.Kind, BitSet> withFault = new EnumMap<>(Fault.Kind.class);
    private final BitSet openClosures = new BitSet();

    /// @param audienceNumbers keeps the numbers of audiences over restarts
    /// @param closureNumbers likewise of closures
    Numbers(Interning audienceNumbers, Interning closureNumbers) {
        this.audienceNumbers = audienceNumbers;
        this.closureNumbers = closureNumbers;
        refresh();
    }

    /// All that was given by one moment.
    ///
    /// @param audiences by number; null where none is in use or it is of several audiences
    /// @param closures by number; null where none is in use
    record Given(List<@Nullable Terms> audiences, List<@Nullable Closure> closures) {

        int lastAudience() {
            return last(audiences);
        }

        int lastClosure() {
            return last(closures);
        }
    }

    synchronized Given given() {
        return new Given(new ArrayList<>(audiences), new ArrayList<>(closures));
    }

    /// How many there are of both.
    synchronized int count() {
        return last(audiences) + last(closures);
    }

    /// The number of the audience of these terms.
    int audience(Terms terms) {
        Integer known = audienceOf.get(terms);
        if (known != null) {
            return known;
        }
        int number = audienceNumbers.intern(TermsText.write(terms));
        keep(number, terms);
        audienceOf.put(terms, number);
        return number;
    }

    /// The number for whoever is in one of these audiences.
    int anyOf(NavigableSet<Integer> several) {
        if (several.size() == 1) {
            return several.first();
        }
        return numberOfAny.computeIfAbsent(
                several,
                _ -> {
                    int number = audienceNumbers.intern(TermsText.writeAnyOf(several));
                    keepAnyOf(number, several);
                    return number;
                });
    }

    /// The number of a closure.
    int closure(Closure closure) {
        Integer known = closureOf.get(closure);
        if (known != null) {
            return known;
        }
        int number = closureNumbers.intern(TermsText.write(closure));
        keep(number, closure);
        closureOf.put(closure, number);
        return number;
    }

    /// What the number of an audience stands for.
    ///
    /// @throws IllegalArgumentException when it was never given
    Terms terms(int audience) {
        return known(audiences, audience, "audience");
    }

    /// What the number of a closure stands for.
    ///
    /// @throws IllegalArgumentException when it was never given
    Closure closure(int number) {
        return known(closures, number, "closure");
    }

    /// Audiences of which any one is enough for whoever is under this number; none where terms stand under it.
    NavigableSet<Integer> members(int audience) {
        return anyOf.getOrDefault(audience, Collections.emptyNavigableSet());
    }

    /// Numbers of all audiences with a fault of that kind, ascending.
    synchronized int[] audiencesWith(Fault.Kind kind) {
        return withFault.getOrDefault(kind, new BitSet()).stream().toArray();
    }

    /// Numbers of the closures that stand on nothing, ascending.
    synchronized int[] openClosures() {
        return openClosures.stream().toArray();
    }

    private <T> T known(List<@Nullable T> kept, int number, String kind) {
        T value = numbered(kept, number);
        if (value == null) {
            refresh();
            value = numbered(kept, number);
        }
        if (value == null) {
            throw new IllegalArgumentException("no " + kind + " " + number);
        }
        return value;
    }

    /// Learns numbers that were given before this start, or by another process on the same store.
    private void refresh() {
        for (Interning.Entry entry : audienceNumbers.after(lastOf(audiences))) {
            NavigableSet<Integer> several = TermsText.readAnyOf(entry.text());
            if (several == null) {
                keep(entry.id(), TermsText.readTerms(entry.text()));
            } else {
                keepAnyOf(entry.id(), several);
            }
        }
        for (Interning.Entry entry : closureNumbers.after(lastOf(closures))) {
            keep(entry.id(), TermsText.readClosure(entry.text()));
        }
    }

    private synchronized int lastOf(List<?> kept) {
        return last(kept);
    }

    private static int last(List<?> kept) {
        return Math.max(kept.size() - 1, 0);
    }

    private synchronized <T> @Nullable T numbered(List<@Nullable T> kept, int number) {
        return number > 0 && number < kept.size() ? kept.get(number) : null;
    }

    private synchronized void keep(int number, Terms terms) {
        set(audiences, number, terms);
        for (Fault fault : terms.label().faults()) {
            withFault.computeIfAbsent(fault.kind(), _ -> new BitSet()).set(number);
        }
    }

    private synchronized void keepAnyOf(int number, NavigableSet<Integer> several) {
        anyOf.put(number, several);
        set(audiences, number, null);
    }

    private synchronized void keep(int number, Closure closure) {
        set(closures, number, closure);
        openClosures.set(number, closure.open());
    }

    private static <T> void set(List<@Nullable T> kept, int number, @Nullable T value) {
        while (kept.size() <= number) {
            kept.add(null);
        }
        kept.set(number, value);
    }
}
