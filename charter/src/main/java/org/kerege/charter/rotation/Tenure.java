package org.kerege.charter.rotation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who holds the chair for a stretch of time, the end excluded. Tenures of a rotation touch and never overlap.
///
/// @param member null for a vacancy, which is stated as one
/// @param from [Instant#MIN] before the first term
/// @param until null when no end is known
public record Tenure(@Nullable String member, Instant from, @Nullable Instant until, Basis basis) {

    /// By what right, or why nobody.
    public enum Basis {
        /// The member's own turn.
        TURN,
        /// For another, for a time.
        INTERIM,
        /// The rest of another's term.
        REPLACEMENT,
        /// Nobody: the rotation has not begun.
        NOT_BEGUN,
        /// Nobody: no member may take the turn, or none was chosen.
        NOBODY_ENTITLED,
        /// Nobody: a decision says so.
        DECLARED_VACANT,
        /// Nobody: the holder gave the chair up.
        RESIGNED,
        /// Nobody: the holder is suspended or has left.
        HOLDER_EXCLUDED
    }

    public boolean isVacant() {
        return member == null;
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && (until == null || at.isBefore(until));
    }

    Tenure within(Instant newFrom, @Nullable Instant newUntil) {
        return new Tenure(member, newFrom, newUntil, basis);
    }
}
