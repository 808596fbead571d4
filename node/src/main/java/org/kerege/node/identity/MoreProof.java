package org.kerege.node.identity;

import org.springframework.security.access.AccessDeniedException;

/// A person may call the route, but has to prove more first.
public final class MoreProof extends AccessDeniedException {

    private final Of of;

    /// What is missing.
    public enum Of {
        /// That it is still the same person: the last proof is too old.
        RECENT,
        /// A second factor, which a role needs and the account does not have yet.
        FACTOR
    }

    MoreProof(Of of) {
        super("more proof is needed");
        this.of = of;
    }

    public Of of() {
        return of;
    }
}
