package org.kerege.tlog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// A SHA-256 value of the tree: of a leaf, of an inner node, or of a whole tree. Leaves and nodes are told apart by
/// their first byte, so that none can stand for the other. Source: RFC 6962 §2.1.
public final class Hash {

    /// Length in bytes.
    public static final int BYTES = 32;

    /// The root of the tree without leaves: SHA-256 of nothing.
    public static final Hash OF_EMPTY_TREE = new Hash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The hash with these 32 bytes.
    ///
    /// @throws MalformedLog when there are more or fewer
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new MalformedLog("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /// Reads standard base64 with padding.
    ///
    /// @throws MalformedLog when `text` is not base64 of 32 bytes
    public static Hash parse(String text) {
        return of(Base64Text.decode(text, "hash"));
    }

    /// The hash of a leaf with these bytes.
    public static Hash ofLeaf(byte[] entry) {
        MessageDigest sha256 = sha256();
        sha256.update(LEAF);
        return new Hash(sha256.digest(entry));
    }

    /// The hash of the node over two children.
    public static Hash ofNode(Hash left, Hash right) {
        MessageDigest sha256 = sha256();
        sha256.update(NODE);
        sha256.update(left.bytes);
        sha256.update(right.bytes);
        return new Hash(sha256.digest());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    static Hash from(byte[] source, int offset) {
        return new Hash(Arrays.copyOfRange(source, offset, offset + BYTES));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Standard base64 with padding, as in checkpoints and proofs.
    @Override
    public String toString() {
        return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
    }
}
