package org.kerege.gate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// Markings that everyone knows by identifier: TLP 1.0 (STIX 2.1 §7.2.1.4), and TLP 2.0 and PAP as published by
/// OASIS with the extension-definitions named here. They need not be held to be understood.
final class KnownMarkings {

    static final String TLP_2_EXTENSION = org.kerege.stix.marking.Tlp.EXTENSION;
    static final String PAP_EXTENSION =
            "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
    static final String IEP_2_EXTENSION =
            "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a";

    private static final Map<StixId, Label> LABELS = new HashMap<>();

    static {
        for (org.kerege.stix.marking.Tlp marking : org.kerege.stix.marking.Tlp.values()) {
            LABELS.put(marking.id(), Label.of(Tlp.of(marking.level())));
        }
        for (Pap pap : Pap.values()) {
            LABELS.put(pap.marking(), Label.of(pap));
        }
        know("a3bea94c-b469-41dc-9cfe-d6e7daba7730", Label.of(Pap.CLEAR));
    }

    private KnownMarkings() {}

    /// What the marking of this identifier says; null when it is none of these.
    static @Nullable Label label(StixId marking) {
        return LABELS.get(marking);
    }

    /// Identifiers of all of them.
    static Set<StixId> ids() {
        return Set.copyOf(LABELS.keySet());
    }

    private static void know(String uuid, Label label) {
        LABELS.put(new StixId("marking-definition", UUID.fromString(uuid)), label);
    }
}
