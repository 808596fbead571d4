package org.kerege.gate;

/// In which part this node holds an object.
public enum Role {
    /// The source itself put it here, so whom it goes to is the source's choice.
    ORIGINATOR,
    /// It came from someone else; nothing goes wider than it came.
    RELAY
}
