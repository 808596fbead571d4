package org.kerege.gate;

import org.kerege.stix.StixId;

/// Why an object is withheld from everyone but its source whatever else its markings say.
///
/// @param about the marking or the object at fault, in a word or an identifier
public record Fault(Kind kind, String about) implements Comparable<Fault> {

    public enum Kind {
        /// A marking that is not held here or that this node cannot read.
        UNKNOWN_MARKING,
        /// A marking that marks itself, by whatever way round.
        CIRCULAR_MARKING,
        /// More markings than a node weighs.
        TOO_MANY_MARKINGS,
        /// It names a person and nobody recorded why it may leave.
        PERSON_NOT_REVIEWED,
        /// A rule asks for a second person to confirm its release, and nobody has.
        NOT_CONFIRMED
    }

    /// The wait for a second person.
    static final Fault UNCONFIRMED = new Fault(Kind.NOT_CONFIRMED, "release");

    /// Whether it concerns only what leaves: the organisation that holds the object here reads it all the same.
    boolean concernsLeavingAlone() {
        return kind == Kind.PERSON_NOT_REVIEWED || kind == Kind.NOT_CONFIRMED;
    }

    static Fault unknown(StixId marking) {
        return new Fault(Kind.UNKNOWN_MARKING, marking.toString());
    }

    static Fault unreadable(String what) {
        return new Fault(Kind.UNKNOWN_MARKING, what);
    }

    @Override
    public int compareTo(Fault other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : about.compareTo(other.about);
    }
}
