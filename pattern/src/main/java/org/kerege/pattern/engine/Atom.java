package org.kerege.pattern.engine;

import org.kerege.pattern.match.Network;

/// A condition on one value of an event that an index answers without looking at patterns. It concerns values of
/// properties of one name, on whatever object and level they stand: what a reference leads to is an object of the
/// same event, so the last name of a path is where its value is found.
sealed interface Atom {

    /// The property's own name.
    String property();

    /// Roughly how many events satisfy it; a smaller number is the better choice.
    int cost();

    /// A value with this hash, see [ValueHash].
    record Equal(String property, long hash, int cost) implements Atom {}

    /// A text that ends with `tail`, which starts with a dot.
    record EndsWith(String property, String tail) implements Atom {
        @Override
        public int cost() {
            return 2;
        }
    }

    /// An address or network inside `network`.
    record Inside(String property, Network network) implements Atom {
        @Override
        public int cost() {
            return network.prefixBits() >= 16 ? 3 : 6;
        }
    }

    /// A text that holds `literal`, which is folded as [Literals] folds.
    record Holds(String property, String literal) implements Atom {
        @Override
        public int cost() {
            return literal.length() >= 6 ? 3 : literal.length() >= 3 ? 5 : 8;
        }
    }

    /// Any value.
    record Present(String property) implements Atom {
        @Override
        public int cost() {
            return WEAK;
        }
    }

    /// The cost of a condition that selects next to nothing.
    int WEAK = 100;
}
