package org.kerege.pattern.enforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.enforce.Target.Kind;

/// Collects indicators and writes them in one format. Each value is written once, in one order, so that equal
/// indicators make equal files. An indicator that cannot be written whole is left out whole and named with the reason.
/// Not for several threads.
public final class Enforcement {

    /// Most values of one export.
    public static final int MOST = 2_000_000;

    private final Writing writing;
    private final Set<Kind> only;
    private final Map<Target, Line> lines = new TreeMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private int indicators;

    /// An indicator that is left out, with the reason, a clause for people.
    public record Refusal(String indicator, String reason) {}

    /// What came of it.
    ///
    /// @param files their texts by name; one, or several that belong together
    /// @param indicators how many were written
    /// @param values how many values
    public record Written(
            Map<String, String> files, int indicators, int values, List<Refusal> refusals) {
        public Written {
            refusals = List.copyOf(refusals);
        }

        /// How many indicators were left out for each reason, in the order of the reasons.
        public Map<String, Integer> reasons() {
            Map<String, Integer> reasons = new TreeMap<>();
            refusals.forEach(one -> reasons.merge(one.reason(), 1, Integer::sum));
            return reasons;
        }
    }

    /// @param only the kinds of values that are wanted; empty for all
    /// @throws IllegalArgumentException when the format cannot be used so
    public Enforcement(Format format, Use use, Set<Kind> only) {
        if (!format.uses().contains(use)) {
            throw new IllegalArgumentException(
                    format.word()
                            + " is not for '"
                            + use.word()
                            + "' but for "
                            + String.join(", ", format.uses().stream().map(Use::word).toList()));
        }
        this.writing = format.writing(use);
        this.only = Set.copyOf(only);
    }

    /// Takes an indicator in, or notes why it is left out.
    ///
    /// @param until null for no end
    public void add(
            String indicator,
            ObservationExpression expression,
            @Nullable Instant from,
            @Nullable Instant until) {
        try {
            List<Target> accepted = new ArrayList<>();
            for (Target target : Targets.of(expression)) {
                if (!only.isEmpty() && !only.contains(target.kind())) {
                    throw new Inexpressible("values of this kind are not asked for");
                }
                accepted.add(writing.accept(target));
            }
            if (lines.size() + accepted.size() > MOST) {
                throw new IllegalArgumentException("an export takes at most " + MOST + " values");
            }
            accepted.forEach(target ->
                    lines.merge(target, new Line(target, indicator, from, until), Line::and));
            indicators++;
        } catch (Inexpressible e) {
            refuse(indicator, e.reason());
        }
    }

    /// Notes an indicator that is left out for another reason.
    public void refuse(String indicator, String reason) {
        refusals.add(new Refusal(indicator, reason));
    }

    /// Writes what was collected.
    public Written write(Instant now) {
        return new Written(
                writing.write(List.copyOf(lines.values()), now),
                indicators,
                lines.size(),
                refusals);
    }
}
