package org.kerege.pattern.equivalence;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Spells an expression of AND and OR out to a set of alternatives, each a set of leaves; absorbed ones are left
/// out on the way.
final class Terms {

    enum Kind {
        ALL,
        ANY,
        ONE
    }

    /// How an expression is made.
    interface Shape<E, L> {
        Kind kind(E expression);

        List<E> operands(E expression);

        L leaf(E expression);
    }

    private Terms() {}

    static <L, E> Set<Set<L>> alternatives(Shape<E, L> shape, E expression) {
        return switch (shape.kind(expression)) {
            case ONE -> Set.of(Set.of(shape.leaf(expression)));
            case ANY -> {
                Set<Set<L>> all = new LinkedHashSet<>();
                for (E operand : shape.operands(expression)) {
                    all.addAll(alternatives(shape, operand));
                }
                yield absorbed(all);
            }
            case ALL -> {
                Set<Set<L>> product = Set.of(Set.of());
                for (E operand : shape.operands(expression)) {
                    Set<Set<L>> longer = new LinkedHashSet<>();
                    for (Set<L> more : alternatives(shape, operand)) {
                        for (Set<L> term : product) {
                            Set<L> both = new HashSet<>(term);
                            both.addAll(more);
                            longer.add(both);
                        }
                        if (longer.size() > PatternEquivalence.MAX_TERMS) {
                            throw new TooManyTerms(PatternEquivalence.MAX_TERMS);
                        }
                    }
                    product = absorbed(longer);
                }
                yield product;
            }
        };
    }

    /// Without the terms that ask for all that another one asks for, and more.
    private static <L> Set<Set<L>> absorbed(Set<Set<L>> terms) {
        if (terms.size() > PatternEquivalence.MAX_TERMS) {
            throw new TooManyTerms(PatternEquivalence.MAX_TERMS);
        }
        Set<Set<L>> kept = new LinkedHashSet<>();
        for (Set<L> term : terms) {
            boolean adds = true;
            for (Set<L> other : terms) {
                if (other.size() < term.size() && term.containsAll(other)) {
                    adds = false;
                    break;
                }
            }
            if (adds) {
                kept.add(term);
            }
        }
        return kept;
    }
}
