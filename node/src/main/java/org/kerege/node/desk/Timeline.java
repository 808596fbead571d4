package org.kerege.node.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sightings over time as bars of days, weeks of seven days, or more where there are too many: each sighting counts on
/// the day on which it was last made.
///
/// @param bars from the first day to the last, at most 60
/// @param most of one bar, at least 1
public record Timeline(List<Bar> bars, long most) {

    /// Size of the picture in its own units.
    public static final int WIDTH = 900;

    public static final int HEIGHT = 120;

    private static final int MOST_BARS = 60;

    /// The sightings of some days.
    ///
    /// @param from first day
    /// @param count of sightings
    public record Bar(LocalDate from, long count) {}

    public boolean isEmpty() {
        return bars.isEmpty();
    }

    public int x(int bar) {
        return bar * WIDTH / bars.size();
    }

    public int width() {
        return Math.max(1, WIDTH / bars.size() - 2);
    }

    /// Height of a bar; what is not nothing can be seen.
    public int height(Bar bar) {
        return bar.count() == 0
                ? 0
                : (int) Math.max(3, bar.count() * (HEIGHT - 4) / Math.max(1, most));
    }

    static Timeline of(List<Entry> sightings) {
        TreeMap<LocalDate, Long> days = new TreeMap<>();
        for (Entry sighting : sightings) {
            LocalDate day = day(sighting);
            if (day != null) {
                days.merge(day, sighting.count(), Long::sum);
            }
        }
        if (days.isEmpty()) {
            return new Timeline(List.of(), 1);
        }
        LocalDate first = days.firstKey();
        long span = ChronoUnit.DAYS.between(first, days.lastKey()) + 1;
        long each = span <= MOST_BARS ? 1 : Math.ceilDiv(Math.ceilDiv(span, MOST_BARS), 7) * 7;
        List<Bar> bars = new ArrayList<>();
        for (LocalDate from = first; !from.isAfter(days.lastKey()); from = from.plusDays(each)) {
            bars.add(
                    new Bar(
                            from,
                            days.subMap(from, from.plusDays(each)).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()));
        }
        return new Timeline(bars, bars.stream().mapToLong(Bar::count).max().orElse(1));
    }

    private static @Nullable LocalDate day(Entry sighting) {
        for (String property : List.of("last_seen", "first_seen", "created")) {
            LocalDate day = day(sighting.json().path(property).asString(""));
            if (day != null) {
                return day;
            }
        }
        return null;
    }

    private static @Nullable LocalDate day(String timestamp) {
        try {
            return timestamp.isEmpty()
                    ? null
                    : LocalDate.ofInstant(Instant.parse(timestamp), ZoneOffset.UTC);
        } catch (DateTimeException e) {
            // STIX knows the leap second, and Java does not: the next property serves as well.
            return null;
        }
    }
}
