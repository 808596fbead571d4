package org.kerege.charter.rotation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change with the instant at which it was decided: before, nobody could know it, and it moves nothing.
///
/// @param at [Instant#MIN] when the decision is part of the pack from its beginning
/// @param reference the decision's own number or title
public record Decided(Instant at, @Nullable String reference, Change change) {}
