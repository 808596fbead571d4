package org.kerege.pattern.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.match.Network;
import tools.jackson.databind.JsonNode;

/// What branches ask of values of one property name.
final class PropertyIndex {

    private final int number;
    private final int[] present;
    private final boolean anyEqual;
    private final Map<String, int[]> tails;
    private final Tails tailHashes;
    private final @Nullable Networks networks;
    private final @Nullable Literals literals;

    private PropertyIndex(Builder builder) {
        this.number = builder.number;
        this.present = builder.present.stream().mapToInt(Integer::intValue).toArray();
        this.anyEqual = builder.anyEqual;
        this.tails = new HashMap<>();
        builder.tails.forEach((tail, needing) ->
                tails.put(tail, needing.stream().mapToInt(Integer::intValue).toArray()));
        this.tailHashes = new Tails(tails.keySet());
        this.networks = builder.networks.isEmpty() ? null : new Networks(builder.networks);
        this.literals = builder.literals.isEmpty() ? null : new Literals(builder.literals);
    }

    /// Reports the branches that `value` satisfies the condition of; one may be reported more than once.
    void candidates(JsonNode value, Postings equal, IntConsumer branch) {
        for (int needing : present) {
            branch.accept(needing);
        }
        if (anyEqual && value.isValueNode()) {
            for (int entry = equal.first(ValueHash.under(number, ValueHash.of(value)));
                    entry >= 0;
                    entry = equal.after(entry)) {
                branch.accept(equal.numberAt(entry));
            }
        }
        if (value.isString()) {
            text(value.stringValue(), branch);
        }
    }

    int number() {
        return number;
    }

    /// Whether some branch has to be tested whatever the value.
    boolean concernsAny() {
        return present.length > 0;
    }

    /// Whether some branch asks for equality.
    boolean concernsEqual() {
        return anyEqual;
    }

    /// Whether some branch asks for a part of a text or for a network.
    boolean concernsTexts() {
        return !tails.isEmpty() || networks != null || literals != null;
    }

    /// Reports branches like [#candidates], for a text between two places and without those of equality.
    void text(char[] text, int from, int to, IntConsumer branch) {
        for (int i = from; i < to; i++) {
            if (text[i] >= 128) {
                text(new String(text, from, to - from), branch);
                return;
            }
        }
        if (!tails.isEmpty() && tailHashes.anyIn(text, from, to)) {
            tails(new String(text, from, to - from), branch);
        }
        if (networks != null && Networks.mayBeAddress(text, from, to)) {
            networks.holding(new String(text, from, to - from), branch);
        }
        if (literals != null) {
            literals.in(text, from, to, branch);
        }
    }

    private void text(String value, IntConsumer branch) {
        if (!tails.isEmpty()) {
            tails(value, branch);
        }
        if (networks != null) {
            networks.holding(value, branch);
        }
        if (literals != null) {
            literals.in(value, branch);
        }
    }

    private void tails(String value, IntConsumer branch) {
        String text = java.text.Normalizer.normalize(value, java.text.Normalizer.Form.NFC);
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            int[] needing = tails.get(text.substring(dot));
            if (needing != null) {
                for (int each : needing) {
                    branch.accept(each);
                }
            }
        }
    }

    /// Gathers conditions.
    static final class Builder {

        private static final int MOST = 50;

        private final int number;
        private final List<Integer> present = new ArrayList<>();
        private boolean anyEqual;
        private final Map<String, List<Integer>> tails = new HashMap<>();
        private final Map<Network, List<Integer>> networks = new HashMap<>();
        private final Map<String, List<Integer>> literals = new HashMap<>();

        /// @param number of the property, under which equal values are hashed
        Builder(int number) {
            this.number = number;
        }

        void add(Atom atom, int branch, Postings equal) {
            switch (atom) {
                case Atom.Equal(_, long hash, _) -> {
                    anyEqual = true;
                    equal.add(ValueHash.under(number, hash), branch);
                }
                case Atom.EndsWith(_, String tail) -> under(tails, tail).add(branch);
                case Atom.Inside(_, Network network) -> under(networks, network).add(branch);
                case Atom.Holds(_, String literal) -> under(literals, literal).add(branch);
                case Atom.Present(_) -> present.add(branch);
            }
        }

        /// How many branches rest on `atom` so far, at most [#MOST].
        int crowdOn(Atom atom, Postings equal) {
            if (!(atom instanceof Atom.Equal(_, long hash, _))) {
                return 0;
            }
            int crowd = 0;
            int entry = equal.first(ValueHash.under(number, hash));
            while (entry >= 0 && crowd < MOST) {
                crowd++;
                entry = equal.after(entry);
            }
            return crowd;
        }

        private static <K> List<Integer> under(Map<K, List<Integer>> map, K key) {
            return map.computeIfAbsent(key, _ -> new ArrayList<>(1));
        }

        PropertyIndex build() {
            return new PropertyIndex(this);
        }
    }
}
