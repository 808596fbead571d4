package org.kerege.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Secrets that holders show and the store knows by their hash alone. They are random and long, so that a fast hash
/// protects them.
public final class Secrets {

    private static final int BYTES = 32;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// 43 characters that nobody can guess.
    public static String make() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(BYTES));
    }

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /// Whether two secrets are the same, in a time that does not tell how far they are.
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(hash(one), hash(other));
    }

    /// A key for [#mac], good as long as the process.
    static SecretKeySpec key() {
        return new SecretKeySpec(random(BYTES), MAC);
    }

    /// HMAC-SHA256 of the parts one after the other, 32 bytes.
    static byte[] mac(SecretKeySpec key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// SHA-256, 32 bytes.
    public static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
