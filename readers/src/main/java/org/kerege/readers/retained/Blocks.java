package org.kerege.readers.retained;

import com.github.luben.zstd.Zstd;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/// A segment's file while it is written: blocks, each compressed where that pays and with a sum by which damage shows.
final class Blocks {

    /// Most bytes of a block before compression; a segment's bounds keep all of them below.
    static final int MAX_BYTES = 1 << 28;

    private static final int LEVEL = 3;
    private static final int WORTH_COMPRESSING = 64;

    private final OutputStream out;
    private long written;

    Blocks(OutputStream out) {
        this.out = out;
    }

    /// Where a block stands.
    ///
    /// @param rawBytes its length before compression; equal to `bytes` where it is not compressed
    record Place(long offset, int bytes, int rawBytes, int sum) {

        void write(DataOutput head) throws IOException {
            head.writeLong(offset);
            head.writeInt(bytes);
            head.writeInt(rawBytes);
            head.writeInt(sum);
        }

        static Place read(DataInput head) throws IOException {
            Place place =
                    new Place(head.readLong(), head.readInt(), head.readInt(), head.readInt());
            if (place.offset < 0
                    || place.bytes < 0
                    || place.rawBytes < place.bytes
                    || place.rawBytes > MAX_BYTES) {
                throw new DamagedSegment("a block has no place");
            }
            return place;
        }

        /// The block's bytes.
        ///
        /// @throws DamagedSegment when they are not those that were written
        byte[] read(Bytes file) throws IOException {
            byte[] stored = file.read(offset, bytes);
            if (Blocks.sum(stored, bytes) != sum) {
                throw new DamagedSegment("the block at byte " + offset + " is damaged");
            }
            if (bytes == rawBytes) {
                return stored;
            }
            byte[] raw = new byte[rawBytes];
            long length = Zstd.decompress(raw, stored);
            if (Zstd.isError(length) || length != rawBytes) {
                throw new DamagedSegment("the block at byte " + offset + " cannot be expanded");
            }
            return raw;
        }
    }

    /// Bytes of a file by their places.
    @FunctionalInterface
    interface Bytes {
        /// The bytes from a place on.
        ///
        /// @throws IOException also when the file ends before
        byte[] read(long offset, int length) throws IOException;
    }

    Place add(byte[] raw) throws IOException {
        byte[] stored = raw;
        if (raw.length >= WORTH_COMPRESSING) {
            byte[] compressed = Zstd.compress(raw, LEVEL);
            stored = compressed.length < raw.length ? compressed : raw;
        }
        Place place = new Place(written, stored.length, raw.length, sum(stored, stored.length));
        out.write(stored);
        written += stored.length;
        return place;
    }

    static int sum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
