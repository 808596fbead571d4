package org.kerege.readers.retained;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The different values of all properties of one name in a segment, each once, with a number: whole numbers first,
/// then IPv4 addresses, both ascending, other texts by their fingerprints, texts that may be addresses or networks, and
/// the rest. One value, or a range of addresses, is found by reading a page of a few hundred bytes. For one thread.
final class Vocabulary {

    private final KeyPages wholes;
    private final KeyPages addresses;
    private final KeyPages fingerprints;
    private final TextBlocks texts;
    private final TextBlocks networks;
    private final TextBlocks others;

    private Vocabulary(
            KeyPages wholes,
            KeyPages addresses,
            KeyPages fingerprints,
            TextBlocks texts,
            TextBlocks networks,
            TextBlocks others) {
        this.wholes = wholes;
        this.addresses = addresses;
        this.fingerprints = fingerprints;
        this.texts = texts;
        this.networks = networks;
        this.others = others;
    }

    /// Gathers values; each gets a number in the order in which it comes, which is not the one it has in the end.
    static final class Builder {

        private final Map<Value, Integer> numbers = new HashMap<>();
        private final List<Value> values = new ArrayList<>();
        private long textChars;

        int numberOf(Value value) {
            Integer known = numbers.putIfAbsent(value, values.size());
            if (known != null) {
                return known;
            }
            values.add(value);
            textChars +=
                    switch (value) {
                        case Value.Text(String text) -> text.length();
                        case Value.Network(String text) -> text.length();
                        case Value.Other(String json) -> json.length();
                        case Value.Whole _, Value.Address _ -> 0;
                    };
            return values.size() - 1;
        }

        long textChars() {
            return textChars;
        }

        /// Writes them.
        ///
        /// @param renumbered gets for each number so far the one in the end
        Vocabulary write(Blocks out, int[] renumbered) throws IOException {
            List<Integer> wholes = new ArrayList<>();
            List<Integer> addresses = new ArrayList<>();
            List<Integer> texts = new ArrayList<>();
            List<Integer> networks = new ArrayList<>();
            List<Integer> others = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                switch (values.get(i)) {
                    case Value.Whole _ -> wholes.add(i);
                    case Value.Address _ -> addresses.add(i);
                    case Value.Text _ -> texts.add(i);
                    case Value.Network _ -> networks.add(i);
                    case Value.Other _ -> others.add(i);
                }
            }
            int next = 0;
            for (List<Integer> section : List.of(wholes, addresses, texts, networks, others)) {
                section.sort(Comparator.comparingLong(i -> key(values.get(i))));
                for (int i : section) {
                    renumbered[i] = next++;
                }
            }
            return new Vocabulary(
                    KeyPages.write(keys(wholes), out),
                    KeyPages.write(keys(addresses), out),
                    KeyPages.write(keys(texts), out),
                    TextBlocks.write(written(texts), out),
                    TextBlocks.write(written(networks), out),
                    TextBlocks.write(written(others), out));
        }

        int size() {
            return values.size();
        }

        private static long key(Value value) {
            return switch (value) {
                case Value.Whole(long number) -> number;
                case Value.Address(int bits) -> bits & 0xFFFF_FFFFL;
                case Value.Text(String text) -> Value.fingerprint(text);
                case Value.Network _, Value.Other _ -> 0;
            };
        }

        private long[] keys(List<Integer> section) {
            return section.stream().mapToLong(i -> key(values.get(i))).toArray();
        }

