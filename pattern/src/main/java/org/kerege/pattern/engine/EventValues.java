package org.kerege.pattern.engine;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The scalar values of an event's objects as texts that can be looked up: strings in NFC, numbers by their value with
/// a `#` before them. A string that reads as a number is there as both, since `=` compares by the constant's kind.
final class EventValues {

    private EventValues() {}

    static String text(String value) {
        return Normalizer.isNormalized(value, Normalizer.Form.NFC)
                ? value
                : Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    static String number(BigDecimal value) {
        return "#" + value.stripTrailingZeros().toPlainString();
    }

    /// Adds every scalar below `node`.
    static void collect(JsonNode node, Set<String> values) {
        switch (node.getNodeType()) {
            case OBJECT, ARRAY -> node.forEach(inner -> collect(inner, values));
            case STRING -> values.add(text(node.stringValue()));
            case NUMBER -> {
                BigDecimal number = node.decimalValue();
                // A number of a thousand digits written out would be a bomb; no constant equals it
                // either way.
                if (Math.abs((long) number.scale()) < 1_000) {
                    values.add(number(number));
                }
            }
            default -> {
                // Truths and nulls are no values to look up.
            }
        }
    }

    static Set<String> of(JsonNode objects) {
        Set<String> values = new HashSet<>();
        collect(objects, values);
        return values;
    }
}
