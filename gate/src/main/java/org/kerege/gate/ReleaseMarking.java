package org.kerege.gate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Kerege's own marking, for what no published one can say: release lists, originator control, embargo,
/// expiry and allowed purposes. It is a property extension of a marking-definition, so that a foreign tool
/// keeps and relays it:
///
/// ```
/// "extensions": {"extension-definition--9f0a…": {"extension_type": "property-extension",
///     "releasable_to": ["tier:member", "person:identity--…"], "originator_control": true,
///     "embargo_until": "2025-01-01T00:00:00.000Z", "expires_at": "…", "purposes": ["defence"]}}
/// ```
///
/// Every property is optional; `releasable_to` and `purposes` that are there and empty mean nobody and nothing.
public final class ReleaseMarking {

    /// Identifier of the extension-definition.
    public static final String EXTENSION =
            "extension-definition--9f0a4d7e-6b1c-5d2f-8a35-0c7e4b91d263";

    static final Set<String> PROPERTIES =
            Set.of(
                    "extension_type",
                    "releasable_to",
                    "originator_control",
                    "embargo_until",
                    "expires_at",
                    "purposes");

    private ReleaseMarking() {}

    /// A marking-definition that says what the arguments say.
    ///
    /// @param releasableTo null where no list limits; empty is nobody
    /// @param purposes null for any
    public static StixObject write(
            StixId id,
            Instant created,
            @Nullable Collection<? extends Party> releasableTo,
            boolean originatorControl,
            Window window,
            @Nullable Collection<Purpose> purposes) {
        ObjectNode extension = Json.mapper().createObjectNode();
        extension.put("extension_type", "property-extension");
        if (releasableTo != null) {
            texts(extension.putArray("releasable_to"), List.copyOf(releasableTo));
        }
        if (originatorControl) {
            extension.put("originator_control", true);
        }
        Instant opens = window.opens();
        if (opens != null) {
            extension.put("embargo_until", Timestamp.format(opens));
        }
        Instant closes = window.closes();
        if (closes != null) {
            extension.put("expires_at", Timestamp.format(closes));
        }
        if (purposes != null) {
            texts(extension.putArray("purposes"), List.copyOf(purposes));
        }
        ObjectNode marking = Json.mapper().createObjectNode();
        marking.put("type", "marking-definition");
        marking.put("spec_version", "2.1");
        marking.put("id", id.toString());
        marking.put("created", Timestamp.format(created));
        marking.putObject("extensions").set(EXTENSION, extension);
        return StixObject.of(marking);
    }

    private static void texts(ArrayNode array, List<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }
}
