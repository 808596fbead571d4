package org.kerege.pattern.engine;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/// Hashes of values of 64 bits: equal values have equal ones, and different ones nearly always differ. Numbers are
/// equal by value, whatever their scale.
final class ValueHash {

    private static final long TEXT = 0x9E3779B97F4A7C15L;
    private static final long PRIME = 0x9FB21C651E98DF25L;
    private static final long NUMBER = 0xC2B2AE3D27D4EB4FL;
    private static final long TRUTH = 0x165667B19E3779F9L;

    private ValueHash() {}

    /// The hash of a text, number or truth value; 0 for any other node.
    static long of(JsonNode value) {
        if (value.isString()) {
            return text(value.stringValue());
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return number(value.longValue());
        }
        if (value.isNumber()) {
            return number(value.decimalValue());
        }
        return value.isBoolean() ? truth(value.booleanValue()) : 0;
    }

    static long text(String text) {
        int length = text.length();
        long hash = TEXT + length;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            hash =
                    with(
                            hash,
                            text.charAt(i),
                            text.charAt(i + 1),
                            text.charAt(i + 2),
                            text.charAt(i + 3));
        }
        for (; i < length; i++) {
            hash = with(hash, text.charAt(i), 0, 0, 0);
        }
        return mixed(hash);
    }

    /// That of the text between two places.
    static long text(char[] text, int from, int to) {
        long hash = TEXT + (to - from);
        int i = from;
        for (; i + 4 <= to; i += 4) {
            hash = with(hash, text[i], text[i + 1], text[i + 2], text[i + 3]);
        }
        for (; i < to; i++) {
            hash = with(hash, text[i], 0, 0, 0);
        }
        return mixed(hash);
    }

    private static long with(long hash, int a, int b, int c, int d) {
        long four = a | (long) b << 16 | (long) c << 32 | (long) d << 48;
        long next = (hash ^ four) * PRIME;
        return next ^ (next >>> 32);
    }

    static long number(long number) {
        return mixed(number * NUMBER + 1);
    }

    static long number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - (long) plain.scale() <= 18;
        return whole
                ? number(plain.longValueExact())
                : mixed(
                        plain.unscaledValue().hashCode() * NUMBER
                                + plain.scale()
                                + plain.unscaledValue().bitLength() * TEXT);
    }

    static long truth(boolean truth) {
        return mixed(truth ? TRUTH : ~TRUTH);
    }

    /// That of a value of one property.
    static long under(int property, long hash) {
        return mixed(hash + property * TEXT);
    }

    private static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 32);
    }
}
