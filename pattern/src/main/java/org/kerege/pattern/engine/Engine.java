package org.kerege.pattern.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.Dialect;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.Pattern;

/// Many patterns, compiled to be asked of one event after another. Patterns are numbered from 0 in the order in
/// which they were added. Immutable and thread-safe; each thread asks through a [Scanner] of its own.
///
/// Each alternative in each bracket of each pattern is reduced to a necessary condition on one value: equality by hash, the end of a
/// name, the prefix of an address, a literal in a text, or merely that the property is there; a conjunction to two of
/// them, since the cheapest alone (the name of a program that runs everywhere) may hold for half of all events. An
/// event's values are looked up in these, and the alternatives found are tested exactly. Cost per event thus depends on the event and on
/// what it comes near to, hardly on the number of patterns. Texts of patterns are held as bytes and parsed again
/// when an event comes near them, so that a million fit into little memory.
public final class Engine {

    private static final int MAGIC = 0x4B454E47;
    private static final int VERSION = 1;

    private final byte[] texts;
    private final int[] textEnd;
    private final byte[] dialects;
    private final int[] firstBranch;
    private final int[] patternOf;
    private final BitSet paired;
    private final Map<String, PropertyIndex> properties;
    private final Postings equal;
    private final int[] weak;

    private Engine(Builder builder) {
        this.texts = Arrays.copyOf(builder.texts, builder.textBytes);
        this.textEnd = Arrays.copyOf(builder.textEnd, builder.patterns);
        this.dialects = Arrays.copyOf(builder.dialects, builder.patterns);
        this.firstBranch = Arrays.copyOf(builder.firstBranch, builder.patterns);
        this.patternOf = Arrays.copyOf(builder.patternOf, builder.branches);
        this.paired = (BitSet) builder.paired.clone();
        this.properties = new HashMap<>();
        builder.properties.forEach((name, property) -> properties.put(name, property.build()));
        this.equal = builder.equal;
        equal.trim();
        this.weak = Arrays.copyOf(builder.weak, builder.weakCount);
    }

    /// How many patterns there are.
    public int size() {
        return textEnd.length;
    }

    /// Numbers of the patterns for which no value can be looked up, so that every event that has the property must be
    /// tested; in order.
    public int[] withoutWitness() {
        return weak.clone();
    }

    /// Names of the properties of which some pattern asks values.
    public Set<String> propertyNames() {
        return Set.copyOf(properties.keySet());
    }

    /// The pattern of a number, parsed again.
    public Pattern pattern(int number) {
        int from = number == 0 ? 0 : textEnd[number - 1];
        return Pattern.parse(
                new String(texts, from, textEnd[number] - from, StandardCharsets.UTF_8),
                dialect(dialects[number]));
    }

    /// A scanner for one thread.
    public Scanner scanner() {
        return new Scanner(this);
    }

    /// What tells beforehand whether a value can matter, for one thread.
    public ValueFilter filter() {
        return new ValueFilter(this);
    }

    int patternOf(int branch) {
        return patternOf[branch];
    }

    /// Whether a branch needs two conditions. In the index its first has the number 2 × branch and its second the one
    /// behind.
    boolean isPaired(int branch) {
        return paired.get(branch);
    }

    int ordinalOf(int branch) {
        return branch - firstBranch[patternOf[branch]];
    }

    Map<String, PropertyIndex> properties() {
        return properties;
    }

    Postings equal() {
        return equal;
    }

