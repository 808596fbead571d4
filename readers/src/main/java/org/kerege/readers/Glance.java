package org.kerege.readers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.FieldValues.Kind;
import org.kerege.stix.RegistryHives;
import tools.jackson.databind.JsonNode;

/// Whether an event of one mapping can matter to a [Sieve], found out from the characters of its fields. What the common
/// transforms would make of them is worked out in place; for the rest the transform itself is asked. For one thread.
final class Glance {

    /// One property that matters, and where its value comes from.
    ///
    /// @param property number in the sieve; negative for a dictionary of hashes, of which `hashes` has the numbers
    /// @param lists slots which, where they hold a list, are looked into by position
    private record Look(
            Mapping.Property source, int[][] field, int[] lists, int property, int[] hashes) {}

    private static final String[] HASHES = {"MD5", "SHA1", "SHA256", "SHA512", "IMPHASH"};
    private static final String[] HASH_PROPERTIES = {
        "MD5", "SHA-1", "SHA-256", "SHA-512", "x_imphash"
    };

    private final Sieve sieve;
    private final boolean always;
    private final Look[] looks;
    private final int typeProperty;
    private final char[][] types;
    private char[] scratch = new char[256];

    Glance(Mapping mapping, FieldTree tree, Sieve sieve) {
        this.sieve = sieve;
        List<Look> wanted = new ArrayList<>();
        Set<String> types = new LinkedHashSet<>();
        boolean all = false;
        for (Mapping.Thing thing : mapping.things().values()) {
            types.addAll(
                    thing.type().equals("address")
                            ? List.of("ipv4-addr", "ipv6-addr")
                            : List.of(thing.type()));
            for (Mapping.Reference reference : thing.references()) {
                all |= sieve.property(reference.property()) >= 0;
            }
            for (Mapping.Property property : thing.properties()) {
                all |= around(property);
                Look look = look(property, tree);
                if (look != null) {
                    wanted.add(look);
                }
            }
        }
        this.always = all;
        this.typeProperty = sieve.property("type");
        this.types = types.stream().map(String::toCharArray).toArray(char[][]::new);
        this.looks = wanted.toArray(Look[]::new);
    }

    /// The fields that have to be read of each event to find out its mapping and have a glance.
    static Set<String> fields(Mappings mappings, Sieve sieve) {
        Set<String> fields = new LinkedHashSet<>();
        mappings.conditions()
                .forEach(condition ->
                        fields.addAll(List.of(Mapping.alternatives(condition.field()))));
        mappings.all().stream()
                .flatMap(mapping -> mapping.things().values().stream())
                .flatMap(thing -> thing.properties().stream())
                .filter(property -> concerns(property, sieve))
                .forEach(property -> fields.addAll(List.of(property.field())));
        return fields;
    }

    private static boolean concerns(Mapping.Property property, Sieve sieve) {
        return property.transform().isDictionary()
                ? Arrays.stream(HASH_PROPERTIES).anyMatch(name -> sieve.property(name) >= 0)
                : sieve.property(property.path()[property.path().length - 1]) >= 0;
    }

    /// Whether a name on the way to the property matters by itself.
    private boolean around(Mapping.Property property) {
        String[] path = property.path();
        for (int i = 0; i < path.length - 1; i++) {
            if (sieve.property(path[i]) >= 0) {
                return true;
            }
        }
        return property.transform().isDictionary() && sieve.property(path[path.length - 1]) >= 0;
    }

    private @Nullable Look look(Mapping.Property property, FieldTree tree) {
        if (!concerns(property, sieve)) {
            return null;
        }
        int[] hashes = Arrays.stream(HASH_PROPERTIES).mapToInt(sieve::property).toArray();
        boolean dictionary = property.transform().isDictionary();
        List<Integer> lists = new ArrayList<>();
        for (String field : property.field()) {
            for (int slot : tree.lists(field)) {
                lists.add(slot);
            }
        }
        return new Look(
                property,
                tree.alternatives(property.field()),
                lists.stream().mapToInt(Integer::intValue).toArray(),
                dictionary ? -1 : sieve.property(property.path()[property.path().length - 1]),
                hashes);
    }

    /// Whether the event can matter.
    boolean mayMatter(FieldValues values) {
        if (always) {
            return true;
        }
        sieve.start();
        if (typeProperty >= 0) {
            for (char[] type : types) {
                if (sieve.text(typeProperty, type, 0, type.length)) {
                    return true;
                }
            }
        }
        for (Look look : looks) {
            if (mayMatter(look, values)) {
                return true;
            }
        }
        return sieve.together();
    }

    private boolean mayMatter(Look look, FieldValues values) {
        for (int list : look.lists) {
            if (values.kind(list) == Kind.ARRAY) {
                return true;
            }
        }
        if (look.source.transform() == Transform.WEB_ADDRESS && look.field.length == 2) {
            return matters(look, webAddress(look, values));
        }
        int slot = values.find(look.field);
        if (slot < 0) {
            return false;
        }
        if (look.property >= 0 && sieve.presence(look.property)) {
            return true;
        }
        int length = values.text(slot);
        if (length < 0 || (values.kind(slot) == Kind.NUMBER && !isWhole(values, length))) {
            return matters(look, transformed(look, values, slot));
        }
        return text(look, values, slot, length);
    }

