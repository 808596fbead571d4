package org.kerege.readers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One event of a log as an observation.
///
/// @param line number in its file, from 1; of STIX content the position of the object, from 0
/// @param time when it happened, of an observation over a span its start; null where the event does not say
/// @param last the end of such a span, else the same as `time`
/// @param count how often it was observed, one or more
/// @param host the machine that reported it, null where unknown
/// @param kind name of the mapping
/// @param objects cyber-observable objects by key; a reference in them is a key
public record Event(
        long line,
        @Nullable Instant time,
        @Nullable Instant last,
        long count,
        @Nullable String host,
        String kind,
        ObjectNode objects) {

    /// An event that happened once.
    Event(
            long line,
            @Nullable Instant time,
            @Nullable String host,
            String kind,
            ObjectNode objects) {
        this(line, time, time, 1, host, kind, objects);
    }
}
