package org.kerege.readers.retained;

import java.util.Arrays;

/// Whole numbers in few bytes, one behind the other: seven bits a byte, the lowest first.
final class Numbers {

    private byte[] bytes = new byte[256];
    private int length;

    void add(long number) {
        if (length + 10 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /// Numbers near zero on both sides become small ones.
    void addSigned(long number) {
        add(number << 1 ^ number >> 63);
    }

    void add(byte[] more) {
        while (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Reads them again.
    static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        long next() throws DamagedSegment {
            long number = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                if (at == bytes.length) {
                    break;
                }
                byte b = bytes[at++];
                number |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return number;
                }
            }
            throw new DamagedSegment("a block ends within a number");
        }

        long nextSigned() throws DamagedSegment {
            long number = next();
            return number >>> 1 ^ -(number & 1);
        }

        /// Passes over some bytes and says where they begin.
        int skip(long count) throws DamagedSegment {
            if (count < 0 || count > bytes.length - at) {
                throw new DamagedSegment("a block ends within a text");
            }
            int from = at;
            at += (int) count;
            return from;
        }
    }
}
