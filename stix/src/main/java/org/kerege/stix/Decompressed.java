package org.kerege.stix;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/// A stream as it is, or unpacked where it begins as gzip does, with a bound on what comes out: a few bytes can
/// unpack to any number of them. Source: RFC 1952 §2.3.1.
public final class Decompressed extends FilterInputStream {

    /// Most bytes out for one byte in; text hardly reaches 20, gzip itself ends at 1,032.
    public static final int MAX_RATIO = 200;

    /// Bytes that may come out whatever the ratio.
    private static final long FREE_BYTES = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final Counted packed;
    private final boolean isPacked;
    private final long maxBytes;
    private long bytes;

    private Decompressed(InputStream out, Counted packed, boolean isPacked, long maxBytes) {
        super(out);
        this.packed = packed;
        this.isPacked = isPacked;
        this.maxBytes = maxBytes;
    }

    /// Opens a stream; its first two bytes tell whether it is packed.
    ///
    /// @param maxBytes most bytes to come out
    /// @throws IOException when the stream fails or a packed one is damaged
    public static Decompressed of(InputStream in, long maxBytes) throws IOException {
        Counted counted = new Counted(in);
        PushbackInputStream start = new PushbackInputStream(counted, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean isPacked = magic.length == 2 && magic[0] == 0x1F && (magic[1] & 0xFF) == 0x8B;
        InputStream out = isPacked ? new GZIPInputStream(start, BUFFER) : start;
        return new Decompressed(out, counted, isPacked, maxBytes);
    }

    /// @throws MalformedStix beyond the bounds
    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            count(1);
        }
        return b;
    }

    /// @throws MalformedStix beyond the bounds
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] skipped = new byte[Math.clamp(bytes, 0, BUFFER)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) {
        bytes += read;
        if (bytes > maxBytes) {
            throw new MalformedStix(
                    "",
                    "a document has at most " + maxBytes + " bytes",
                    "the document is larger than " + maxBytes + " bytes");
        }
        if (isPacked && bytes > FREE_BYTES && bytes / MAX_RATIO > packed.bytes) {
            throw new MalformedStix(
                    "",
                    "a packed document unpacks to at most " + MAX_RATIO + " times its size",
                    "%d bytes unpack to more than %d".formatted(packed.bytes, bytes));
        }
    }

    /// Counts what is taken from the stream below.
    private static final class Counted extends FilterInputStream {

        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            bytes += b >= 0 ? 1 : 0;
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
