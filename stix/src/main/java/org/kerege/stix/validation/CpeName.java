package org.kerege.stix.validation;

/// A product name as a formatted string of CPE 2.3. Source: NISTIR 7695 §6.2.
final class CpeName {

    private static final String PREFIX = "cpe:2.3:";
    private static final int COMPONENTS = 11;

    private CpeName() {}

    /// The prefix, a part (`a`, `o`, `h`, any or none) and ten further components with colons between them.
    static boolean isValid(String text) {
        if (!text.startsWith(PREFIX)
                || text.length() < PREFIX.length() + 1
                || "aoh*-".indexOf(text.charAt(PREFIX.length())) < 0) {
            return false;
        }
        int components = 0;
        int start = PREFIX.length();
        for (int i = start; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ':') {
                if (i == start) {
                    return false;
                }
                components++;
                start = i + 1;
            } else if (text.charAt(i) == '\\') {
                i++;
                if (i >= text.length() || !isQuotable(text.charAt(i))) {
                    return false;
                }
            } else if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return components == COMPONENTS && text.charAt(PREFIX.length() + 1) == ':';
    }

    private static boolean isPlain(char c) {
        return Formats.isLetter(c) || Formats.isDigit(c) || "-._*?".indexOf(c) >= 0;
    }

    private static boolean isQuotable(char c) {
        return c > ' ' && c < 0x7f && !Formats.isLetter(c) && !Formats.isDigit(c);
    }
}
