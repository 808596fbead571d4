package org.kerege.gate;

/// What the gate says about one object and one recipient. `REDUCE` releases a version without the parts that
/// the recipient may not see.
public record Decision(Outcome outcome, Reason reason) {

    public enum Outcome {
        RELEASE,
        REDUCE,
        WITHHOLD
    }

    static Decision release(Reason reason) {
        return new Decision(Outcome.RELEASE, reason);
    }

    static Decision reduce(Reason reason) {
        return new Decision(Outcome.REDUCE, reason);
    }

    static Decision withhold(Reason reason) {
        return new Decision(Outcome.WITHHOLD, reason);
    }

    /// Whether anything of the object goes out.
    public boolean released() {
        return outcome != Outcome.WITHHOLD;
    }
}
