package org.kerege.charter.act;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.kerege.charter.MalformedCharter;
import org.kerege.tlog.Hash;

/// How a log holds an act, so that whoever has the act can find its leaf.
///
/// A log of acts alone has the entry `kerege-act <digest>` and a newline. A node's ledger holds an act as an entry of
/// its own kind, whose leaf is a salted commitment (decision 0040): a proof from it carries as extra data the two facts
/// that open the leaf, the time of recording (8 bytes, microseconds since 1970, big-endian) and the salt (32 bytes).
public final class ActEntry {

    /// The ledger's kind of entry for an act.
    public static final int LEDGER_KIND = 8;

    /// Length of a salt.
    public static final int SALT_BYTES = 32;

    private static final byte[] HEADER = "kerege/1\0".getBytes(StandardCharsets.US_ASCII);

    private ActEntry() {}

    /// The entry of a log of acts alone.
    public static byte[] alone(String digest) {
        return ("kerege-act " + digest + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// What a ledger's entry says; its body is empty.
    public static byte[] ledgerMeta(String digest) {
        return ("{\"act\":\"" + digest + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    /// The extra data of a proof from a ledger.
    public static byte[] opening(Instant recordedAt, byte[] salt) {
        return ByteBuffer.allocate(Long.BYTES + salt.length)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt))
                .put(salt)
                .array();
    }

    /// The leaf of an act in the log that a proof is from.
    ///
    /// @param extra the proof's extra data: none, or what opens a ledger's leaf
    /// @throws MalformedCharter when it is neither
    public static Hash leaf(String digest, byte[] extra) {
        if (extra.length == 0) {
            return Hash.ofLeaf(alone(digest));
        }
        if (extra.length != Long.BYTES + SALT_BYTES) {
            throw new MalformedCharter("", "the proof's extra data opens no entry of a ledger");
        }
        byte[] meta = ledgerMeta(digest);
        byte[] committed =
                ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + meta.length)
                        .put(extra, Long.BYTES, SALT_BYTES)
                        .putInt(meta.length)
                        .put(meta)
                        .array();
        byte[] entry =
                ByteBuffer.allocate(HEADER.length + Integer.BYTES + Long.BYTES + Hash.BYTES)
                        .put(HEADER)
                        .putInt(LEDGER_KIND)
                        .put(extra, 0, Long.BYTES)
                        .put(Act.digest(committed))
                        .array();
        return Hash.ofLeaf(entry);
    }
}
