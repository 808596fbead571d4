package org.kerege.readers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The wanted fields of one event where they stand in its line, decoded only when asked for. Used again for the next
/// event; for one thread.
final class FieldValues {

    /// What stands in a slot.
    enum Kind {
        ABSENT,
        NULL,
        TRUE,
        FALSE,
        NUMBER,
        /// Between the quotes, with JSON's escapes.
        STRING,
        /// As it stands, in UTF-8.
        RAW,
        /// Elements joined by commas, as Zeek's tables write sets.
        JOINED,
        /// A text that does not stand in the line, or not as one piece.
        GIVEN,
        ARRAY,
        OBJECT
    }

    /// How events are read: as they are written, without [Json]'s search for names that stand twice.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Json.MAX_DEPTH)
                                    .maxStringLength(Json.MAX_STRING)
                                    .maxNumberLength(1_000)
                                    .maxNameLength(10_000)
                                    .build())
                    .build();

    private static final JsonMapper TREES =
            JsonMapper.builder(FACTORY)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final FieldTree tree;
    private final Kind[] kind;
    private final int[] from;
    private final int[] to;
    private final int[] present;
    private final @Nullable String[] given;
    private int presentCount;
    private byte[] bytes = {};
    private char[] text = new char[1 << 10];

    FieldValues(FieldTree tree) {
        this.tree = tree;
        this.kind = new Kind[tree.size()];
        this.from = new int[tree.size()];
        this.to = new int[tree.size()];
        this.present = new int[tree.size()];
        this.given = new String[tree.size()];
        Arrays.fill(kind, Kind.ABSENT);
    }

    /// A parser of the bytes between two places; their places count from the first.
    static JsonParser parser(byte[] bytes, int from, int to) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from);
    }

    FieldTree tree() {
        return tree;
    }

    /// Forgets the last event.
    ///
    /// @param bytes in which the next one stands
    void start(byte[] bytes) {
        for (int i = 0; i < presentCount; i++) {
            kind[present[i]] = Kind.ABSENT;
        }
        presentCount = 0;
        this.bytes = bytes;
    }

    /// @param to behind the value; of text between quotes it may be left open as zero
    void set(int slot, Kind what, int from, int to) {
        if (kind[slot] == Kind.ABSENT) {
            present[presentCount++] = slot;
        }
        kind[slot] = what;
        this.from[slot] = from;
        this.to[slot] = to;
    }

    /// Sets a text that is not to be found in the line as it is.
    void give(int slot, String value) {
        set(slot, Kind.GIVEN, 0, 0);
        given[slot] = value;
    }

    /// Forgets what stood in some slots: the object around them stands once more.
    void forget(int firstSlot, int endSlot) {
        int kept = 0;
        for (int i = 0; i < presentCount; i++) {
            if (present[i] >= firstSlot && present[i] < endSlot) {
                kind[present[i]] = Kind.ABSENT;
            } else {
                present[kept++] = present[i];
            }
        }
        presentCount = kept;
    }

    Kind kind(int slot) {
        return kind[slot];
    }

    /// The slot whose value counts for a field with alternatives; negative where the event has none.
    ///
    /// @param alternatives for each of them its slots, see [FieldTree#slots]
    int find(int[][] alternatives) {
        for (int[] places : alternatives) {
            for (int slot : places) {
                if (kind[slot] != Kind.ABSENT) {
                    if (kind[slot] != Kind.NULL) {
                        return slot;
                    }
                    break;
                }
            }
        }
        return -1;
    }

    /// The slots that the event has, in the order in which they stand.
    int presentAt(int index) {
        return present[index];
    }

    int presentCount() {
        return presentCount;
    }

    /// Where a value begins in [#bytes()].
    int from(int slot) {
        return from[slot];
    }

    /// Behind a value's last byte.
    int to(int slot) {
        if (kind[slot] == Kind.STRING && to[slot] == 0) {
            int end = from[slot];
            while (bytes[end] != '"') {
                end += bytes[end] == '\\' ? 2 : 1;
            }
            to[slot] = end;
        }
        return to[slot];
    }

    /// Goes on with the hash `code` by the first bytes of a value.
    int leading(int slot, int most, int code) {
        int hash = code;
        switch (kind[slot]) {
            case STRING -> {
                int end = Math.min(bytes.length, from[slot] + most);
                for (int i = from[slot]; i < end && bytes[i] != '"'; i++) {
                    hash = hash * 31 + bytes[i];
                }
            }
            case RAW, NUMBER, JOINED -> {
                int end = Math.min(to[slot], from[slot] + most);
                for (int i = from[slot]; i < end; i++) {
                    hash = hash * 31 + bytes[i];
                }
            }
            case GIVEN -> hash = hash * 31 + String.valueOf(given[slot]).hashCode();
            case ABSENT, NULL, TRUE, FALSE, ARRAY, OBJECT -> {
                // Their kind says all.
            }
        }
        return hash;
    }

    /// Whether a value's bytes are those of [#copy].
    boolean is(int slot, byte[] copy) {
        return switch (kind[slot]) {
            case STRING -> {
                int end = from[slot] + copy.length;
                yield end < bytes.length
                        && Arrays.equals(bytes, from[slot], end, copy, 0, copy.length)
                        && end == to(slot);
            }
            case RAW, NUMBER, JOINED ->
                    Arrays.equals(bytes, from[slot], to[slot], copy, 0, copy.length);
            case GIVEN -> Arrays.equals(copy(slot), copy);
            case ABSENT, NULL, TRUE, FALSE, ARRAY, OBJECT -> true;
        };
    }

    /// A value's bytes as they stand; none where its kind says all.
    byte[] copy(int slot) {
        return switch (kind[slot]) {
            case STRING, RAW, NUMBER, JOINED -> Arrays.copyOfRange(bytes, from[slot], to(slot));
            case GIVEN -> String.valueOf(given[slot]).getBytes(StandardCharsets.UTF_8);
            case ABSENT, NULL, TRUE, FALSE, ARRAY, OBJECT -> new byte[0];
        };
    }

    byte[] bytes() {
        return bytes;
    }

    /// The characters of a text, valid until the next call; see [#text(int)].
    char[] characters() {
        return text;
    }

    /// Writes a text or a number as it stands to [#characters()].
    ///
    /// @return its length; negative where it is something else
    int text(int slot) {
        return switch (kind[slot]) {
            case STRING -> quoted(slot);
            case RAW, NUMBER -> plain(slot);
            case GIVEN -> put(String.valueOf(given[slot]));
            case ABSENT, NULL, TRUE, FALSE, JOINED, ARRAY, OBJECT -> -1;
        };
    }

    private int plain(int slot) {
        int start = from[slot];
        int length = to[slot] - start;
        reserve(length);
        for (int i = 0; i < length; i++) {
            byte b = bytes[start + i];
            if (b < 0) {
                return put(string(slot));
            }
            text[i] = (char) b;
        }
        return length;
    }

    private int quoted(int slot) {
        int at = from[slot];
        int length = 0;
        char[] into = text;
        while (true) {
            byte b = bytes[at++];
            if (length + 1 >= into.length) {
                reserve(length * 2);
                into = text;
            }
            if (b == '"') {
                to[slot] = at - 1;
                return length;
            }
            if (b < 0) {
                return put(
                        TREES.readTree(bytes, from[slot] - 1, to(slot) - from[slot] + 2)
                                .stringValue());
            }
            if (b == '\\') {
                byte escape = bytes[at++];
                into[length++] = escape == 'u' ? hexadecimal(at) : escaped(escape);
                at += escape == 'u' ? 4 : 0;
            } else {
                into[length++] = (char) b;
            }
        }
    }

    private char hexadecimal(int at) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value * 16 + Character.digit(bytes[at + i], 16);
        }
        return (char) value;
    }

    private static char escaped(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) letter;
        };
    }

    private void reserve(int length) {
        if (length > text.length) {
            text = Arrays.copyOf(text, Math.max(length, text.length * 2));
        }
    }

    private int put(String value) {
        reserve(value.length());
        value.getChars(0, value.length(), text, 0);
        return value.length();
    }

    /// The value of a slot as a tree; null where the event has none.
    ///
    /// @throws tools.jackson.core.JacksonException where it is a number beyond all bounds
    @Nullable JsonNode node(int slot) {
        return switch (kind[slot]) {
            case ABSENT -> null;
            case NULL -> NullNode.getInstance();
            case TRUE -> BooleanNode.TRUE;
            case FALSE -> BooleanNode.FALSE;
            case RAW -> StringNode.valueOf(string(slot));
            case JOINED -> {
                var list = TREES.createArrayNode();
                for (String element : string(slot).split(",")) {
                    list.add(element);
                }
                yield list;
            }
            case GIVEN -> StringNode.valueOf(String.valueOf(given[slot]));
            case STRING -> {
                int length = quoted(slot);
                yield StringNode.valueOf(new String(text, 0, length));
            }
            case NUMBER, ARRAY, OBJECT -> TREES.readTree(bytes, from[slot], to[slot] - from[slot]);
        };
    }

    private String string(int slot) {
        return new String(bytes, from[slot], to[slot] - from[slot], StandardCharsets.UTF_8);
    }

    /// All of them as an event.
    ObjectNode event() {
        ObjectNode event = TREES.createObjectNode();
        for (int i = 0; i < presentCount; i++) {
            JsonNode value = node(present[i]);
            List<String> path = tree.path(present[i]);
            ObjectNode inner = event;
            for (String name : path.subList(0, path.size() - 1)) {
                inner = inner.get(name) instanceof ObjectNode held ? held : inner.putObject(name);
            }
            String last = path.getLast();
            // An object of which only what is inside counts is there already.
            if (!(kind[present[i]] == Kind.OBJECT && inner.get(last) instanceof ObjectNode)) {
                inner.set(last, value);
            }
        }
        return event;
    }
}
