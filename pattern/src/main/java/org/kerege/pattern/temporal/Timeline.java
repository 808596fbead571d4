package org.kerege.pattern.temporal;

/// Observations by number, with the interval of each and how often it was observed. Times are [Ticks].
public interface Timeline {

    long earliest(int item);

    /// At or after [#earliest(int)].
    long latest(int item);

    /// One or more.
    long count(int item);
}
