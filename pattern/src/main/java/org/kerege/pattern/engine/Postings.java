package org.kerege.pattern.engine;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// Numbers by key of 64 bits. A key that many share costs one slot; each number costs eight bytes.
final class Postings {

    private static final int NONE = -1;

    private long[] keys = new long[16];
    private int[] heads = filled(16);
    private int used;
    private int[] next = new int[16];
    private int[] number = new int[16];
    private int size;

    void add(long key, int value) {
        if (used * 4L > keys.length * 3L) {
            grow();
        }
        if (size == number.length) {
            next = Arrays.copyOf(next, size + (size >> 1));
            number = Arrays.copyOf(number, next.length);
        }
        int slot = slot(keys, heads, key);
        if (heads[slot] == NONE) {
            keys[slot] = key;
            used++;
        }
        number[size] = value;
        next[size] = heads[slot];
        heads[slot] = size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The first entry of a key, negative for none; see [#after] and [#numberAt].
    int first(long key) {
        return heads[slot(keys, heads, key)];
    }

    /// The entry behind `entry` of the same key, negative for none.
    int after(int entry) {
        return next[entry];
    }

    int numberAt(int entry) {
        return number[entry];
    }

    /// How many different keys there are.
    int keys() {
        return used;
    }

    void forEachKey(LongConsumer consumer) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (heads[slot] != NONE) {
                consumer.accept(keys[slot]);
            }
        }
    }

    /// Gives back what was reserved for growth.
    void trim() {
        next = Arrays.copyOf(next, Math.max(1, size));
        number = Arrays.copyOf(number, Math.max(1, size));
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldHeads = heads;
        keys = new long[oldKeys.length * 2];
        heads = filled(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldHeads[i] != NONE) {
                int slot = slot(keys, heads, oldKeys[i]);
                keys[slot] = oldKeys[i];
                heads[slot] = oldHeads[i];
            }
        }
    }

    private static int slot(long[] keys, int[] heads, long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (heads[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int[] filled(int length) {
        int[] heads = new int[length];
        Arrays.fill(heads, NONE);
        return heads;
    }
}
