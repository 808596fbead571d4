package org.kerege.node.gate;

import java.util.Map;
import java.util.Optional;

/// The levels of the Traffic Light Protocol from the widest to the narrowest, of its versions 1.0 and 2.0 in one
/// order. Source: FIRST TLP 2.0; STIX 2.1 §7.2.1.4; OASIS extension for TLP 2.0.
public enum Tlp {
    CLEAR,
    GREEN,
    AMBER,
    AMBER_STRICT,
    RED;

    private static final Map<String, Tlp> BY_ID =
            Map.of(
                    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", CLEAR,
                    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", GREEN,
                    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", AMBER,
                    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", RED,
                    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", CLEAR,
                    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", GREEN,
                    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", AMBER,
                    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", AMBER_STRICT,
                    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", RED);

    /// The level that a marking definition of that identifier stands for.
    public static Optional<Tlp> byId(String markingId) {
        return Optional.ofNullable(BY_ID.get(markingId));
    }
}