        private List<String> written(List<Integer> section) {
            return section.stream()
                    .map(i ->
                            switch (values.get(i)) {
                                case Value.Text(String text) -> text;
                                case Value.Network(String text) -> text;
                                case Value.Other(String json) -> json;
                                case Value.Whole _, Value.Address _ -> "";
                            })
                    .toList();
        }
    }

    void writeHead(DataOutput head) throws IOException {
        wholes.writeHead(head);
        addresses.writeHead(head);
        fingerprints.writeHead(head);
        texts.writeHead(head);
        networks.writeHead(head);
        others.writeHead(head);
    }

    static Vocabulary read(DataInput head) throws IOException {
        return new Vocabulary(
                KeyPages.read(head),
                KeyPages.read(head),
                KeyPages.read(head),
                TextBlocks.read(head),
                TextBlocks.read(head),
                TextBlocks.read(head));
    }

    Vocabulary forThread() {
        return new Vocabulary(
                wholes.forThread(),
                addresses.forThread(),
                fingerprints.forThread(),
                texts.forThread(),
                networks.forThread(),
                others.forThread());
    }

    int size() {
        return firstOther() + others.count();
    }

    private int firstText() {
        return wholes.count() + addresses.count();
    }

    private int firstNetwork() {
        return firstText() + texts.count();
    }

    private int firstOther() {
        return firstNetwork() + networks.count();
    }

    /// The value of a number.
    JsonNode value(int number, Blocks.Bytes file) throws IOException {
        if (number < wholes.count()) {
            return new Value.Whole(wholes.at(number, file)).node();
        }
        if (number < firstText()) {
            return new Value.Address((int) addresses.at(number - wholes.count(), file)).node();
        }
        if (number < firstNetwork()) {
            return new Value.Text(texts.at(number - firstText(), file)).node();
        }
        return number < firstOther()
                ? new Value.Network(networks.at(number - firstNetwork(), file)).node()
                : new Value.Other(others.at(number - firstOther(), file)).node();
    }

    /// Adds the numbers of the values that a look-up may mean.
    void find(Question.Lookup lookup, Blocks.Bytes file, BitSet found) throws IOException {
        switch (lookup) {
            case Question.Lookup.Present _ -> found.set(0, size());
            case Question.Lookup.Whole(_, long number) -> {
                found.set(wholes.smallerThan(number, file), wholes.upTo(number, file));
                // Numbers with a fraction or beyond all bounds may be equal to a whole one.
                found.set(firstOther(), size());
            }
            case Question.Lookup.Wholes(_, var test) -> {
                for (int i = 0; i < wholes.count(); i++) {
                    if (test.test(wholes.at(i, file))) {
                        found.set(i);
                    }
                }
                found.set(firstOther(), size());
            }
            case Question.Lookup.Text(_, String text) -> text(Value.of(text), file, found);
            case Question.Lookup.Addresses(_, long first, long last, var others) -> {
                addresses(first, last, file, found);
                networks.matching(others, file, i -> found.set(firstNetwork() + i));
            }
            case Question.Lookup.Texts(_, var test) -> {
                texts.matching(test, file, i -> found.set(firstText() + i));
                networks.matching(test, file, i -> found.set(firstNetwork() + i));
                for (int i = 0; i < addresses.count(); i++) {
                    char[] text = Value.Address.text((int) addresses.at(i, file)).toCharArray();
                    if (test.mayBe(text, text.length)) {
                        found.set(wholes.count() + i);
                    }
                }
            }
        }
    }

    private void text(Value wanted, Blocks.Bytes file, BitSet found) throws IOException {
        switch (wanted) {
            case Value.Address(int bits) ->
                    addresses(bits & 0xFFFF_FFFFL, bits & 0xFFFF_FFFFL, file, found);
            case Value.Network(String text) ->
                    networks.matching(
                            (characters, length) ->
                                    text.contentEquals(
                                            java.nio.CharBuffer.wrap(characters, 0, length)),
                            file,
                            i -> found.set(firstNetwork() + i));
            case Value.Text(String text) -> {
                long fingerprint = Value.fingerprint(text);
                found.set(
                        firstText() + fingerprints.smallerThan(fingerprint, file),
                        firstText() + fingerprints.upTo(fingerprint, file));
            }
            case Value.Whole _, Value.Other _ -> {
                // No text is read as one of these.
            }
        }
    }

    private void addresses(long first, long last, Blocks.Bytes file, BitSet found)
            throws IOException {
        int from = addresses.smallerThan(first, file);
        int to = addresses.upTo(last, file);
        if (from < to) {
            found.set(wholes.count() + from, wholes.count() + to);
        }
    }
}
