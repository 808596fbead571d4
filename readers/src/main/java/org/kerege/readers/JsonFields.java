package org.kerege.readers;

import org.jspecify.annotations.Nullable;
import org.kerege.readers.FieldValues.Kind;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/// Notes where the wanted fields of a JSON object stand. The parser goes over every token, so that what is not JSON is
/// found out, and decodes none. Where a name stands twice the last one counts.
final class JsonFields {

    private final FieldValues values;
    private int base;

    JsonFields(FieldValues values) {
        this.values = values;
    }

    /// Reads the object at whose start a parser stands, to its end.
    ///
    /// @param base where in the bytes of `values` the parser began
    /// @throws tools.jackson.core.JacksonException when it is no JSON
    void read(JsonParser parser, int base) {
        this.base = base;
        object(parser, values.tree().root());
    }

    private void object(JsonParser parser, FieldTree.Level level) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int index = level.indexOf(name);
            if (index >= 0) {
                value(parser, level, index);
            } else {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                }
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new StreamReadException(parser, "an object that does not end");
        }
    }

    private void value(JsonParser parser, FieldTree.Level level, int name) {
        JsonToken token = parser.nextToken();
        int slot = level.slot()[name];
        FieldTree.@Nullable Level inner = level.inner()[name];
        if (inner != null) {
            values.forget(inner.firstSlot(), inner.endSlot());
        }
        if (token == JsonToken.START_OBJECT && inner != null) {
            if (slot >= 0) {
                values.set(slot, Kind.OBJECT, at(parser), 0);
            }
            object(parser, inner);
            if (slot >= 0) {
                values.set(slot, Kind.OBJECT, values.from(slot), at(parser) + 1);
            }
            return;
        }
        if (slot < 0) {
            parser.skipChildren();
            return;
        }
        int from = at(parser);
        switch (token) {
            case VALUE_STRING -> values.set(slot, Kind.STRING, from + 1, 0);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                values.set(slot, Kind.NUMBER, from, numberEnd(from));
                if (token == JsonToken.VALUE_NUMBER_FLOAT && hasExponent(slot)) {
                    // A number beyond all bounds makes the line unreadable whoever asks for it.
                    values.node(slot);
                }
            }
            case VALUE_TRUE -> values.set(slot, Kind.TRUE, from, from);
            case VALUE_FALSE -> values.set(slot, Kind.FALSE, from, from);
            case VALUE_NULL -> values.set(slot, Kind.NULL, from, from);
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                values.set(
                        slot,
                        token == JsonToken.START_OBJECT ? Kind.OBJECT : Kind.ARRAY,
                        from,
                        at(parser) + 1);
            }
            case null, default -> throw new StreamReadException(parser, "no value");
        }
    }

    private int at(JsonParser parser) {
        return base + (int) parser.currentTokenLocation().getByteOffset();
    }

    private int numberEnd(int from) {
        byte[] bytes = values.bytes();
        int end = from;
        while (end < bytes.length && isPartOfNumber(bytes[end])) {
            end++;
        }
        return end;
    }

    private boolean hasExponent(int slot) {
        for (int i = values.from(slot); i < values.to(slot); i++) {
            if ((values.bytes()[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }
}
