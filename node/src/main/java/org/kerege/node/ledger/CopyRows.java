package org.kerege.node.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into one table by binary COPY, the fastest way in that PostgreSQL has. Values are written
/// in the order of the columns. Not for use by several threads. Source: PostgreSQL manual, COPY, "Binary Format".
public final class CopyRows {

    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final byte[] SIGNATURE =
            "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final String statement;
    private final int columnCount;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final DataOutputStream out = new DataOutputStream(bytes);
    private int rowCount;

    public CopyRows(String table, List<String> columns) {
        this.statement =
                "copy "
                        + table
                        + " ("
                        + String.join(", ", columns)
                        + ") from stdin (format binary)";
        this.columnCount = columns.size();
        write(() -> {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        });
    }

    /// Begins a row; exactly as many values as there are columns follow.
    public CopyRows row() {
        rowCount++;
        return write(() -> out.writeShort(columnCount));
    }

    public CopyRows bigint(long value) {
        return write(() -> {
            out.writeInt(8);
            out.writeLong(value);
        });
    }

    public CopyRows integer(int value) {
        return write(() -> {
            out.writeInt(4);
            out.writeInt(value);
        });
    }

    public CopyRows smallint(int value) {
        return write(() -> {
            out.writeInt(2);
            out.writeShort(value);
        });
    }

    public CopyRows bool(boolean value) {
        return write(() -> {
            out.writeInt(1);
            out.writeByte(value ? 1 : 0);
        });
    }

    public CopyRows bytea(byte @Nullable [] value) {
        return write(() -> {
            if (value == null) {
                out.writeInt(-1);
            } else {
                out.writeInt(value.length);
                out.write(value);
            }
        });
    }

    public CopyRows text(@Nullable String value) {
        return bytea(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public CopyRows timestamp(Instant value) {
        return bigint(ChronoUnit.MICROS.between(POSTGRES_EPOCH, value));
    }

    /// Sends the rows; does nothing when there are none.
    public void send(Connection connection) throws SQLException {
        if (rowCount == 0) {
            return;
        }
        write(() -> out.writeShort(-1));
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            byte[] all = bytes.toByteArray();
            copy.writeToCopy(all, 0, all.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private CopyRows write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
