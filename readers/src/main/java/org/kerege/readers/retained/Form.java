package org.kerege.readers.retained;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerege.readers.Event;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// What events of one form have in common: kind, names of their objects and properties, and how these nest. What is left
/// of each are the values, in the order of the text.
///
/// @param text the event's objects as JSON with the number of a column for each value; the number alone where an event
///     of a rare form is kept as one value
/// @param hasTime whether such events say when they happened
/// @param isSpan whether they say an end that differs
/// @param hasHost whether they say the host
record Form(String kind, boolean hasTime, boolean isSpan, boolean hasHost, String text) {

    /// Name of the values that are whole events.
    static final String WHOLE = "#whole";

    /// Name of the values that are hosts.
    static final String HOST = "#host";

    /// Name of the values that are sources.
    static final String SOURCE = "#source";

    private static final int MOST_COLUMNS = 500;

    /// One value of an event.
    record Leaf(String property, Value value) {}

    /// An event taken apart.
    record Taken(Form form, List<Leaf> leaves) {}

    static Taken take(Event event) {
        List<Leaf> leaves = new ArrayList<>(32);
        StringBuilder text = new StringBuilder(256);
        write(event.objects(), WHOLE, text, leaves);
        return leaves.size() > MOST_COLUMNS ? whole(event) : new Taken(of(event, text), leaves);
    }

    /// An event kept as one value.
    static Taken whole(Event event) {
        return new Taken(
                of(event, "0"),
                List.of(new Leaf(WHOLE, new Value.Other(event.objects().toString()))));
    }

    private static Form of(Event event, CharSequence text) {
        return new Form(
                event.kind(),
                event.time() != null,
                event.time() != null && event.last() != null && !event.last().equals(event.time()),
                event.host() != null,
                text.toString());
    }

    boolean isWhole() {
        return text.equals("0");
    }

    private static void write(
            JsonNode node, String property, StringBuilder text, List<Leaf> leaves) {
        if (node.isObject()) {
            text.append('{');
            boolean more = false;
            for (Map.Entry<String, JsonNode> inner : node.properties()) {
                text.append(more ? "," : "").append(quoted(inner.getKey())).append(':');
                write(inner.getValue(), inner.getKey(), text, leaves);
                more = true;
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            for (int i = 0; i < node.size(); i++) {
                text.append(i > 0 ? "," : "");
                write(node.get(i), property, text, leaves);
            }
            text.append(']');
        } else {
            text.append(leaves.size());
            // Beyond the bound nothing is kept this way; what follows only counts.
            leaves.add(new Leaf(property, Value.of(node)));
        }
    }

    private static String quoted(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return Json.mapper().writeValueAsString(name);
            }
        }
        return '"' + name + '"';
    }
}
