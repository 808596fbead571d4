package org.kerege.gate;

import java.time.Instant;

/// Who belongs to the alliance, and when: a settings file, or the acts of a charter. Reading is
/// safe from many threads.
public interface Alliance {

    /// The roster that holds at `at`.
    Roster at(Instant at);

    /// Grows by at least one with every change of what [#at] answers for any instant.
    long epoch();
}
