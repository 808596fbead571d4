package org.kerege.charter.act;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An act with its time: the first checkpoint cosigned by the witness quorum that contains it.
///
/// @param witnessed null while it is pending
public record TimedAct(Act act, @Nullable Instant witnessed) {}
