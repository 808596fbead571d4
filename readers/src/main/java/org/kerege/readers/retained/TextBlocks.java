package org.kerege.readers.retained;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/// Texts by number, in blocks of some hundred. For one thread.
final class TextBlocks {

    private static final int MOST_TEXTS = 1_024;
    private static final int FULL_BYTES = 1 << 15;

    private final int count;
    private final int[] first;
    private final Blocks.Place[] places;
    private final Map<Integer, String[]> read = new HashMap<>();

    private TextBlocks(int count, int[] first, Blocks.Place[] places) {
        this.count = count;
        this.first = first;
        this.places = places;
    }

    static TextBlocks write(List<String> texts, Blocks out) throws IOException {
        int[] first = new int[16];
        Blocks.Place[] places = new Blocks.Place[16];
        int blocks = 0;
        for (int at = 0; at < texts.size(); ) {
            if (blocks == first.length) {
                first = Arrays.copyOf(first, blocks * 2);
                places = Arrays.copyOf(places, blocks * 2);
            }
            first[blocks] = at;
            Numbers block = new Numbers();
            do {
                byte[] text = texts.get(at++).getBytes(StandardCharsets.UTF_8);
                block.add(text.length);
                block.add(text);
            } while (at < texts.size()
                    && at - first[blocks] < MOST_TEXTS
                    && block.length() < FULL_BYTES);
            places[blocks++] = out.add(block.toBytes());
        }
        return new TextBlocks(
                texts.size(), Arrays.copyOf(first, blocks), Arrays.copyOf(places, blocks));
    }

    void writeHead(DataOutput head) throws IOException {
        head.writeInt(count);
        head.writeInt(first.length);
        for (int block = 0; block < first.length; block++) {
            head.writeInt(first[block]);
            places[block].write(head);
        }
    }

    static TextBlocks read(DataInput head) throws IOException {
        int count = Segment.count(head.readInt());
        int blocks = Segment.count(head.readInt());
        if (blocks > count) {
            throw new DamagedSegment("more blocks than texts");
        }
        int[] first = new int[blocks];
        Blocks.Place[] places = new Blocks.Place[blocks];
        for (int block = 0; block < blocks; block++) {
            first[block] = head.readInt();
            places[block] = Blocks.Place.read(head);
        }
        return new TextBlocks(count, first, places);
    }

    TextBlocks forThread() {
        return new TextBlocks(count, first, places);
    }

    int count() {
        return count;
    }

    String at(int index, Blocks.Bytes file) throws IOException {
        int place = Arrays.binarySearch(first, index);
        int block = place < 0 ? -place - 2 : place;
        if (block < 0 || index >= count) {
            throw new DamagedSegment("there is no text " + index);
        }
        String[] texts = read.get(block);
        if (texts == null) {
            texts = texts(block, file);
            read.put(block, texts);
        }
        return texts[index - first[block]];
    }

    private String[] texts(int block, Blocks.Bytes file) throws IOException {
        byte[] bytes = places[block].read(file);
        Numbers.Reader reader = new Numbers.Reader(bytes);
        String[] texts = new String[inBlock(block)];
        for (int i = 0; i < texts.length; i++) {
            long length = reader.next();
            texts[i] = new String(bytes, reader.skip(length), (int) length, StandardCharsets.UTF_8);
        }
        return texts;
    }

    private int inBlock(int block) throws DamagedSegment {
        int number = (block + 1 < first.length ? first[block + 1] : count) - first[block];
        if (number < 0 || number > MOST_TEXTS) {
            throw new DamagedSegment("a block of texts has no length");
        }
        return number;
    }

    /// Hands out the numbers of the texts of which `test` says so, ascending. Nothing is kept of them.
    void matching(Question.TextTest test, Blocks.Bytes file, IntConsumer found) throws IOException {
        char[] characters = new char[1 << 10];
        for (int block = 0; block < first.length; block++) {
            byte[] bytes = places[block].read(file);
            Numbers.Reader reader = new Numbers.Reader(bytes);
            int texts = inBlock(block);
            for (int i = 0; i < texts; i++) {
                int length = (int) reader.next();
                int from = reader.skip(length);
                if (length > characters.length) {
                    characters = new char[length * 2];
                }
                if (test.mayBe(characters, decoded(bytes, from, length, characters))) {
                    found.accept(first[block] + i);
                }
            }
        }
    }

    private static int decoded(byte[] bytes, int from, int length, char[] into) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[from + i];
            if (b < 0) {
                String text = new String(bytes, from, length, StandardCharsets.UTF_8);
                text.getChars(0, text.length(), into, 0);
                return text.length();
            }
            into[i] = (char) b;
        }
        return length;
    }
}
