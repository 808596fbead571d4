package org.kerege.node.foreign;

/// Something foreign that has no counterpart in STIX, or an indicator that has none in a foreign format. The message
/// is the reason, a clause for people to read; it never repeats the value.
final class Unconvertible extends Exception {

    private static final long serialVersionUID = 1L;

    Unconvertible(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
