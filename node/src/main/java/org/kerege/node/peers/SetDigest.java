package org.kerege.node.peers;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A digest of a set of versions that does not depend on their order: the sum of the SHA-256 of each, modulo 2^256, and
/// how many there are. Equal for equal sets; nobody finds another set of the same by chance.
final class SetDigest {

    private static final BigInteger MODULUS = BigInteger.TWO.pow(256);
    private static final int BYTES = 32;

    private final MessageDigest sha256;
    private BigInteger sum = BigInteger.ZERO;
    private long count;

    SetDigest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Adds a version, once.
    ///
    /// @param version sortable text
    void add(String objectId, String version) {
        byte[] hash = sha256.digest((objectId + " " + version).getBytes(StandardCharsets.UTF_8));
        sum = sum.add(new BigInteger(1, hash)).mod(MODULUS);
        count++;
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[BYTES];
        byte[] text = sum.toByteArray();
        int length = Math.min(text.length, BYTES);
        System.arraycopy(text, text.length - length, bytes, BYTES - length, length);
        return count + ":" + HexFormat.of().formatHex(bytes);
    }
}
