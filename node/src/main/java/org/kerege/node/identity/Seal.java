package org.kerege.node.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Closes bytes so that only the holder of the key reads them, and notices when they were changed or moved elsewhere:
/// AES-GCM, 12 random bytes first.
final class Seal {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    /// @param key 32 bytes
    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// @param place what the bytes belong to; they open there alone
    byte[] close(String place, byte[] bytes) {
        byte[] nonce = Secrets.random(NONCE_BYTES);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(bytes);
            return ByteBuffer.allocate(NONCE_BYTES + closed.length).put(nonce).put(closed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /// The bytes; empty when they were closed with another key or for another place, or changed since.
    Optional<byte[]> open(String place, byte[] closed) {
        if (closed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOf(closed, NONCE_BYTES);
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, place, nonce)
                            .doFinal(closed, NONCE_BYTES, closed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, String place, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
