package org.kerege.node.exchange.draft;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.marking.Tlp;
import tools.jackson.databind.node.ObjectNode;

/// What all indicators of one draft have in common. The same draft makes the same indicators however often it is
/// sent, so that sending it twice adds nothing.
///
/// @param key tells this draft from others
/// @param at when it was begun: the time at which its indicators are created and valid from
/// @param description what the finds have in common, in the words of whoever drafts; empty for none
/// @param valid for how long, at least a day
/// @param creator identity of the organisation that publishes, null where none is held
public record Draft(
        UUID key,
        Instant at,
        String description,
        String indicatorType,
        Duration valid,
        Tlp marking,
        @Nullable StixId creator) {

    public Draft {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /// The indicator of one find. Source: STIX 2.1 §4.7.
    public StixObject indicator(Observable found) {
        UUID uuid =
                UUID.nameUUIDFromBytes(
                        (key + " " + found.kind() + " " + found.value())
                                .getBytes(StandardCharsets.UTF_8));
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", "indicator");
        json.put("spec_version", "2.1");
        json.put("id", new StixId("indicator", uuid).toString());
        if (creator != null) {
            json.put("created_by_ref", creator.toString());
        }
        json.put("created", timestamp(at));
        json.put("modified", timestamp(at));
        json.putArray("object_marking_refs").add(marking.id().toString());
        json.put("name", found.value());
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        json.putArray("indicator_types").add(indicatorType);
        json.put("pattern", found.pattern());
        json.put("pattern_type", "stix");
        json.put("pattern_version", "2.1");
        json.put("valid_from", timestamp(at));
        json.put("valid_until", timestamp(at.plus(valid)));
        return StixObject.of(json);
    }

    private static String timestamp(Instant instant) {
        return Timestamp.format(instant);
    }
}
