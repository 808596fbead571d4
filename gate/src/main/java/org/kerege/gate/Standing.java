package org.kerege.gate;

/// How an organisation stands to the alliance at an instant.
public enum Standing {
    MEMBER,
    OBSERVER,
    PARTNER,
    EXPERT,
    /// Was one of the above and is barred for now: gets what everyone may have.
    SUSPENDED,
    /// Unknown to the alliance.
    STRANGER
}
