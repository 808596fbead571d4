package org.kerege.node.ledger;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The database cannot be started, reached or written now. Nothing of what was asked is acknowledged; see
/// [Ledger#record] for what may still have been recorded.
public final class StoreUnavailable extends RuntimeException {

    /// Source: PostgreSQL, appendix A, class 53.
    private static final String DISK_FULL = "53100";

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Whether the database said that its disk is full.
    public boolean isFull() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && DISK_FULL.equals(refused.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
