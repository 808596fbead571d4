package org.kerege.readers;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gathers observed-data and what it refers to; bounded by the size of the document.
final class StixLog {

    private final LogReader.Listener listener;
    private final Map<String, JsonNode> byId = new HashMap<>();
    private final List<ObservedAt> observed = new ArrayList<>();

    private record ObservedAt(int index, ObjectNode json) {}

    StixLog(LogReader.Listener listener) {
        this.listener = listener;
    }

    void read(InputStream in) throws IOException {
        try {
            BundleReader.read(in, this::take);
        } catch (MalformedStix e) {
            listener.unread(0, String.valueOf(e.getMessage()));
        }
        observed.forEach(this::tell);
    }

    private void take(BundleReader.Item item) {
        switch (item) {
            case BundleReader.Item.Refused(int index, MalformedStix why) ->
                    listener.unread(index, String.valueOf(why.getMessage()));
            case BundleReader.Item.Read(int index, var object) -> {
                byId.put(object.id().toString(), object.json());
                if (object.type().equals("observed-data")) {
                    observed.add(new ObservedAt(index, object.json()));
                }
            }
        }
    }

    private void tell(ObservedAt one) {
        ObjectNode objects = Json.mapper().createObjectNode();
        if (one.json().path("objects") instanceof ObjectNode container) {
            objects.setAll(container);
        }
        for (JsonNode reference : one.json().path("object_refs")) {
            JsonNode held = byId.get(reference.asString(""));
            if (held != null) {
                objects.set(reference.asString(""), held);
            }
        }
        Instant time = EventTime.read(one.json().get("first_observed"));
        Instant last = EventTime.read(one.json().get("last_observed"));
        JsonNode count = one.json().path("number_observed");
        listener.event(
                new Event(
                        one.index(),
                        time,
                        last == null || (time != null && last.isBefore(time)) ? time : last,
                        count.canConvertToLong() ? Math.max(1, count.longValue()) : 1,
                        null,
                        "stix",
                        objects));
    }
}
