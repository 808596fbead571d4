package org.kerege.pattern.temporal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The observations that may stand for one observation expression in brackets. Each has an interval in which its
/// time may be chosen, and a count of how often it was observed. Ordered by the start of the interval; immutable.
final class Occurrences {

    private final int[] item;
    private final long[] earliest;
    private final long[] latest;
    private final long[] count;

    /// Sum of counts of the first n by start.
    private final long[] countByStart;

    private final long[] endsSorted;

    /// Sum of counts of the first n by end.
    private final long[] countByEnd;

    /// Latest end among the first n + 1 by start: lets a backward walk stop.
    private final long[] latestSoFar;

    private final boolean repeatsItems;

    private Occurrences(int[] item, long[] earliest, long[] latest, long[] count) {
        int size = item.length;
        Integer[] byStart = IntStream.range(0, size).boxed().toArray(Integer[]::new);
        Arrays.sort(
                byStart,
                Comparator.<Integer>comparingLong(i -> earliest[i])
                        .thenComparingLong(i -> latest[i]));
        this.item = new int[size];
        this.earliest = new long[size];
        this.latest = new long[size];
        this.count = new long[size];
        this.countByStart = new long[size + 1];
        this.latestSoFar = new long[size];
        long latestYet = Ticks.MIN;
        for (int i = 0; i < size; i++) {
            int from = byStart[i];
            this.item[i] = item[from];
            this.earliest[i] = earliest[from];
            this.latest[i] = latest[from];
            this.count[i] = count[from];
            countByStart[i + 1] = saturated(countByStart[i], count[from]);
            latestYet = Math.max(latestYet, latest[from]);
            latestSoFar[i] = latestYet;
        }
        Integer[] byEnd = IntStream.range(0, size).boxed().toArray(Integer[]::new);
        Arrays.sort(byEnd, Comparator.comparingLong(i -> this.latest[i]));
        this.endsSorted = new long[size];
        this.countByEnd = new long[size + 1];
        for (int i = 0; i < size; i++) {
            endsSorted[i] = this.latest[byEnd[i]];
            countByEnd[i + 1] = saturated(countByEnd[i], this.count[byEnd[i]]);
        }
        int[] sorted = item.clone();
        Arrays.sort(sorted);
        boolean repeated = false;
        for (int i = 1; i < size && !repeated; i++) {
            repeated = sorted[i] == sorted[i - 1];
        }
        this.repeatsItems = repeated;
    }

    private static long saturated(long sum, long more) {
        return Math.min(sum + more, Ticks.MAX);
    }

    /// @param items positions in `timeline`
    static Occurrences of(Timeline timeline, int[] items) {
        return new Occurrences(
                items,
                Arrays.stream(items).mapToLong(timeline::earliest).toArray(),
                Arrays.stream(items).mapToLong(timeline::latest).toArray(),
                Arrays.stream(items).mapToLong(timeline::count).toArray());
    }

    /// Those that can be at or after `start` and before or at `end`, with that much of their intervals.
    Occurrences between(long start, long end) {
        int[] kept =
                IntStream.range(0, item.length)
                        .filter(i -> latest[i] >= start && earliest[i] <= end && start <= end)
                        .toArray();
        return new Occurrences(
                Arrays.stream(kept).map(i -> item[i]).toArray(),
                Arrays.stream(kept).mapToLong(i -> Math.max(start, earliest[i])).toArray(),
                Arrays.stream(kept).mapToLong(i -> Math.min(end, latest[i])).toArray(),
                Arrays.stream(kept).mapToLong(i -> count[i]).toArray());
    }

    /// Those of any of `several`, one at least.
    static Occurrences union(List<Occurrences> several) {
        record Entry(int item, long earliest, long latest, long count) {}
        if (several.size() == 1) {
            return several.getFirst();
        }
        Set<Entry> entries = new LinkedHashSet<>();
        for (Occurrences each : several) {
            for (int i = 0; i < each.size(); i++) {
                entries.add(
                        new Entry(each.item[i], each.earliest[i], each.latest[i], each.count[i]));
            }
        }
        return new Occurrences(
                entries.stream().mapToInt(Entry::item).toArray(),
                entries.stream().mapToLong(Entry::earliest).toArray(),
                entries.stream().mapToLong(Entry::latest).toArray(),
                entries.stream().mapToLong(Entry::count).toArray());
    }

    int size() {
        return item.length;
    }

    int item(int index) {
        return item[index];
    }

    long count(int index) {
        return count[index];
    }

    /// Whether some observation is listed with more than one interval, so that sums of counts are too high.
    boolean repeatsItems() {
        return repeatsItems;
    }

    /// The earliest end of a window from `start` that holds `demand` observations; [Ticks#MAX] where none does.
    long earliestEnd(long start, long demand) {
        long wanted = demand + countByEnd[firstAtLeast(endsSorted, start)];
        if (wanted > countByStart[size()]) {
            return Ticks.MAX;
        }
        int index = firstAtLeast(countByStart, wanted) - 1;
        return Math.max(start, earliest[index]);
    }

    /// The end of the smallest wider window, for one from anywhere to `end`; [Ticks#MAX] where none is wider.
    long nextEnd(long end) {
        int index = firstAtLeast(earliest, end + 1);
        return index == size() ? Ticks.MAX : earliest[index];
    }

    /// Sum of counts in a window; too high where [#repeatsItems()].
    long countIn(long start, long end) {
        return countByStart[firstAtLeast(earliest, end + 1)]
                - countByEnd[firstAtLeast(endsSorted, start)];
    }

    /// Indices of those in a window, earliest start first.
    int[] in(long start, long end) {
        int above = firstAtLeast(earliest, end + 1);
        int from = above;
        while (from > 0 && latestSoFar[from - 1] >= start) {
            from--;
        }
        return IntStream.range(from, above).filter(i -> latest[i] >= start).toArray();
    }

    private static int firstAtLeast(long[] sorted, long wanted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
