package org.kerege.readers.retained;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The two kinds of columns of a table; one of which all rows are equal takes no block.
final class Columns {

    private Columns() {}

    /// Numbers of values in a [Vocabulary], in one to four bytes each.
    record Values(int vocabulary, int least, int most, Blocks.@Nullable Place place) {

        static Values write(int vocabulary, int[] numbers, int rows, Blocks out)
                throws IOException {
            int least = Arrays.stream(numbers, 0, rows).min().orElse(0);
            int most = Arrays.stream(numbers, 0, rows).max().orElse(0);
            if (least == most) {
                return new Values(vocabulary, least, most, null);
            }
            int width = width(most - least);
            byte[] raw = new byte[rows * width];
            for (int row = 0; row < rows; row++) {
                int number = numbers[row] - least;
                for (int i = 0; i < width; i++) {
                    raw[row * width + i] = (byte) (number >>> (8 * i));
                }
            }
            return new Values(vocabulary, least, most, out.add(raw));
        }

        private static int width(int span) {
            return span < 1 << 8 ? 1 : span < 1 << 16 ? 2 : span < 1 << 24 ? 3 : 4;
        }

        void writeHead(DataOutput head) throws IOException {
            head.writeInt(vocabulary);
            head.writeInt(least);
            head.writeInt(most);
            if (place != null) {
                place.write(head);
            }
        }

        static Values read(DataInput head) throws IOException {
            int vocabulary = head.readInt();
            int least = head.readInt();
            int most = head.readInt();
            if (least < 0 || most < least) {
                throw new DamagedSegment("a column has no bounds");
            }
            return new Values(
                    vocabulary, least, most, least == most ? null : Blocks.Place.read(head));
        }

        /// Adds the rows with one of the wanted values.
        void rows(BitSet wanted, int rows, Blocks.Bytes file, BitSet into) throws IOException {
            int next = wanted.nextSetBit(least);
            if (next < 0 || next > most) {
                return;
            }
            if (place == null) {
                into.set(0, rows);
                return;
            }
            byte[] raw = raw(rows, file);
            int end = wanted.nextClearBit(next);
            boolean oneRange = wanted.nextSetBit(end) < 0 || wanted.nextSetBit(end) > most;
            int width = width(most - least);
            for (int row = 0; row < rows; row++) {
                int number = number(raw, row, width) + least;
                if (oneRange ? number >= next && number < end : wanted.get(number)) {
                    into.set(row);
                }
            }
        }

        int[] all(int rows, Blocks.Bytes file) throws IOException {
            int[] numbers = new int[rows];
            if (place == null) {
                Arrays.fill(numbers, least);
                return numbers;
            }
            byte[] raw = raw(rows, file);
            int width = width(most - least);
            for (int row = 0; row < rows; row++) {
                numbers[row] = number(raw, row, width) + least;
            }
            return numbers;
        }

        private byte[] raw(int rows, Blocks.Bytes file) throws IOException {
            if (place == null || place.rawBytes() != (long) rows * width(most - least)) {
                throw new DamagedSegment("a column has not one value a row");
            }
            return place.read(file);
        }

        private static int number(byte[] raw, int row, int width) {
            int at = row * width;
            int number = 0;
            for (int i = width - 1; i >= 0; i--) {
                number = (number << 8) | (raw[at + i] & 255);
            }
            return number;
        }
    }

    /// Numbers that stand for themselves, as differences.
    record Plain(long first, Blocks.@Nullable Place place) {

        static Plain write(long[] numbers, int rows, Blocks out) throws IOException {
            boolean equal = true;
            Numbers differences = new Numbers();
            for (int row = 1; row < rows; row++) {
                equal &= numbers[row] == numbers[0];
                differences.addSigned(numbers[row] - numbers[row - 1]);
            }
            return new Plain(
                    rows == 0 ? 0 : numbers[0], equal ? null : out.add(differences.toBytes()));
        }

        void writeHead(DataOutput head) throws IOException {
            head.writeLong(first);
            head.writeBoolean(place != null);
            if (place != null) {
                place.write(head);
            }
        }

        static Plain read(DataInput head) throws IOException {
            return new Plain(head.readLong(), head.readBoolean() ? Blocks.Place.read(head) : null);
        }

        long[] all(int rows, Blocks.Bytes file) throws IOException {
            long[] numbers = new long[rows];
            Arrays.fill(numbers, first);
            if (place != null) {
                Numbers.Reader differences = new Numbers.Reader(place.read(file));
                for (int row = 1; row < rows; row++) {
                    numbers[row] = numbers[row - 1] + differences.nextSigned();
                }
            }
            return numbers;
        }
    }
}
