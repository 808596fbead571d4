package org.kerege.charter.act;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.tlog.VerifierKey;

/// A key with whom it speaks for and when.
///
/// @param member the member that answers for it
/// @param mandate digest of the decision that gave the mandate this key acts under; null for a member's own key
/// @param next SHA-256 of the text of the key that may replace this one, committed in advance; null where none was
/// @param from first instant at which it may sign
/// @param until first instant at which it no longer may; null for open
record Party(
        VerifierKey key,
        String member,
        @Nullable String mandate,
        @Nullable String next,
        Instant from,
        @Nullable Instant until) {

    boolean isValidAt(Instant at) {
        return !at.isBefore(from) && (until == null || at.isBefore(until));
    }

    Party endedAt(Instant at) {
        return new Party(key, member, mandate, next, from, at);
    }
}
