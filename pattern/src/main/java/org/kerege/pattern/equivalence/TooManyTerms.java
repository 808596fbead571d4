package org.kerege.pattern.equivalence;

/// A pattern whose alternatives, spelled out, are more than are compared.
public final class TooManyTerms extends RuntimeException {

    TooManyTerms(int limit) {
        super("the alternatives of the pattern spell out to more than %,d terms".formatted(limit));
    }
}
