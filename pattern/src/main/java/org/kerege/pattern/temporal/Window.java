package org.kerege.pattern.temporal;

/// So many different observations out of those that can be between two times, both included.
record Window(Occurrences occurrences, long number, long start, long end) {

    /// How many there are; too high where an observation is listed twice.
    long supply() {
        return occurrences.countIn(start, end);
    }
}