    /// Writes the patterns for [#read]. The index is made anew on reading, so that a later version of it reads what
    /// an earlier one wrote.
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(size());
        for (int i = 0; i < size(); i++) {
            int from = i == 0 ? 0 : textEnd[i - 1];
            out.writeByte(dialects[i]);
            out.writeInt(textEnd[i] - from);
            out.write(texts, from, textEnd[i] - from);
        }
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException also when the bytes are none of a known version
    public static Engine read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new IOException("no compiled patterns of version " + VERSION);
        }
        int size = in.readInt();
        Builder builder = new Builder();
        for (int i = 0; i < size; i++) {
            Dialect dialect = dialect(in.readByte());
            int length = in.readInt();
            if (length < 0 || length > Pattern.MAX_CHARS * 4) {
                throw new IOException("pattern " + i + " has no readable length");
            }
            String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            try {
                builder.add(Pattern.parse(text, dialect));
            } catch (MalformedPattern e) {
                throw new IOException("pattern " + i + " is none", e);
            }
        }
        return builder.build();
    }

    /// Frozen: it is written.
    private static byte code(Dialect dialect) {
        return switch (dialect) {
            case STIX_2_0 -> 20;
            case STIX_2_1 -> 21;
            case OASIS_GRAMMAR -> 0;
        };
    }

    private static Dialect dialect(byte code) {
        return switch (code) {
            case 20 -> Dialect.STIX_2_0;
            case 21 -> Dialect.STIX_2_1;
            default -> Dialect.OASIS_GRAMMAR;
        };
    }

    /// Gathers patterns. Not thread-safe; of no use after [#build()].
    public static final class Builder {

        private byte[] texts = new byte[1 << 12];
        private int textBytes;
        private int[] textEnd = new int[64];
        private byte[] dialects = new byte[64];
        private int[] firstBranch = new int[64];
        private int patterns;
        private int[] patternOf = new int[64];
        private int branches;
        private final BitSet paired = new BitSet();
        private final Map<String, PropertyIndex.Builder> properties = new HashMap<>();
        private final Postings equal = new Postings();
        private int[] weak = new int[16];
        private int weakCount;

        /// Adds a pattern and tells its number.
        public int add(Pattern pattern) {
            byte[] text = pattern.text().getBytes(StandardCharsets.UTF_8);
            int number = patterns++;
            if (number == textEnd.length) {
                textEnd = Arrays.copyOf(textEnd, number + (number >> 1));
                dialects = Arrays.copyOf(dialects, textEnd.length);
                firstBranch = Arrays.copyOf(firstBranch, textEnd.length);
            }
            long bytes = (long) textBytes + text.length;
            if (bytes > texts.length) {
                texts =
                        Arrays.copyOf(
                                texts,
                                Math.toIntExact(
                                        Math.min(
                                                Integer.MAX_VALUE - 8L,
                                                Math.max(bytes, texts.length * 3L / 2))));
            }
            System.arraycopy(text, 0, texts, textBytes, text.length);
            textBytes += text.length;
            textEnd[number] = textBytes;
            dialects[number] = code(pattern.dialect());
            firstBranch[number] = branches;
            boolean withoutWitness = false;
            for (Branch branch : Branch.of(pattern.expression())) {
                withoutWitness |= index(branch.comparison(), number);
            }
            if (withoutWitness) {
                if (weakCount == weak.length) {
                    weak = Arrays.copyOf(weak, weakCount * 2);
                }
                weak[weakCount++] = number;
            }
            return number;
        }

        private int crowdOn(Atom atom) {
            PropertyIndex.Builder property = properties.get(atom.property());
            return property == null ? 0 : property.crowdOn(atom, equal);
        }

        private boolean index(ComparisonExpression comparison, int pattern) {
            Witness witness = Witness.of(comparison, this::crowdOn);
            Witness second = witness.weak() ? null : Witness.second(comparison, this::crowdOn);
            int branch = branches++;
            if (branch == patternOf.length) {
                patternOf = Arrays.copyOf(patternOf, branch + (branch >> 1));
            }
            patternOf[branch] = pattern;
            add(witness, branch * 2);
            if (second != null) {
                paired.set(branch);
                add(second, branch * 2 + 1);
            }
            return witness.weak();
        }

        private void add(Witness witness, int entry) {
            for (Atom atom : witness.atoms()) {
                properties
                        .computeIfAbsent(
                                atom.property(), _ -> new PropertyIndex.Builder(properties.size()))
                        .add(atom, entry, equal);
            }
        }

        public Engine build() {
            return new Engine(this);
        }
    }
}
