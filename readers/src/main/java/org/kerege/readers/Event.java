package org.kerege.readers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One event of a log as an observation.
///
/// @param line number in its file, from 1; of STIX content the position of the object, from 0
/// @param time when it happened; null where the event does not say
/// @param host the machine that reported it, null where unknown
/// @param kind name of the mapping
/// @param objects cyber-observable objects by key; a reference in them is a key
public record Event(
        long line,
        @Nullable Instant time,
        @Nullable String host,
        String kind,
        ObjectNode objects) {}
