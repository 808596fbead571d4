package org.kerege.stix;

import java.util.UUID;

/// Identifier of a STIX object, `type--uuid`. The type has 3 to 250 characters of `a-z`, `0-9` and single
/// hyphens; the UUID is read in either case and written in lower case. Source: STIX 2.1 §2.9 and §3.1.
public record StixId(String type, UUID uuid) implements Comparable<StixId> {

    private static final int UUID_CHARS = 36;
    private static final int MIN_TYPE = 3;
    private static final int MAX_TYPE = 250;

    public StixId {
        if (!isTypeName(type)) {
            throw malformed(type + "--" + uuid);
        }
    }

    /// Reads an identifier.
    ///
    /// @throws MalformedStix when `text` has another form
    public static StixId parse(String text) {
        int typeChars = text.length() - UUID_CHARS - 2;
        if (typeChars < MIN_TYPE
                || text.charAt(typeChars) != '-'
                || text.charAt(typeChars + 1) != '-'
                || !isUuid(text, typeChars + 2)) {
            throw malformed(text);
        }
        return new StixId(
                text.substring(0, typeChars), UUID.fromString(text.substring(typeChars + 2)));
    }

    /// Whether `text` may be the name of an object type: lower-case letters, digits and single hyphens.
    public static boolean isTypeName(String text) {
        if (text.length() < MIN_TYPE || text.length() > MAX_TYPE) {
            return false;
        }
        char before = '-';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && (c != '-' || before == '-')) {
                return false;
            }
            before = c;
        }
        return before != '-';
    }

    private static boolean isUuid(String text, int from) {
        for (int i = 0; i < UUID_CHARS; i++) {
            char c = text.charAt(from + i);
            boolean hyphenHere = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphenHere ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }

    private static MalformedStix malformed(String text) {
        return new MalformedStix(
                "/id",
                "identifier is type--UUID (STIX 2.1 §2.9)",
                "'" + MalformedStix.excerpt(text) + "' is not a STIX identifier");
    }

    @Override
    public int compareTo(StixId other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return type + "--" + uuid;
    }
}
