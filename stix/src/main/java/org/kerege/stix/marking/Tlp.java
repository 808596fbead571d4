package org.kerege.stix.marking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ObjectNode;

/// The marking definitions of the Traffic Light Protocol, in both of its versions: objects whose identifier and
/// content are fixed by the standard. Source: STIX 2.1 §7.2.1.4 for version 1.0, OASIS
/// `extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d` for version 2.0.
public enum Tlp {
    WHITE_1(1, "white", Level.CLEAR, "613f2e26-407d-48c7-9eca-b8e91df99dc9"),
    GREEN_1(1, "green", Level.GREEN, "34098fce-860f-48ae-8e50-ebd3cc5e41da"),
    AMBER_1(1, "amber", Level.AMBER, "f88d31f6-486f-44da-b317-01333bde0b82"),
    RED_1(1, "red", Level.RED, "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
    CLEAR_2(2, "clear", Level.CLEAR, "94868c89-83c2-464b-929b-a1a8aa3c8487"),
    GREEN_2(2, "green", Level.GREEN, "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    AMBER_2(2, "amber", Level.AMBER, "55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    AMBER_STRICT_2(2, "amber+strict", Level.AMBER_STRICT, "939a9414-2ddd-4d32-a0cd-375ea402b003"),
    RED_2(2, "red", Level.RED, "e828b379-4e03-4974-9ac4-e53a884c97c1");

    /// Extension that carries the levels of version 2.0.
    public static final String EXTENSION =
            "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    private static final Map<StixId, Tlp> BY_ID =
            Arrays.stream(values()).collect(Collectors.toMap(Tlp::id, Function.identity()));

    private final String value;
    private final Level level;
    private final String uuid;
    private final int version;

    Tlp(int version, String value, Level level, String uuid) {
        this.version = version;
        this.value = value;
        this.level = level;
        this.uuid = uuid;
    }

    /// How far something may travel, farthest first. The two versions share one order: WHITE is CLEAR.
    /// Source: FIRST TLP 2.0.
    public enum Level {
        CLEAR,
        GREEN,
        AMBER,
        AMBER_STRICT,
        RED;

        /// The stricter of two: what holds where both are said.
        public Level and(Level other) {
            return compareTo(other) >= 0 ? this : other;
        }

        /// As people write it, `TLP:AMBER+STRICT`.
        public String label() {
            return "TLP:" + name().replace('_', '+');
        }
    }

    /// The marking with this identifier; null when it is none of these.
    public static @Nullable Tlp of(StixId marking) {
        return BY_ID.get(marking);
    }

    /// Version of the protocol, 1 or 2.
    public int version() {
        return version;
    }

    public StixId id() {
        return StixId.parse("marking-definition--" + uuid);
    }

    public Level level() {
        return level;
    }

    /// The marking of TLP 2.0 with a label such as `TLP:AMBER+STRICT`, in capitals or not.
    public static Optional<Tlp> labelled(String label) {
        return Arrays.stream(values())
                .filter(one -> one.version == 2 && one.level.label().equalsIgnoreCase(label))
                .findFirst();
    }

    /// The marking definition itself.
    public StixObject definition() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", "marking-definition");
        json.put("spec_version", "2.1");
        json.put("id", id().toString());
        String name = "TLP:" + value.toUpperCase(Locale.ROOT);
        if (version == 1) {
            json.put("created", "2017-01-20T00:00:00.000Z");
            json.put("definition_type", "tlp");
            json.put("name", name);
            json.putObject("definition").put("tlp", value);
        } else {
            json.put("created", "2022-10-01T00:00:00.000Z");
            json.put("name", name);
            json.putObject("extensions")
                    .putObject(EXTENSION)
                    .put("extension_type", "property-extension")
                    .put("tlp_2_0", value);
        }
        return StixObject.of(json);
    }
}
