package org.kerege.pattern.enforce;

/// A pattern or a value that a format cannot say. The message is the reason, a clause for people to read; it never
/// repeats the value.
public final class Inexpressible extends Exception {

    private static final long serialVersionUID = 1L;

    Inexpressible(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
