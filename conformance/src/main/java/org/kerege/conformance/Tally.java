package org.kerege.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of the cases of one file. Not for use by several threads at once.
public final class Tally {

    /// A case that did not do as expected, and why.
    public record Failure(String id, String reason) {}

    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    private int passed;

    public void passed() {
        passed++;
    }

    public void failed(String id, String reason) {
        failures.add(new Failure(id, reason));
    }

    /// Counts a case that is left out of the score.
    ///
    /// @param kind why, the same word for all cases of one kind, such as `ambiguous`
    public void skipped(String kind) {
        skipped.merge(kind, 1, Integer::sum);
    }

    /// Counts a case as passed when `expected` equals `actual`, as failed otherwise.
    public void expect(String id, Object expected, Object actual) {
        if (expected.equals(actual)) {
            passed();
        } else {
            failed(id, "expected " + expected + ", was " + actual);
        }
    }

    public int passedCount() {
        return passed;
    }

    public List<Failure> failures() {
        return Collections.unmodifiableList(failures);
    }

    /// Number of cases left out, by kind.
    public Map<String, Integer> skippedByKind() {
        return Collections.unmodifiableMap(skipped);
    }

    public int skippedCount() {
        return skipped.values().stream().mapToInt(Integer::intValue).sum();
    }
}
