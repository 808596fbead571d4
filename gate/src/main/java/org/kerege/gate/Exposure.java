package org.kerege.gate;

/// How far an action can be noticed, least first. It is the one scale on which PAP, the permitted actions of
/// IEP 2.0 and what we are about to do are compared.
public enum Exposure {
    /// Reading and thinking.
    NONE,
    /// Seen only inside our own networks and systems.
    INTERNAL,
    /// Seen by third parties who are not the target, such as an online lookup.
    INDIRECT,
    /// Seen by whoever is behind the information, such as a block or a probe.
    DIRECT,
    /// Seen by anyone, such as a publication.
    PUBLIC
}
