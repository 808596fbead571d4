package org.kerege.readers.retained;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Ascending numbers in pages of which the first numbers are known, so that one is found by reading one page. For one
/// thread.
final class KeyPages {

    private static final int PAGE = 512;

    private final int count;
    private final long[] first;
    private final Blocks.Place[] places;
    private int heldPage = -1;
    private long[] held = {};

    private KeyPages(int count, long[] first, Blocks.Place[] places) {
        this.count = count;
        this.first = first;
        this.places = places;
    }

    /// @param ascending the same number may stand several times
    static KeyPages write(long[] ascending, Blocks out) throws IOException {
        int pages = pages(ascending.length);
        long[] first = new long[pages];
        Blocks.Place[] places = new Blocks.Place[pages];
        for (int page = 0; page < pages; page++) {
            int from = page * PAGE;
            int to = Math.min(ascending.length, from + PAGE);
            Numbers differences = new Numbers();
            for (int i = from + 1; i < to; i++) {
                differences.add(ascending[i] - ascending[i - 1]);
            }
            first[page] = ascending[from];
            places[page] = out.add(differences.toBytes());
        }
        return new KeyPages(ascending.length, first, places);
    }

    void writeHead(DataOutput head) throws IOException {
        head.writeInt(count);
        for (int page = 0; page < first.length; page++) {
            head.writeLong(first[page]);
            places[page].write(head);
        }
    }

    static KeyPages read(DataInput head) throws IOException {
        int count = Segment.count(head.readInt());
        long[] first = new long[pages(count)];
        Blocks.Place[] places = new Blocks.Place[first.length];
        for (int page = 0; page < first.length; page++) {
            first[page] = head.readLong();
            places[page] = Blocks.Place.read(head);
        }
        return new KeyPages(count, first, places);
    }

    private static int pages(int count) {
        return (count + PAGE - 1) / PAGE;
    }

    int count() {
        return count;
    }

    /// A copy with a page of its own in hand, for another thread.
    KeyPages forThread() {
        return new KeyPages(count, first, places);
    }

    long at(int index, Blocks.Bytes file) throws IOException {
        return page(index / PAGE, file)[index % PAGE];
    }

    /// How many numbers are smaller.
    int smallerThan(long number, Blocks.Bytes file) throws IOException {
        int page = Arrays.binarySearch(first, number);
        page = page < 0 ? -page - 2 : page;
        // The same number may end the page before.
        while (page >= 0 && first[page] >= number) {
            page--;
        }
        if (page < 0) {
            return 0;
        }
        long[] numbers = page(page, file);
        int at = 0;
        while (at < numbers.length && numbers[at] < number) {
            at++;
        }
        return page * PAGE + at;
    }

    /// How many numbers are not larger.
    int upTo(long number, Blocks.Bytes file) throws IOException {
        return number == Long.MAX_VALUE ? count : smallerThan(number + 1, file);
    }

    private long[] page(int page, Blocks.Bytes file) throws IOException {
        if (page != heldPage) {
            Numbers.Reader differences = new Numbers.Reader(places[page].read(file));
            long[] numbers = new long[Math.min(PAGE, count - page * PAGE)];
            numbers[0] = first[page];
            for (int i = 1; i < numbers.length; i++) {
                numbers[i] = numbers[i - 1] + differences.next();
            }
            held = numbers;
            heldPage = page;
        }
        return held;
    }
}
