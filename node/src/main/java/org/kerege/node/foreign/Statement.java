package org.kerege.node.foreign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixObject;

/// What a source says of one sign.
///
/// @param key what tells this source's statements about one value apart; empty where there is one alone
/// @param alarming whether it is an indicator, and not merely something observed
/// @param created when the source first said so; never later than `modified`
/// @param validUntil null for no end
/// @param description in the source's words; empty for none
record Statement(
        StixObject source,
        String key,
        Sign sign,
        boolean alarming,
        Marks marks,
        Instant created,
        Instant modified,
        Instant validFrom,
        @Nullable Instant validUntil,
        String description) {

    /// @throws Unconvertible when it ends before it begins
    void check() throws Unconvertible {
        if (validUntil != null && !validUntil.isAfter(validFrom)) {
            throw new Unconvertible("it ends before it begins");
        }
    }

    Statement with(Marks stricter) {
        return new Statement(
                source,
                key,
                sign,
                alarming,
                stricter,
                created,
                modified,
                validFrom,
                validUntil,
                description);
    }
}
