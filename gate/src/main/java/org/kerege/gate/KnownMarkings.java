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

    static final String TLP_2_EXTENSION =
            "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
    static final String PAP_EXTENSION =
            "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
    static final String IEP_2_EXTENSION =
            "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a";

    private static final Map<StixId, Label> LABELS = new HashMap<>();

    static {
        know("613f2e26-407d-48c7-9eca-b8e91df99dc9", Label.of(Tlp.CLEAR));
        know("34098fce-860f-48ae-8e50-ebd3cc5e41da", Label.of(Tlp.GREEN));
        know("f88d31f6-486f-44da-b317-01333bde0b82", Label.of(Tlp.AMBER));
        know("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Label.of(Tlp.RED));
        know("94868c89-83c2-464b-929b-a1a8aa3c8487", Label.of(Tlp.CLEAR));
        know("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Label.of(Tlp.GREEN));
        know("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Label.of(Tlp.AMBER));
        know("939a9414-2ddd-4d32-a0cd-375ea402b003", Label.of(Tlp.AMBER_STRICT));
        know("e828b379-4e03-4974-9ac4-e53a884c97c1", Label.of(Tlp.RED));
        know("a3bea94c-b469-41dc-9cfe-d6e7daba7730", Label.of(Pap.CLEAR));
        know("ad15a0cd-55b6-4588-a14c-a66105329b92", Label.of(Pap.CLEAR));
        know("c43594d1-4b11-4c59-93ab-1c9b14d53ce9", Label.of(Pap.GREEN));
        know("60f8932b-e51e-4458-b265-a2e8be9a80ab", Label.of(Pap.AMBER));
        know("740d36e5-7714-4c30-961a-3ae632ceee0e", Label.of(Pap.RED));
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
