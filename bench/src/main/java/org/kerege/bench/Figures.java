package org.kerege.bench;

import java.util.List;
import java.util.Locale;

/// Prints what was measured, a figure a line: what, the value, its unit and the goal.
final class Figures {

    private Figures() {}

    static void say(String what, double figure, String unit, String goal) {
        System.out.printf(Locale.ROOT, "%-52s %12.2f %-10s %s%n", what, figure, unit, goal);
        System.out.flush();
    }

    static void say(String what, double figure, String unit) {
        say(what, figure, unit, "");
    }

    static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    static double median(List<Double> values) {
        return percentile(values, 0.5);
    }

    /// The value that `part` of all do not exceed.
    static double percentile(List<Double> values, double part) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
