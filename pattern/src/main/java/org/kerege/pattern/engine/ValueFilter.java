package org.kerege.pattern.engine;

import java.util.function.IntConsumer;

/// Tells of single values whether any pattern of an engine could come of them, so that events that cannot match are not
/// even built. It may say yes where no pattern matches in the end, but never no where one does: exactly the values that
/// [Scanner] would find conditions for are let through, besides a few hashes that fall together. For one thread.
///
/// Most values concern no pattern. Those are told by a table of bits (Bloom, 1970) small enough for a processor's cache,
/// of which each key uses three bits of one word.
public final class ValueFilter {

    private static final int BITS_PER_KEY = 16;

    private final Engine engine;
    private final PropertyIndex[] properties;
    private final long[] words;
    private boolean found;
    private final IntConsumer finder = _ -> found = true;

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

    /// Whether some pattern can come of a text.
    public boolean text(int property, char[] text, int from, int to) {
        PropertyIndex index = properties[property];
        if (index.concernsAny()) {
            return true;
        }
        if (index.concernsEqual() && holds(property, ValueHash.text(text, from, to))) {
            return true;
        }
        if (!index.concernsTexts()) {
            return false;
        }
        found = false;
        index.text(text, from, to, finder);
        return found;
    }

    /// Whether some pattern can come of a number.
    public boolean number(int property, long number) {
        PropertyIndex index = properties[property];
        return index.concernsAny()
                || (index.concernsEqual() && holds(property, ValueHash.number(number)));
    }

    private boolean holds(int property, long hash) {
        long key = ValueHash.under(property, hash);
        long bits = bits(key);
        return (words[word(key)] & bits) == bits && engine.equal().first(key) >= 0;
    }
}
