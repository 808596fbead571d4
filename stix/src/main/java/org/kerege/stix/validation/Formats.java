package org.kerege.stix.validation;

/// The forms that texts must have, each a single pass without a regular expression, an exception or an
/// object: they run on every property of every object.
final class Formats {

    private Formats() {}

    /// Same length and hyphens as a UUID, hexadecimal digits in either case, version 1 to 5 and the variant of
    /// RFC 4122.
    static boolean isUuid(String text, int from) {
        if (text.length() - from != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(from + i);
            boolean hyphenHere = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphenHere ? c != '-' : !isHexDigit(c)) {
                return false;
            }
        }
        char version = text.charAt(from + 14);
        int variant = Character.digit(text.charAt(from + 19), 16);
        return version >= '1' && version <= '5' && variant >= 8 && variant <= 11;
    }

    /// `type--UUID`. Source: STIX 2.1 §2.9.
    static boolean isIdentifier(String text) {
        int typeChars = text.length() - 38;
        return typeChars >= 3
                && text.charAt(typeChars) == '-'
                && text.charAt(typeChars + 1) == '-'
                && isTypeName(text, typeChars)
                && isUuid(text, typeChars + 2);
    }

    /// The type in an identifier: what stands before the last `--`, the whole text when there is none.
    static String typeOf(String identifier) {
        int end = identifier.lastIndexOf("--");
        return end < 0 ? identifier : identifier.substring(0, end);
    }

    /// Whether the first `length` characters are the name of an object type: 3 to 250 lower-case letters,
    /// digits and single hyphens, a letter first. Source: STIX 2.1 §3.1, §11.2.
    static boolean isTypeName(String text, int length) {
        if (length < 3 || length > 250 || !isLowerCaseLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isLowerCaseLetter(c)
                    && !isDigit(c)
                    && (c != '-' || text.charAt(i - 1) == '-' || i == length - 1)) {
                return false;
            }
        }
        return true;
    }

    /// 3 to 250 lower-case letters, digits and underscores, a letter first; `id` alone is shorter.
    /// Source: STIX 2.1 §3.1, §11.1.
    static boolean isPropertyName(String text) {
        int length = text.length();
        if (length < 3 || length > 250 || !isLowerCaseLetter(text.charAt(0))) {
            return text.equals("id");
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isLowerCaseLetter(c) && !isDigit(c) && c != '_') {
                return false;
            }
        }
        return true;
    }

    /// 1 to 250 letters, digits, hyphens and underscores. Source: STIX 2.1 §2.3.
    static boolean isDictionaryKey(String text) {
        if (text.isEmpty() || text.length() > 250) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /// RFC 3339 in UTC with a capital `T` and `Z`, any number of fractional digits, a day that exists; the
    /// 60th second only as the last of a day. Source: STIX 2.1 §2.16.
    static boolean isTimestamp(String text) {
        int length = text.length();
        if (length < 20
                || length > 200
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(length - 1) != 'Z') {
            return false;
        }
        int year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
        int month = twoDigits(text, 5);
        int day = twoDigits(text, 8);
        int hour = twoDigits(text, 11);
        int minute = twoDigits(text, 14);
        int second = twoDigits(text, 17);
        if (twoDigits(text, 0) < 0
                || twoDigits(text, 2) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > daysIn(year, month)
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 60
                || (second == 60 && (hour != 23 || minute != 59))) {
            return false;
        }
        if (length == 20) {
            return true;
        }
        if (text.charAt(19) != '.' || length == 21) {
            return false;
        }
        for (int i = 20; i < length - 1; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Number of digits after the second of a timestamp.
    static int fractionDigits(String timestamp) {
        return Math.max(0, timestamp.length() - 21);
    }

    /// Order of two timestamps in time: in this one form the order of their texts, but for zeros at the end.
    static int compareTimestamps(String one, String other) {
        int seconds = one.substring(0, 19).compareTo(other.substring(0, 19));
        if (seconds != 0) {
            return seconds;
        }
        int digits = Math.max(fractionDigits(one), fractionDigits(other));
        for (int i = 0; i < digits; i++) {
            int difference = fractionDigit(one, i) - fractionDigit(other, i);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static char fractionDigit(String timestamp, int index) {
        return index < fractionDigits(timestamp) ? timestamp.charAt(20 + index) : '0';
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static int twoDigits(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + (ones - '0') : -1;
    }

    /// Base64 with padding (RFC 4648 §4), at least one byte. Source: STIX 2.1 §2.1.
    static boolean isBase64(String text) {
        int length = text.length();
        if (length == 0 || length % 4 != 0) {
            return false;
        }
        int padding = text.charAt(length - 1) != '=' ? 0 : text.charAt(length - 2) != '=' ? 1 : 2;
        for (int i = 0; i < length - padding; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }

    /// Whole bytes as hexadecimal digits in either case, at least one byte. Source: STIX 2.1 §2.8.
    static boolean isHex(String text) {
        return !text.isEmpty() && text.length() % 2 == 0 && isHexOfLength(text, text.length());
    }

    static boolean isHexOfLength(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// An absolute URI: a scheme, a colon and characters that RFC 3986 allows, percent signs as escapes.
    static boolean isUri(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !isLetter(text.charAt(0)) || colon == text.length() - 1) {
            return false;
        }
        for (int i = 1; i < colon; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        for (int i = colon + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !isHexDigit(text.charAt(i + 1))
                        || !isHexDigit(text.charAt(i + 2))) {
                    return false;
                }
            } else if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// `local@domain` without white space, the domain with at least one dot. Source: RFC 5322 §3.4.1, as far
    /// as addresses in use go.
    static boolean isEmailAddress(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at > 64 * 4 || text.length() > 320) {
            return false;
        }
        boolean quoted = text.charAt(0) == '"' && text.charAt(at - 1) == '"' && at > 2;
        for (int i = 0; i < at; i++) {
            char c = text.charAt(i);
            boolean special = c <= ' ' || c == 0x7f || "\"(),:;<>@[\\]".indexOf(c) >= 0;
            if (special && !quoted) {
                return false;
            }
        }
        String domain = text.substring(at + 1);
        boolean literal = domain.startsWith("[") && domain.endsWith("]");
        return literal || (domain.indexOf('.') > 0 && isDomainName(domain));
    }

    /// Labels of 1 to 63 characters with dots between them, 253 in all; letters of any script, digits,
    /// hyphens inside, underscores. Source: RFC 1034 §3.1, RFC 5890 §2.3.
    static boolean isDomainName(String text) {
        int end = text.endsWith(".") ? text.length() - 1 : text.length();
        if (end < 1 || end > 253) {
            return false;
        }
        int labelStart = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || text.charAt(i) == '.') {
                int chars = i - labelStart;
                if (chars < 1
                        || chars > 63
                        || text.charAt(labelStart) == '-'
                        || text.charAt(i - 1) == '-') {
                    return false;
                }
                labelStart = i + 1;
            } else {
                char c = text.charAt(i);
                if (c < 0x80 ? !isLetter(c) && !isDigit(c) && c != '-' && c != '_' : isGap(c)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isGap(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /// Four decimal numbers, optionally a prefix length. Source: STIX 2.1 §6.8.
    static boolean isIpv4(String text) {
        int end = addressEnd(text, 32);
        return end > 0 && isDottedQuad(text, 0, end);
    }

    /// An address of RFC 4291 §2.2 in any of its forms, optionally a zone and a prefix length.
    /// Source: STIX 2.1 §6.9.
    static boolean isIpv6(String text) {
        int end = addressEnd(text, 128);
        if (end < 2) {
            return false;
        }
        int zone = text.indexOf('%');
        if (zone >= 0 && zone < end) {
            if (zone == end - 1) {
                return false;
            }
            end = zone;
        }
        int groups = 0;
        boolean gap = false;
        int i = 0;
        if (text.startsWith("::")) {
            gap = true;
            i = 2;
        } else if (text.charAt(0) == ':') {
            return false;
        }
        while (i < end) {
            int start = i;
            while (i < end && isHexDigit(text.charAt(i))) {
                i++;
            }
            if (i < end && text.charAt(i) == '.') {
                groups += 2;
                return isDottedQuad(text, start, end) && (gap ? groups < 8 : groups == 8);
            }
            if (i == start || i - start > 4) {
                return false;
            }
            groups++;
            if (i == end) {
                break;
            }
            if (text.charAt(i) != ':') {
                return false;
            }
            i++;
            if (i < end && text.charAt(i) == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                i++;
            } else if (i == end) {
                return false;
            }
        }
        return gap ? groups < 8 : groups == 8;
    }

    /// Where the address ends and its prefix length begins; -1 when that length is not 0 to `maxPrefix`.
    private static int addressEnd(String text, int maxPrefix) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text.length();
        }
        int digits = text.length() - slash - 1;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(slash + 1) == '0')) {
            return -1;
        }
        int prefix = 0;
        for (int i = slash + 1; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            prefix = prefix * 10 + (text.charAt(i) - '0');
        }
        return prefix <= maxPrefix ? slash : -1;
    }

    private static boolean isDottedQuad(String text, int from, int end) {
        int parts = 0;
        int i = from;
        while (true) {
            int start = i;
            int value = 0;
            while (i < end && isDigit(text.charAt(i)) && i - start < 4) {
                value = value * 10 + (text.charAt(i) - '0');
                i++;
            }
            int digits = i - start;
            if (digits < 1 || value > 255 || (digits > 1 && text.charAt(start) == '0')) {
                return false;
            }
            parts++;
            if (i == end) {
                return parts == 4;
            }
            if (text.charAt(i) != '.') {
                return false;
            }
            i++;
        }
    }

    /// Six pairs of lower-case hexadecimal digits with colons between them. Source: STIX 2.1 §6.10.
    static boolean isMac(String text) {
        if (text.length() != 17) {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            char c = text.charAt(i);
            if (i % 3 == 2 ? c != ':' : !isHexDigit(c) || (c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return true;
    }

    /// All lower case, words separated by hyphens. Source: STIX 2.1 §2.14.
    static boolean isVocabularyForm(String text) {
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '_' || Character.isUpperCase(c)) {
                return false;
            }
            letter |= Character.isLowerCase(c);
        }
        return letter;
    }

    static boolean isLowerCaseLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
