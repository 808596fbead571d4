package org.kerege.pattern.sigma;

/// A rule that no STIX pattern says exactly. The message is the reason, a clause for people to read.
public final class Irreducible extends Exception {

    private static final long serialVersionUID = 1L;

    Irreducible(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
