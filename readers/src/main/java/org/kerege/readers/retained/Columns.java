package org.kerege.readers.retained;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two kinds of columns of a table, in pages of some thousand rows, so that one row is read without the others. A page
/// of which all rows are equal takes no block.
final class Columns {

    static final int PAGE = 1 << 13;

    private Columns() {}

    private static int pagesOf(int rows) {
        return (rows + PAGE - 1) / PAGE;
    }

    private static int inPage(int page, int rows) {
        return Math.min(PAGE, rows - page * PAGE);
    }

    /// Numbers of values in a [Vocabulary], in one to four bytes each.
    record Values(int vocabulary, List<Page> pages) {

        /// @param place null where all rows have `least`
        private record Page(int least, int most, Blocks.@Nullable Place place) {

            int width() {
                int span = most - least;
                return span < 1 << 8 ? 1 : span < 1 << 16 ? 2 : span < 1 << 24 ? 3 : 4;
            }
        }

        static Values write(int vocabulary, int[] numbers, int rows, Blocks out)
                throws IOException {
            List<Page> pages = new ArrayList<>();
            for (int page = 0; page < pagesOf(rows); page++) {
                pages.add(write(numbers, page * PAGE, inPage(page, rows), out));
            }
            return new Values(vocabulary, pages);
        }

        private static Page write(int[] numbers, int from, int rows, Blocks out)
                throws IOException {
            int least = numbers[from];
            int most = numbers[from];
            for (int row = 1; row < rows; row++) {
                least = Math.min(least, numbers[from + row]);
                most = Math.max(most, numbers[from + row]);
            }
            if (least == most) {
                return new Page(least, most, null);
            }
            int width = new Page(least, most, null).width();
            byte[] raw = new byte[rows * width];
            for (int row = 0; row < rows; row++) {
                int number = numbers[from + row] - least;
                for (int i = 0; i < width; i++) {
                    raw[row * width + i] = (byte) (number >>> (8 * i));
                }
            }
            return new Page(least, most, out.add(raw));
        }

        void writeHead(DataOutput head) throws IOException {
            head.writeInt(vocabulary);
            for (Page page : pages) {
                head.writeInt(page.least);
                head.writeInt(page.most);
                if (page.place != null) {
                    page.place.write(head);
                }
            }
        }

        static Values read(DataInput head, int rows) throws IOException {
            int vocabulary = head.readInt();
            List<Page> pages = new ArrayList<>();
            for (int page = 0; page < pagesOf(rows); page++) {
                int least = head.readInt();
                int most = head.readInt();
                if (least < 0 || most < least) {
                    throw new DamagedSegment("a column has no bounds");
                }
                pages.add(new Page(least, most, least == most ? null : Blocks.Place.read(head)));
            }
            return new Values(vocabulary, pages);
        }

        /// Adds the rows with one of the wanted values.
        void rows(BitSet wanted, int rows, Blocks.Bytes file, BitSet into) throws IOException {
            for (int page = 0; page < pages.size(); page++) {
                Page at = pages.get(page);
                int next = wanted.nextSetBit(at.least);
                if (next >= 0 && next <= at.most) {
                    rows(wanted, at, page * PAGE, inPage(page, rows), file, into);
                }
            }
        }

        private static void rows(
                BitSet wanted, Page page, int from, int rows, Blocks.Bytes file, BitSet into)
                throws IOException {
            if (page.place == null) {
                into.set(from, from + rows);
                return;
            }
            byte[] raw = raw(page, rows, file);
            int width = page.width();
            int first = wanted.nextSetBit(page.least);
            int end = wanted.nextClearBit(first);
            int after = wanted.nextSetBit(end);
            boolean oneRange = after < 0 || after > page.most;
            for (int row = 0; row < rows; row++) {
                int number = number(raw, row, width) + page.least;
                if (oneRange ? number >= first && number < end : wanted.get(number)) {
                    into.set(from + row);
                }
            }
        }

        /// The number in each row of a page.
        int[] page(int page, int rows, Blocks.Bytes file) throws IOException {
            Page at = pages.get(page);
            int[] numbers = new int[inPage(page, rows)];
            byte[] raw = at.place == null ? new byte[0] : raw(at, numbers.length, file);
            int width = at.width();
            for (int row = 0; row < numbers.length; row++) {
                numbers[row] = at.least + (at.place == null ? 0 : number(raw, row, width));
            }
            return numbers;
        }

        private static byte[] raw(Page page, int rows, Blocks.Bytes file) throws IOException {
            if (page.place == null || page.place.rawBytes() != (long) rows * page.width()) {
                throw new DamagedSegment("a column has not one value a row");
            }
            return page.place.read(file);
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
    record Plain(List<Run> pages) {

        /// @param place null where all rows have `first`
        private record Run(long first, Blocks.@Nullable Place place) {}

        static Plain write(long[] numbers, int rows, Blocks out) throws IOException {
            List<Run> pages = new ArrayList<>();
            for (int page = 0; page < pagesOf(rows); page++) {
                int from = page * PAGE;
                boolean equal = true;
                Numbers differences = new Numbers();
                for (int row = from + 1; row < from + inPage(page, rows); row++) {
                    equal &= numbers[row] == numbers[from];
                    differences.addSigned(numbers[row] - numbers[row - 1]);
                }
                pages.add(new Run(numbers[from], equal ? null : out.add(differences.toBytes())));
            }
            return new Plain(pages);
        }

        void writeHead(DataOutput head) throws IOException {
            for (Run page : pages) {
                head.writeLong(page.first);
                head.writeBoolean(page.place != null);
                if (page.place != null) {
                    page.place.write(head);
                }
            }
        }

        static Plain read(DataInput head, int rows) throws IOException {
            List<Run> pages = new ArrayList<>();
            for (int page = 0; page < pagesOf(rows); page++) {
                pages.add(
                        new Run(
                                head.readLong(),
                                head.readBoolean() ? Blocks.Place.read(head) : null));
            }
            return new Plain(pages);
        }

        /// The number in each row of a page.
        long[] page(int page, int rows, Blocks.Bytes file) throws IOException {
            Run at = pages.get(page);
            long[] numbers = new long[inPage(page, rows)];
            Numbers.Reader differences =
                    new Numbers.Reader(at.place == null ? new byte[0] : at.place.read(file));
            numbers[0] = at.first;
            for (int row = 1; row < numbers.length; row++) {
                numbers[row] = numbers[row - 1] + (at.place == null ? 0 : differences.nextSigned());
            }
            return numbers;
        }
    }
}
