package org.kerege.pattern.engine;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/// Hashes of values of 64 bits: equal values have equal ones, and different ones nearly always differ. Numbers are
/// equal by value, whatever their scale.
final class ValueHash {

    private static final long TEXT = 0x9E3779B97F4A7C15L;
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
        long hash = TEXT + text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return mixed(hash);
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
