package org.kerege.tlog;

import java.util.Base64;

/// Standard base64 (RFC 4648 §4) in its one canonical spelling: padded, without stray bits, so that two texts
/// never stand for the same bytes.
final class Base64Text {

    private Base64Text() {}

    /// @param what names the value in the message
    /// @throws MalformedLog when `text` is not the canonical base64 of anything
    static byte[] decode(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in the words of the log.
        }
        throw new MalformedLog(
                what + " '" + MalformedLog.excerpt(text) + "' is not canonical base64 (RFC 4648)");
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
