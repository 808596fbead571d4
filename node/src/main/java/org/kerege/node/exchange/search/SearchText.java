package org.kerege.node.exchange.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The text of an object by which it is found: its identifier, names, descriptions, pattern and values.
final class SearchText {

    /// What the store can index of one object whatever its script, in characters.
    private static final int LONGEST = 50_000;

    private static final List<String> PROPERTIES =
            List.of(
                    "name",
                    "value",
                    "pattern",
                    "aliases",
                    "labels",
                    "path",
                    "abstract",
                    "description",
                    "content",
                    "explanation",
                    "opinion",
                    "relationship_type",
                    "account_login",
                    "hashes",
                    "external_references");

    private SearchText() {}

    /// All of it.
    static String whole(JsonNode object) {
        return text(object, Set.of());
    }

    /// Whether parts of the object carry markings of their own.
    static boolean marksParts(JsonNode object) {
        return !object.path("granular_markings").isEmpty();
    }

    /// Only of properties no part of which carries a marking of its own: whoever may not have such a part must not
    /// find the object by it.
    static String open(JsonNode object) {
        Set<String> marked = new HashSet<>();
        for (JsonNode marking : object.path("granular_markings")) {
            for (JsonNode selector : marking.path("selectors")) {
                String path = selector.asString("");
                int dot = path.indexOf('.');
                marked.add(dot < 0 ? path : path.substring(0, dot));
            }
        }
        return text(object, marked);
    }

    private static String text(JsonNode object, Set<String> without) {
        StringBuilder text = new StringBuilder(object.path("id").asString(""));
        for (String property : PROPERTIES) {
            if (!without.contains(property)) {
                append(text, object.path(property));
            }
        }
        // The store takes no zero characters.
        return text.toString().replace('\0', ' ');
    }

    private static void append(StringBuilder text, JsonNode node) {
        if (text.length() >= LONGEST) {
            return;
        }
        if (node.isString()) {
            String value = node.asString();
            int room = LONGEST - text.length() - 1;
            text.append('\n').append(value, 0, Math.min(value.length(), Math.max(0, room)));
        } else if (node.isArray() || node.isObject()) {
            Stream<JsonNode> members = node.valueStream();
            members.forEach(member -> append(text, member));
        }
    }
}
