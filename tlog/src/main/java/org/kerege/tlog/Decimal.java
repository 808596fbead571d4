package org.kerege.tlog;

/// Non-negative numbers as the log's texts write them: ASCII digits, no sign, no leading zero.
final class Decimal {

    private static final int MAX_DIGITS = 19;

    private Decimal() {}

    /// @param what names the value in the message
    /// @throws MalformedLog when `text` has another form or is larger than 2⁶³−1
    static long parse(String text, String what) {
        boolean wellFormed =
                !text.isEmpty()
                        && text.length() <= MAX_DIGITS
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (text.length() == 1 || text.charAt(0) != '0');
        if (wellFormed) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                // More than 2⁶³−1: told below.
            }
        }
        throw new MalformedLog(
                what + " '" + MalformedLog.excerpt(text) + "' is not a decimal below 2^63");
    }
}
