package org.kerege.node.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into one table by binary COPY, the fastest way in that PostgreSQL has. Values are written
/// in the order of the columns. Not for use by several threads. Source: PostgreSQL manual, COPY, "Binary Format".
public final class CopyRows {

    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] SIGNATURE =
            "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final String statement;
    private final int columnCount;
    private byte[] bytes = new byte[1 << 16];
    private int size;
    private int rowCount;

    public CopyRows(String table, List<String> columns) {
        this.statement =
                "copy "
                        + table
                        + " ("
                        + String.join(", ", columns)
                        + ") from stdin (format binary)";
        this.columnCount = columns.size();
        put(SIGNATURE);
        putInt(0);
        putInt(0);
    }

    /// Begins a row; exactly as many values as there are columns follow.
    public CopyRows row() {
        rowCount++;
        putShort(columnCount);
        return this;
    }

    public CopyRows bigint(long value) {
        putInt(Long.BYTES);
        room(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    public CopyRows integer(int value) {
        putInt(Integer.BYTES);
        putInt(value);
        return this;
    }

    public CopyRows smallint(int value) {
        putInt(Short.BYTES);
        putShort(value);
        return this;
    }

    public CopyRows bool(boolean value) {
        putInt(1);
        room(1);
        bytes[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    public CopyRows bytea(byte @Nullable [] value) {
        if (value == null) {
            putInt(-1);
        } else {
            putInt(value.length);
            put(value);
        }
        return this;
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
        putShort(-1);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            copy.writeToCopy(bytes, 0, size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void put(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void putInt(int value) {
        room(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    private void putShort(int value) {
        room(Short.BYTES);
        SHORT.set(bytes, size, (short) value);
        size += Short.BYTES;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
