package org.kerege.pattern.temporal;

/// A search that was stopped at its limit: whether there is a match is not known.
public final class SearchExhausted extends RuntimeException {

    SearchExhausted(String message) {
        super(message);
    }
}
