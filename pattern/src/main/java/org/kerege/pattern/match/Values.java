package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.kerege.pattern.ObjectPath;
import tools.jackson.databind.JsonNode;

/// What an object path leads to in an object: none, one, or with `[*]` many values.
final class Values {

    /// A value with what the name of its property says about it.
    ///
    /// @param encoding how the bytes of a binary property are written, `NONE` for any other
    record Found(JsonNode node, Encoding encoding) {}

    enum Encoding {
        NONE,
        BASE64,
        HEX
    }

    private Values() {}

    /// The values at the steps of `path` in `object`; null is no value. A reference that leads nowhere yields
    /// nothing. Source: STIX 2.1 §9.7.
    static List<Found> at(ObjectPath path, JsonNode object, Map<String, JsonNode> byReference) {
        List<JsonNode> current = List.of(object);
        String name = "";
        for (ObjectPath.Step step : path.steps()) {
            List<JsonNode> next = new ArrayList<>(1);
            switch (step) {
                case ObjectPath.Key(String key) -> {
                    name = key;
                    for (JsonNode node : current) {
                        JsonNode value = node.isObject() ? node.get(key) : null;
                        if (value != null && !value.isNull()) {
                            addFollowing(value, key.endsWith("_ref"), byReference, next);
                        }
                    }
                }
                case ObjectPath.Index(long position) -> {
                    for (JsonNode node : current) {
                        JsonNode value =
                                node.isArray() && position < node.size()
                                        ? node.get((int) position)
                                        : null;
                        if (value != null && !value.isNull()) {
                            addFollowing(value, name.endsWith("_refs"), byReference, next);
                        }
                    }
                }
                case ObjectPath.AnyIndex() -> {
                    for (JsonNode node : current) {
                        if (node.isArray()) {
                            for (JsonNode value : node) {
                                if (!value.isNull()) {
                                    addFollowing(value, name.endsWith("_refs"), byReference, next);
                                }
                            }
                        }
                    }
                }
            }
            if (next.isEmpty()) {
                return List.of();
            }
            current = next;
        }
        Encoding encoding =
                name.endsWith("_bin")
                        ? Encoding.BASE64
                        : name.endsWith("_hex") ? Encoding.HEX : Encoding.NONE;
        return current.stream().map(node -> new Found(node, encoding)).toList();
    }

    private static void addFollowing(
            JsonNode value,
            boolean reference,
            Map<String, JsonNode> byReference,
            List<JsonNode> into) {
        if (reference && value.isString()) {
            JsonNode target = byReference.get(value.stringValue());
            if (target != null) {
                into.add(target);
            }
        } else {
            into.add(value);
        }
    }

    /// The bytes of a binary property as characters up to U+00FF, or nothing where they are malformed.
    static List<String> decoded(String text, Encoding encoding) {
        try {
            byte[] bytes =
                    encoding == Encoding.BASE64
                            ? Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""))
                            : HexFormat.of().parseHex(text);
            return List.of(latin1(bytes));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    static String latin1(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /// Whether every character stands for one byte.
    static boolean isBytes(String text) {
        return text.chars().allMatch(c -> c <= 0xff);
    }
}
