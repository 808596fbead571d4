package org.kerege.pattern.temporal;

/// Work that a search may still do. Not for several threads at once.
final class Allowance {

    private final long steps;
    private long left;

    Allowance(long steps) {
        this.steps = steps;
        this.left = steps;
    }

    /// @throws SearchExhausted when nothing is left
    void spend(long more) {
        left -= more;
        if (left < 0) {
            throw new SearchExhausted(
                    "the search for observations took more than %,d steps".formatted(steps));
        }
    }
}
