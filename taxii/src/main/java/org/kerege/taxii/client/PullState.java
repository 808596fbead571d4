package org.kerege.taxii.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.taxii.MalformedTaxii;
import org.kerege.taxii.TaxiiTimestamp;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a pull stands between two pages: all that is needed to go on in another process. Kept by the caller,
/// together with what was pulled.
///
/// @param source collection and filters that it belongs to, null before the first page
/// @param since `added_after` of the page to come, null from the collection's beginning
/// @param next cursor of the page to come, null where the page is asked for by time
/// @param reached newest time of adding that was seen, null when the server has told none
/// @param pages pages kept so far, counted over all walks
/// @param recent digests of the versions that stand at `reached` and may be sent again, oldest first
public record PullState(
        @Nullable String source,
        @Nullable Instant since,
        @Nullable String next,
        @Nullable Instant reached,
        long pages,
        List<String> recent) {

    /// Most digests kept. A server that gives more versions than this one time of adding may send some again.
    public static final int MAX_RECENT = 100_000;

    public static final PullState START = new PullState(null, null, null, null, 0, List.of());

    public PullState {
        recent =
                recent.size() <= MAX_RECENT
                        ? List.copyOf(recent)
                        : List.copyOf(recent.subList(recent.size() - MAX_RECENT, recent.size()));
    }

    /// Writes it as one JSON object.
    public byte[] write() {
        ObjectNode json = Json.mapper().createObjectNode();
        if (source != null) {
            json.put("source", source);
        }
        if (since != null) {
            json.put("since", TaxiiTimestamp.format(since));
        }
        if (next != null) {
            json.put("next", next);
        }
        if (reached != null) {
            json.put("reached", TaxiiTimestamp.format(reached));
        }
        json.put("pages", pages);
        recent.forEach(json.putArray("recent")::add);
        return Json.mapper().writeValueAsBytes(json);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws MalformedStix when it is something else
    public static PullState read(byte[] text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            List<String> recent = new ArrayList<>();
            for (JsonNode one : json.required("recent")) {
                recent.add(one.asString());
            }
            return new PullState(
                    text(json, "source"),
                    instant(json, "since"),
                    text(json, "next"),
                    instant(json, "reached"),
                    json.required("pages").asLong(),
                    recent);
        } catch (JacksonException | MalformedTaxii | IllegalArgumentException e) {
            throw new MalformedStix("", "is the state of a pull", "unreadable state of a pull");
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asString() : null;
    }

    private static @Nullable Instant instant(JsonNode json, String name) {
        return json.hasNonNull(name)
                ? TaxiiTimestamp.parse(name, json.path(name).asString())
                : null;
    }
}
