package org.kerege.node.ledger;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// One piece of work inside the writer's transaction: entries are appended and projections written on the
/// same connection, all or nothing. Valid only during [Work#run].
public final class LedgerTransaction {

    private static final byte[] NOTHING = new byte[0];
    private static final int SALTS = 64;

    private final Connection connection;
    private final Instant now;
    private final SecureRandom random;
    private final CopyRows entries =
            new CopyRows("ledger_entry", List.of("seq", "kind", "recorded_at", "leaf"));
    private final CopyRows payloads =
            new CopyRows("ledger_payload", List.of("seq", "salt", "meta", "body"));
    private final byte[] salts = new byte[SALTS * Leaf.SALT_BYTES];
    private int saltAt = salts.length;
    private long nextSeq;

    LedgerTransaction(Connection connection, Instant now, SecureRandom random, long nextSeq) {
        this.connection = connection;
        this.now = now;
        this.random = random;
        this.nextSeq = nextSeq;
    }

    /// Appends an entry.
    ///
    /// @param meta what the entry says beside its body, JSON in UTF-8; without anything that must stay secret
    ///     after an erasure of the payload
    /// @param body the bytes it is about, such as an object as received
    /// @return its number in the ledger, one more than the entry before
    public long append(EntryKind kind, byte[] meta, byte[] body) {
        byte[] salt = salt();
        long seq = nextSeq++;
        entries.row()
                .bigint(seq)
                .smallint(kind.number())
                .timestamp(now)
                .bytea(Leaf.hash(Leaf.bytes(kind, now, salt, meta, body)));
        payloads.row().bigint(seq).bytea(salt).bytea(meta).bytea(body);
        return seq;
    }

    /// Salts are drawn many at a time: each draw costs more than what it draws.
    private byte[] salt() {
        if (saltAt == salts.length) {
            random.nextBytes(salts);
            saltAt = 0;
        }
        saltAt += Leaf.SALT_BYTES;
        return Arrays.copyOfRange(salts, saltAt - Leaf.SALT_BYTES, saltAt);
    }

    /// Appends an entry that is all in its `meta`.
    public long append(EntryKind kind, byte[] meta) {
        return append(kind, meta, NOTHING);
    }

    /// The connection of this transaction, for projections. It is not to be committed, rolled back or closed.
    public Connection connection() {
        return connection;
    }

    /// The time of recording of all entries of this piece of work, UTC, microseconds; never before that of
    /// an earlier entry.
    public Instant now() {
        return now;
    }

    /// The number that the next entry gets.
    public long nextSeq() {
        return nextSeq;
    }

    void flush() throws SQLException {
        entries.send(connection);
        payloads.send(connection);
    }
}
