package org.kerege.node.identity;

/// What an account may do on this node. Offices of the alliance are no roles: they come from acts.
public enum Role {
    /// Reads what the gate releases to its organisation.
    READER,
    /// Decides about matches, sightings and opinions.
    ANALYST,
    /// Adds objects to collections.
    PUBLISHER,
    /// Decides releases and recalls.
    RELEASER,
    /// Keeps accounts, collections and settings.
    ADMINISTRATOR,
    /// Reads the ledger and the sign-ins.
    AUDITOR
}
