package org.kerege.node.gate;

/// Who would receive something: always an organisation, with its standing towards this node's.
public record Recipient(String organisation, Standing standing) {

    /// What an organisation is to this node's own.
    public enum Standing {
        /// The node's own organisation.
        OWN,
        MEMBER,
        OBSERVER,
        PARTNER,
        /// Known to this node and nothing more.
        STRANGER
    }
}
