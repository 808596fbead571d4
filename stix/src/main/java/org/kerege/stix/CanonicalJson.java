package org.kerege.stix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON in its one canonical form: keys sorted by UTF-16 code units, no white space, numbers as ECMAScript
/// writes them, strings with the fewest escapes, UTF-8. Source: RFC 8785 (JCS).
public final class CanonicalJson {

    private CanonicalJson() {}

    /// The canonical bytes of a value.
    ///
    /// @throws MalformedStix when a number is no finite double or a string holds a lone surrogate
    public static byte[] write(JsonNode value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /// The canonical text of a value; see [#write(JsonNode)].
    public static String text(JsonNode value) {
        StringBuilder out = new StringBuilder(2_048);
        append(value, out);
        return out.toString();
    }

    /// A double as ECMAScript's `Number.prototype.toString` writes it.
    ///
    /// @throws MalformedStix when it is infinite or no number. Source: RFC 8785 §3.2.2.3
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new MalformedStix(
                    "", "numbers are finite (RFC 8785 §3.2.2.3)", value + " is no JSON number");
        }
        if (value == 0) {
            return "0";
        }
        StringBuilder out = new StringBuilder(26);
        if (value < 0) {
            out.append('-');
        }
        // Double.toString gives the shortest digits that read back as the same double; only the
        // layout differs.
        String shortest = Double.toString(Math.abs(value));
        int mark = shortest.indexOf('E');
        int exponent = mark < 0 ? 0 : Integer.parseInt(shortest.substring(mark + 1));
        String mantissa = mark < 0 ? shortest : shortest.substring(0, mark);
        int point = mantissa.indexOf('.');
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        // The value is 0.digits × 10^scale.
        int scale = point + exponent - leading;
        String significant = digits.substring(leading, end);
        int tenth = oneDigitFor(significant, scale, Math.abs(value));
        if (tenth == 10) {
            layOut("1", scale + 1, out);
        } else {
            layOut(tenth == 0 ? significant : Integer.toString(tenth), scale, out);
        }
        return out.toString();
    }

    /// Java writes at least two digits, so `4.9E-324` and `9.9E-324` where `5E-324` and `10E-324` read back as the
    /// same doubles.
    ///
    /// @return 1 to 10 in place of the two digits, 0 where both are needed
    private static int oneDigitFor(String digits, int scale, double value) {
        if (digits.length() != 2) {
            return 0;
        }
        int rounded = (Integer.parseInt(digits) + 5) / 10;
        return Double.parseDouble(rounded + "E" + (scale - 1)) == value ? rounded : 0;
    }

    private static void layOut(String digits, int scale, StringBuilder out) {
        int count = digits.length();
        if (count <= scale && scale <= 21) {
            out.append(digits).repeat("0", scale - count);
        } else if (0 < scale && scale <= 21) {
            out.append(digits, 0, scale).append('.').append(digits, scale, count);
        } else if (-6 < scale && scale <= 0) {
            out.append("0.").repeat("0", -scale).append(digits);
        } else {
            int exponent = scale - 1;
            out.append(digits.charAt(0));
            if (count > 1) {
                out.append('.').append(digits, 1, count);
            }
            out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
        }
    }

    private static void append(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> appendObject((ObjectNode) value, out);
            case ARRAY -> {
                char separator = '[';
                for (JsonNode element : value) {
                    out.append(separator);
                    append(element, out);
                    separator = ',';
                }
                out.append(value.isEmpty() ? "[]" : "]");
            }
            case STRING -> appendString(value.stringValue(), out);
            case NUMBER -> out.append(number(value.asDouble()));
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                    throw new IllegalStateException("not JSON: " + value.getNodeType());
        }
    }

    private static void appendObject(ObjectNode object, StringBuilder out) {
        List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(object.properties());
        // String's natural order is by UTF-16 code unit, as RFC 8785 §3.2.3 asks.
        properties.sort(Map.Entry.comparingByKey());
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> property : properties) {
            if (!first) {
                out.append(',');
            }
            first = false;
            appendString(property.getKey(), out);
            out.append(':');
            append(property.getValue(), out);
        }
        out.append('}');
    }

    private static void appendString(String text, StringBuilder out) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new MalformedStix(
                            "",
                            "strings are Unicode (RFC 8785 §3.2.2.2)",
                            "a string holds a lone surrogate");
                }
                i++;
                continue;
            }
            out.append(text, plain, i);
            plain = i + 1;
            appendEscape(c, out);
        }
        out.append(text, plain, text.length()).append('"');
    }

    private static void appendEscape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                    out.append("\\u00")
                            .append(c < 0x10 ? '0' : '1')
                            .append(Character.forDigit(c & 15, 16));
        }
    }

    /// Whether two values have the same canonical form.
    public static boolean same(JsonNode left, JsonNode right) {
        return Arrays.equals(write(left), write(right));
    }
}
