package org.kerege.gate;

import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// Who asks: an organisation, and a person of it where one is known. TLP:RED looks at the person, everything
/// else at the organisation.
///
/// @param organisation null for somebody unknown
/// @param person null for a machine or an unknown person
public record Recipient(@Nullable StixId organisation, @Nullable StixId person) {

    /// Somebody of whom nothing is known.
    public static final Recipient ANYONE = new Recipient(null, null);

    public Recipient {
        if (organisation == null && person != null) {
            throw new IllegalArgumentException("a person belongs to an organisation");
        }
    }

    public static Recipient organisation(StixId organisation) {
        return new Recipient(organisation, null);
    }

    @Override
    public String toString() {
        if (organisation == null) {
            return "anyone";
        }
        return person == null ? organisation.toString() : person + " of " + organisation;
    }
}
