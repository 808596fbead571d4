package org.kerege.tlog;

import java.time.Instant;
import java.util.Map;

/// A checkpoint that a policy accepts.
///
/// @param cosigned time of cosigning of each of the policy's witnesses that stands by it, by the witness's name there
/// @param since when the quorum was complete: the earliest time at which those who had signed by then were enough
public record Witnessed(Checkpoint checkpoint, Map<String, Instant> cosigned, Instant since) {

    public Witnessed {
        cosigned = Map.copyOf(cosigned);
    }
}
