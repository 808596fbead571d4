package org.kerege.node.exchange;

import java.io.ByteArrayOutputStream;

/// Whole numbers in few bytes: seven bits a byte, the sign in the lowest bit, so that small ones of either sign are short.
final class Numbers {

    private Numbers() {}

    /// Numbers one after the other.
    static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer write(long number) {
            long rest = (number << 1) ^ (number >> 63);
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            out.write((int) rest);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    /// Reads what a [Writer] wrote.
    static final class Reader {

        private final byte[] written;
        private int at;

        Reader(byte[] written) {
            this.written = written;
        }

        boolean more() {
            return at < written.length;
        }

        /// @throws IllegalStateException when the bytes end within a number
        long next() {
            long rest = 0;
            int shift = 0;
            byte part;
            do {
                if (!more()) {
                    throw new IllegalStateException("the entry ends within a number");
                }
                part = written[at++];
                rest |= (long) (part & 0x7F) << shift;
                shift += 7;
            } while (part < 0);
            return (rest >>> 1) ^ -(rest & 1);
        }
    }
}
