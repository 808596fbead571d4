package org.kerege.node.desk;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The program on a person's phone that makes codes, written from RFC 6238 apart from the node's own.
final class Authenticator {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Authenticator() {}

    /// The code of now.
    ///
    /// @param steps how many half minutes later, for a code that was not used yet
    static String code(String secret, int steps) {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < secret.length(); i++) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(DIGITS.indexOf(secret.charAt(i))));
        }
        byte[] raw = bits.toByteArray();
        byte[] key = new byte[20];
        for (int i = 0; i < Math.min(20, raw.length); i++) {
            key[19 - i] = raw[raw.length - 1 - i];
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            long step = Instant.now().getEpochSecond() / 30 + steps;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7FFFFFFF;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
