package org.kerege.gate;

/// A duty that a marking lays on whoever holds the object. A mixture has the duties of all its parts.
public enum Duty {
    /// Only the originator hands the object on; every relay keeps it in its own organisation.
    ORIGINATOR_CONTROL,
    /// The object travels over encrypted channels only. Source: FIRST IEP 2.0, encrypt in transit.
    ENCRYPT_IN_TRANSIT,
    /// The provider is not named to others, so a relay keeps the object. Source: IEP 2.0, provider attribution.
    HIDE_PROVIDER,
    /// Affected third parties are not told. Source: IEP 2.0, affected party notifications.
    TELL_NO_AFFECTED_PARTY,
    /// Nobody said who may have it: it stays in its own organisation.
    STAY_HOME
}
