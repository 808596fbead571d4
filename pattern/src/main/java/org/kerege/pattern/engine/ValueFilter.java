package org.kerege.pattern.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Tells of single values whether any pattern of an engine could come of them, so that events that cannot match are not
/// even built. It may say yes where no pattern matches in the end, but never no where one does: exactly the values that
/// [Scanner] would find conditions for are let through, besides a few hashes that fall together. For one thread.
///
/// Most values concern no pattern. Those are told by a table of bits (Bloom, 1970) small enough for a processor's cache,
/// of which each key uses three bits of one word.
public final class ValueFilter {

    private static final int BITS_PER_KEY = 16;

    /// Conditions of which another has to hold as well, remembered for one event; with more of them it counts.
    private static final int MOST_HALVES = 10_000;

    private final Engine engine;
    private final PropertyIndex[] properties;
    private final long[] words;
    private final IntConsumer taker = this::take;
    private boolean found;
    private int[] halves = new int[64];
    private int halfCount;

    ValueFilter(Engine engine) {
        this.engine = engine;
        this.properties = new PropertyIndex[engine.properties().size()];
        engine.properties().values().forEach(property -> properties[property.number()] = property);
        long wanted = Math.max(1, (long) engine.equal().keys() * BITS_PER_KEY / Long.SIZE);
        this.words = new long[Integer.highestOneBit((int) Math.min(1 << 28, wanted * 2 - 1))];
        engine.equal().forEachKey(key -> words[word(key)] |= bits(key));
    }

    private int word(long key) {
        return (int) (key >>> 40) & (words.length - 1);
    }

    private static long bits(long key) {
        return 1L << key | 1L << (key >>> 6) | 1L << (key >>> 12);
    }

    /// The number by which the other questions know a property; negative where no pattern looks at one of this name.
    public int property(String name) {
        PropertyIndex property = engine.properties().get(name);
        return property == null ? -1 : property.number();
    }

    /// Whether some pattern has to be asked of every event with the property.
    public boolean presence(int property) {
        return properties[property].concernsAny();
    }

    /// Begins with the next event.
    public void start() {
        halfCount = 0;
    }

    /// Whether some pattern can come of a text by itself.
    public boolean text(int property, char[] text, int from, int to) {
        PropertyIndex index = properties[property];
        found = index.concernsAny();
        if (!found && index.concernsEqual()) {
            equal(property, ValueHash.text(text, from, to));
        }
        if (!found && index.concernsTexts()) {
            index.text(text, from, to, taker);
        }
        return found;
    }

    /// Whether some pattern can come of a number by itself.
    public boolean number(int property, long number) {
        PropertyIndex index = properties[property];
        found = index.concernsAny();
        if (!found && index.concernsEqual()) {
            equal(property, ValueHash.number(number));
        }
        return found;
    }

    /// Whether one of the values since [#start()] is a part of what some pattern needs.
    public boolean some() {
        return halfCount > 0;
    }

    /// Whether some pattern can come of several of the values since [#start()] together.
    public boolean together() {
        if (halfCount < 2) {
            return false;
        }
        Arrays.sort(halves, 0, halfCount);
        for (int i = 1; i < halfCount; i++) {
            if ((halves[i] & 1) == 1 && halves[i - 1] == halves[i] - 1) {
                return true;
            }
        }
        return false;
    }

    private void equal(int property, long hash) {
        long key = ValueHash.under(property, hash);
        long bits = bits(key);
        if ((words[word(key)] & bits) == bits) {
            for (int entry = engine.equal().first(key);
                    entry >= 0 && !found;
                    entry = engine.equal().after(entry)) {
                take(engine.equal().numberAt(entry));
            }
        }
    }

    private void take(int entry) {
        if ((entry & 1) == 0 && !engine.isPaired(entry >> 1)) {
            found = true;
        } else if (halfCount == MOST_HALVES) {
            found = true;
        } else {
            if (halfCount == halves.length) {
                halves = Arrays.copyOf(halves, halfCount * 2);
            }
            halves[halfCount++] = entry;
        }
    }
}
