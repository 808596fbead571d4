package org.kerege.node.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes of an authenticator: six digits that change every 30 seconds. Source: RFC 6238 with its defaults (HMAC-SHA-1
/// of RFC 4226, time step of 30 seconds from 1970), the only ones that every authenticator knows.
final class TimeCode {

    static final int SECRET_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    private static final int MODULUS = 1_000_000;

    /// RFC 6238 §5.2: one step for what the clocks differ and the typing takes.
    private static final int STEPS_BESIDE = 1;

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private TimeCode() {}

    /// The step whose code this is, among those around `now` that come after `last`.
    ///
    /// @param last step of the code used last; a code is good once (§5.2)
    static OptionalLong step(byte[] secret, String code, Instant now, long last) {
        long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        for (long step = current - STEPS_BESIDE; step <= current + STEPS_BESIDE; step++) {
            if (step > last && at(secret, step).equals(code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static String at(byte[] secret, Instant now) {
        return at(secret, Math.floorDiv(now.getEpochSecond(), STEP_SECONDS));
    }

    private static String at(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /// The secret as people type it into an authenticator. Source: RFC 4648 §6, without padding.
    static String written(byte[] secret) {
        StringBuilder out = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte one : secret) {
            held = held << 8 | (one & 0xFF);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(DIGITS.charAt(held >> bits & 0x1F));
            }
        }
        return out.toString();
    }

    /// The secret that was written so; 20 bytes.
    ///
    /// @throws IllegalArgumentException when it is none
    static byte[] read(String written) {
        ByteBuffer out = ByteBuffer.allocate(SECRET_BYTES);
        int bits = 0;
        int held = 0;
        if (written.length() != SECRET_BYTES * 8 / 5) {
            throw new IllegalArgumentException("a secret has 32 letters and digits");
        }
        for (int i = 0; i < written.length(); i++) {
            int digit = DIGITS.indexOf(written.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("a secret has the letters A to Z and 2 to 7");
            }
            held = held << 5 | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out.put((byte) (held >> bits));
            }
        }
        return out.array();
    }
}
