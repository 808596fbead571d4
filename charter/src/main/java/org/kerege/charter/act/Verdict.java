package org.kerege.charter.act;

import java.time.Instant;

/// What became of an act in the replay.
public sealed interface Verdict {

    /// It took effect.
    record InForce(Instant at) implements Verdict {}

    /// Its kind is not known here: kept, shown, without effect.
    record UnknownKind(Instant at) implements Verdict {}

    /// No witnessed checkpoint contains it yet.
    record Pending() implements Verdict {}

    /// Something that it builds on is not here.
    record Waiting(String why) implements Verdict {}

    /// It has no effect and will have none.
    record Refused(Instant at, Reason reason, String why) implements Verdict {}

    /// Why an act is refused.
    enum Reason {
        OTHER_ALLIANCE,
        UNKNOWN_KEY,
        EXPIRED_KEY,
        WRONG_SIGNATURE,
        BROKEN_CHAIN,
        DUPLICATE_NUMBER,
        KEY_FROZEN,
        NOT_ENTITLED,
        MALFORMED
    }
}
