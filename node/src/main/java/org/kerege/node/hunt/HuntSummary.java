package org.kerege.node.hunt;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The matches of a hunt by indicator, host and hour: a table and, for each line of it, how many there were over time.
final class HuntSummary {

    private static final String BARS = " ▁▂▃▄▅▆▇█";

    /// Signs of a plot at most; where there are more hours, several share a sign.
    private static final int PLOT_WIDTH = 48;

    private record Place(String indicator, String host) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = indicator.compareTo(other.indicator);
            return order != 0 ? order : host.compareTo(other.host);
        }
    }

    private static final class Count {
        private final TreeMap<Instant, Integer> byHour = new TreeMap<>();
        private int all;
    }

    private final Map<Place, Count> counts = new TreeMap<>();

    void add(Match match) {
        Count count =
                counts.computeIfAbsent(
                        new Place(
                                match.indicator().id(),
                                match.host() == null ? "unknown host" : match.host()),
                        _ -> new Count());
        count.all++;
        if (match.time() != null) {
            count.byHour.merge(match.time().truncatedTo(ChronoUnit.HOURS), 1, Integer::sum);
        }
    }

    void print(PrintWriter out) {
        if (counts.isEmpty()) {
            out.println("No matches.");
            return;
        }
        out.println(
                "%-47s %-24s %8s  %-20s %6s"
                        .formatted("indicator", "host", "matches", "hour (UTC)", "in it"));
        counts.forEach((place, count) -> {
            String hour = "";
            String first = place.indicator();
            String host = place.host();
            String all = Integer.toString(count.all);
            if (count.byHour.isEmpty()) {
                line(out, first, host, all, "time unknown", count.all);
            }
            for (Map.Entry<Instant, Integer> entry : count.byHour.entrySet()) {
                hour = entry.getKey().toString();
                line(out, first, host, all, hour, entry.getValue());
                first = "";
                host = "";
                all = "";
            }
            if (!count.byHour.isEmpty()) {
                out.println("    " + plot(count.byHour));
            }
        });
    }

    private static void line(
            PrintWriter out, String indicator, String host, String all, String hour, int count) {
        out.println("%-47s %-24s %8s  %-20s %6d".formatted(indicator, host, all, hour, count));
    }

    /// From the first hour to the last, empty hours included.
    private static String plot(SortedMap<Instant, Integer> byHour) {
        Instant from = byHour.firstKey();
        long hours = Duration.between(from, byHour.lastKey()).toHours() + 1;
        int width = (int) Math.min(PLOT_WIDTH, hours);
        int[] sums = new int[width];
        byHour.forEach((hour, count) ->
                sums[(int) (Duration.between(from, hour).toHours() * width / hours)] += count);
        int most = 1;
        for (int sum : sums) {
            most = Math.max(most, sum);
        }
        StringBuilder plot = new StringBuilder();
        for (int sum : sums) {
            int height = sum == 0 ? 0 : Math.max(1, sum * (BARS.length() - 1) / most);
            plot.append(BARS.charAt(height));
        }
        return "%s │%s│ %s".formatted(from, plot, byHour.lastKey());
    }
}
