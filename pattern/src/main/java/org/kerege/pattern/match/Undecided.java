package org.kerege.pattern.match;

/// A question that would take more work than is allowed: neither a match nor none. The message says which
/// part of the pattern, and the limit.
public final class Undecided extends RuntimeException {

    Undecided(String message) {
        super(message);
    }
}
