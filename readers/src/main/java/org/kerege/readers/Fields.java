package org.kerege.readers;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds a field of an event by a name with dots: the literal name first, since some logs have dots in their names,
/// then step by step into nested objects and lists. Alternatives are joined by `|`; the first that is there counts.
final class Fields {

    private Fields() {}

    static @Nullable JsonNode find(JsonNode event, String[] alternatives) {
        for (String name : alternatives) {
            JsonNode value = find(event, name);
            if (value != null && !value.isNull()) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable JsonNode find(JsonNode event, String name) {
        JsonNode literal = event.get(name);
        if (literal != null) {
            return literal;
        }
        int dot = name.indexOf('.');
        if (dot < 0) {
            return null;
        }
        String head = name.substring(0, dot);
        JsonNode inner =
                event.isArray() && !head.isEmpty() && Character.isDigit(head.charAt(0))
                        ? event.get(Integer.parseInt(head))
                        : event.get(head);
        return inner == null ? null : find(inner, name.substring(dot + 1));
    }
}
