package org.kerege.node.ledger;

import org.jspecify.annotations.Nullable;

/// The database cannot be started, reached or written now. Nothing of what was asked is acknowledged; see
/// [Ledger#record] for what may still have been recorded.
public final class StoreUnavailable extends RuntimeException {

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
