package org.kerege.node.agreement;

import java.util.Locale;

/// Why a paper is not entered.
public final class AgreementRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /// The kinds of fault, by the name under which commands and routes tell them.
    public enum Fault {
        /// Not signed by the key that it has to be signed by, or changed after it was signed.
        FORGED,
        /// Entered already.
        REPLAYED,
        /// Too late to be accepted.
        EXPIRED,
        /// Meant for somebody else.
        NOT_FOR_US,
        /// Belongs to no agreement that is known here, or answers another invitation.
        UNKNOWN,
        /// The agreement is over, or stands where this step cannot follow.
        OUT_OF_TURN,
        /// The charter in force has no act that admits the other side.
        NO_ACT,
        /// Its name or identity is another organisation's here.
        OTHER_ORGANISATION,
        /// Reaches back before it was made, or too far ahead.
        WRONG_TIME;

        /// As commands print it.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public AgreementRefused(Fault fault, String message) {
        super(fault.word() + ": " + message);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
