package org.kerege.readers.retained;

import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/// A value of an event in the form in which it is kept: addresses and whole numbers as numbers, in the order of which they
/// lie.
sealed interface Value {

    record Whole(long number) implements Value {
        @Override
        public JsonNode node() {
            return LongNode.valueOf(number);
        }
    }

    /// An IPv4 address in its usual form.
    record Address(int bits) implements Value {
        @Override
        public JsonNode node() {
            return StringNode.valueOf(text(bits));
        }

        static String text(int bits) {
            return (bits >>> 24)
                    + "."
                    + (bits >>> 16 & 255)
                    + "."
                    + (bits >>> 8 & 255)
                    + "."
                    + (bits & 255);
        }
    }

    record Text(String text) implements Value {
        @Override
        public JsonNode node() {
            return StringNode.valueOf(text);
        }
    }

    /// A text of the signs of addresses and networks that is no plain IPv4 address.
    record Network(String text) implements Value {
        @Override
        public JsonNode node() {
            return StringNode.valueOf(text);
        }
    }

    /// Anything else, as JSON.
    record Other(String json) implements Value {
        @Override
        public JsonNode node() {
            return Json.mapper().readTree(json);
        }
    }

    JsonNode node();

    static Value of(JsonNode node) {
        if (node.isString()) {
            return of(node.stringValue());
        }
        return node.isIntegralNumber() && node.canConvertToLong()
                ? new Whole(node.longValue())
                : new Other(node.toString());
    }

    static Value of(String text) {
        long address = address(text);
        if (address >= 0) {
            return new Address((int) address);
        }
        return mayBeNetwork(text) ? new Network(text) : new Text(text);
    }

    /// The number of an IPv4 address that is written without needless zeros; negative for any other text.
    static long address(String text) {
        int length = text.length();
        if (length < 7 || length > 15) {
            return -1;
        }
        long bits = 0;
        int part = -1;
        int dots = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && part >= 0) {
                bits = bits << 8 | part;
                part = -1;
                dots++;
            } else if (c >= '0' && c <= '9' && part != 0) {
                part = (part < 0 ? 0 : part * 10) + (c - '0');
                if (part > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return dots == 3 && part >= 0 ? bits << 8 | part : -1;
    }

    private static boolean mayBeNetwork(String text) {
        int length = text.length();
        if (length < 2 || length > 64) {
            return false;
        }
        boolean sign = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            sign |= c == ':' || c == '/' || c == '.';
            boolean known =
                    c == ':' || c == '/' || c == '.' || (c < 128 && Character.digit(c, 16) >= 0);
            if (!known) {
                return false;
            }
        }
        return sign;
    }

    /// By what a text is found among others: 32 bits that equal texts share and others seldom do.
    static long fingerprint(String text) {
        int hash = text.hashCode() * 0x9E3779B1 + text.length();
        hash = (hash ^ (hash >>> 15)) * 0x85EBCA77;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE3D;
        return (hash ^ (hash >>> 16)) & 0xFFFF_FFFFL;
    }
}