    private boolean text(Look look, FieldValues values, int slot, int length) {
        char[] text = values.characters();
        int property = look.property;
        return switch (look.source.transform()) {
            case TEXT, LIST ->
                    sieve.text(property, text, 0, length)
                            || (rewritten(text, length)
                                    && matters(look, transformed(look, values, slot)));
            case INTEGER ->
                    isDigits(text, length)
                            ? sieve.number(property, number(text, length))
                            : matters(look, transformed(look, values, slot));
            case BASENAME -> sieve.text(property, text, lastSeparator(text, length) + 1, length);
            case DIRNAME -> sieve.text(property, text, 0, Math.max(0, lastSeparator(text, length)));
            case PROGRAM_PATH -> {
                int separator = lastSeparator(text, length);
                yield separator >= 0 && sieve.text(property, text, separator + 1, length);
            }
            case HASHES -> hashes(look.hashes, text, length);
            case REGISTRY_KEY ->
                    (length > 0 && text[0] == '\\')
                            ? matters(look, transformed(look, values, slot))
                            : registryKey(property, text, length);
            case PROTOCOLS -> !lowered(text, length) || sieve.text(property, text, 0, length);
            case HOSTNAME -> hostname(property, text, length);
            case ANY_HASH,
                    MAC,
                    PROTOCOL_NUMBER,
                    ADDRESSES,
                    HOSTNAMES,
                    EMAIL,
                    EMAILS,
                    TIME,
                    WEB_ADDRESS ->
                    matters(look, transformed(look, values, slot));
        };
    }

    /// Addresses that are brought into another form before they count.
    private static boolean rewritten(char[] text, int length) {
        return length > 3 && (text[0] == ':' || indexOf(text, length, '%') >= 0);
    }

    private static int indexOf(char[] text, int length, char wanted) {
        for (int i = 0; i < length; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable JsonNode transformed(Look look, FieldValues values, int slot) {
        JsonNode value = values.node(slot);
        JsonNode read = value == null ? null : look.source.transform().apply(value);
        JsonNode address = read == null ? null : Transform.address(read.asString(""));
        return address == null ? read : address;
    }

    private static @Nullable JsonNode webAddress(Look look, FieldValues values) {
        int host = values.find(new int[][] {look.field[0]});
        int path = values.find(new int[][] {look.field[1]});
        return Transform.webAddress(
                host < 0 ? null : values.node(host), path < 0 ? null : values.node(path));
    }

    private boolean matters(Look look, @Nullable JsonNode value) {
        return value != null
                && (look.property < 0 || sieve.presence(look.property) || any(look, value));
    }

    private boolean any(Look look, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().anyMatch(element -> any(look, element));
        }
        if (value.isString()) {
            return matters(look.property, value.stringValue());
        }
        return !value.isIntegralNumber() || sieve.number(look.property, value.longValue());
    }

    private boolean matters(int property, String text) {
        return sieve.text(property, text.toCharArray(), 0, text.length());
    }

    private boolean hashes(int[] properties, char[] text, int length) {
        int at = 0;
        while (at < length) {
            int end = at;
            int equals = -1;
            while (end < length && !separates(text[end])) {
                if (text[end] == '=' && equals < 0) {
                    equals = end;
                }
                end++;
            }
            if (equals > at) {
                int property = hash(properties, text, at, equals);
                if (property >= 0
                        && (!lowered(text, equals + 1, end)
                                || sieve.text(property, text, equals + 1, end))) {
                    return true;
                }
            }
            at = end + 1;
        }
        return false;
    }

    private static boolean separates(char c) {
        return c == ',' || c == ';' || c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static int hash(int[] properties, char[] text, int from, int to) {
        for (int i = 0; i < HASHES.length; i++) {
            if (properties[i] >= 0 && equal(HASHES[i], text, from, to)) {
                return properties[i];
            }
        }
        return -1;
    }

    private static boolean equal(String capitals, char[] text, int from, int to) {
        if (capitals.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text[i];
            char upper = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
            if (upper != capitals.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    private boolean registryKey(int property, char[] text, int length) {
        int end = indexOf(text, length, '\\');
        int hiveLength = end < 0 ? length : end;
        for (Map.Entry<String, String> hive : RegistryHives.BY_SHORT_NAME.entrySet()) {
            if (equal(hive.getKey(), text, 0, hiveLength)) {
                String full = hive.getValue();
                int whole = full.length() + length - hiveLength;
                if (whole > scratch.length) {
                    scratch = new char[whole * 2];
                }
                full.getChars(0, full.length(), scratch, 0);
                System.arraycopy(text, hiveLength, scratch, full.length(), length - hiveLength);
                return sieve.text(property, scratch, 0, whole);
            }
        }
        return sieve.text(property, text, 0, length);
    }

    private boolean hostname(int property, char[] text, int length) {
        int bare = length > 0 && text[length - 1] == '.' ? length - 1 : length;
        return sieve.text(property, text, 0, length)
                || (bare < length && sieve.text(property, text, 0, bare))
                || !lowered(text, length)
                || sieve.text(property, text, 0, length)
                || (bare < length && sieve.text(property, text, 0, bare));
    }

    /// Brings a text of ASCII to small letters; false where it has other characters, of which it cannot say.
    private static boolean lowered(char[] text, int length) {
        return lowered(text, 0, length);
    }

    private static boolean lowered(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c >= 'A' && c <= 'Z') {
                text[i] = (char) (c + 32);
            } else if (c >= 128) {
                return false;
            }
        }
        return true;
    }

    private static int lastSeparator(char[] text, int length) {
        for (int i = length - 1; i >= 0; i--) {
            if (text[i] == '\\' || text[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWhole(FieldValues values, int length) {
        char[] text = values.characters();
        return isDigits(text, length) && (length == 1 || text[0] != '0');
    }

    private static boolean isDigits(char[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return length > 0 && length <= 18;
    }

    private static long number(char[] digits, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value * 10 + (digits[i] - '0');
        }
        return value;
    }
}
