package org.kerege.pattern.enforce;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Pieces of rules of Suricata. Source: its documentation, "Rules format" and "Payload keywords": in a content the
/// characters `"`, `;`, `:`, `|` and `\` are written as bytes.
final class SuricataText {

    private static final String PLAIN = "./_-=?&%~+,@";

    /// Numbers of rules from here on are ours; those below are spoken for.
    private static final long FIRST_NUMBER = 3_000_000_000L;

    private static final long NUMBERS = 1_000_000_000L;

    private final Set<Long> taken = new HashSet<>();

    /// A content that is found as it stands.
    static String content(String text) {
        StringBuilder out = new StringBuilder();
        boolean bytes = false;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain =
                    (c >= '0' && c <= '9')
                            || (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || PLAIN.indexOf(c) >= 0;
            if (plain) {
                out.append(bytes ? "|" : "").append(c);
            } else {
                out.append(bytes ? " " : "|").append("%02X".formatted((int) c));
            }
            bytes = !plain;
        }
        return out.append(bytes ? "|" : "").toString();
    }

    /// A content that is the whole of what it is looked for in.
    static String whole(String text) {
        return "content:\"" + content(text) + "\"; startswith; endswith;";
    }

    /// The number of a rule: the same for the same rule, and for no other of one file.
    long number(String rule) {
        long number = Integer.toUnsignedLong(rule.hashCode() * 0x9E3779B1) % NUMBERS;
        while (!taken.add(number)) {
            number = (number + 1) % NUMBERS;
        }
        return FIRST_NUMBER + number;
    }

    /// A rule.
    ///
    /// @param message letters, digits, blanks and hyphens
    String rule(Use use, String header, String message, String options) {
        String action = use == Use.BLOCK ? "drop" : "alert";
        long number = number(header + options);
        return "%s %s (msg:\"Kerege %s\"; %s sid:%d; rev:1;)%n"
                .formatted(action, header, message, options.isEmpty() ? "" : options, number)
                .replace("  ", " ");
    }
}
