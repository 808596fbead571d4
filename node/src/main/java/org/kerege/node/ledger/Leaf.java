package org.kerege.node.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The bytes of a ledger entry that the Merkle tree covers. Frozen: see `docs/decisions/0040-leaf-bytes.md`.
///
/// A leaf is 53 bytes: `kerege/1` in ASCII, a zero byte, the entry's kind as a 4-byte number, the time of
/// recording as an 8-byte number of microseconds since 1970, and the 32-byte commitment. All numbers are
/// big-endian. The commitment is SHA-256 over the 32-byte salt, the length of `meta` as a 4-byte number,
/// `meta` and `body`: whoever has the payload and its salt can check it, whoever has neither learns nothing.
final class Leaf {

    static final int SALT_BYTES = 32;

    private static final byte[] HEADER = "kerege/1\0".getBytes(StandardCharsets.US_ASCII);

    private Leaf() {}

    /// The leaf's bytes, before the tree's own hashing.
    static byte[] bytes(EntryKind kind, Instant recordedAt, byte[] salt, byte[] meta, byte[] body) {
        return ByteBuffer.allocate(HEADER.length + 4 + 8 + 32)
                .put(HEADER)
                .putInt(kind.number())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt))
                .put(commitment(salt, meta, body))
                .array();
    }

    /// The leaf's hash in the tree: SHA-256 over a zero byte and the leaf. Source: RFC 6962 §2.1.
    static byte[] hash(byte[] leaf) {
        MessageDigest sha256 = sha256();
        sha256.update((byte) 0);
        return sha256.digest(leaf);
    }

    private static byte[] commitment(byte[] salt, byte[] meta, byte[] body) {
        MessageDigest sha256 = sha256();
        sha256.update(salt);
        sha256.update(ByteBuffer.allocate(4).putInt(meta.length).array());
        sha256.update(meta);
        return sha256.digest(body);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
