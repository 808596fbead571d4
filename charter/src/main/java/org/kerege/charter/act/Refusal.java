package org.kerege.charter.act;

/// An act that its author may not do, or that does not say what its kind must say.
final class Refusal extends RuntimeException {

    private final Verdict.Reason reason;

    Refusal(Verdict.Reason reason, String why) {
        super(why);
        this.reason = reason;
    }

    static Refusal notEntitled(String why) {
        return new Refusal(Verdict.Reason.NOT_ENTITLED, why);
    }

    static Refusal malformed(String why) {
        return new Refusal(Verdict.Reason.MALFORMED, why);
    }

    Verdict.Reason reason() {
        return reason;
    }
}
