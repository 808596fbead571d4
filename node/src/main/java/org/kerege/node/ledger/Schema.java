package org.kerege.node.ledger;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/// The tables of the store, brought forward by numbered steps. They never go back: a node refuses to start on a store
/// that a newer one has moved on.
public final class Schema {

    private Schema() {}

    /// Brings the tables forward to what this program needs.
    ///
    /// @param beforeChange runs before the first step on a store that holds something already
    /// @throws StoreUnavailable when a newer program has written the store
    public static void bringForward(Postgres postgres, Runnable beforeChange) {
        Flyway flyway =
                Flyway.configure()
                        .dataSource(postgres.url(), postgres.user(), postgres.password())
                        .locations("classpath:db/migration")
                        .load();
        MigrationInfo[] all = flyway.info().all();
        boolean newer =
                Arrays.stream(all)
                        .anyMatch(step ->
                                step.getState() == MigrationState.FUTURE_SUCCESS
                                        || step.getState() == MigrationState.FUTURE_FAILED);
        if (newer) {
            throw new StoreUnavailable(
                    "the store was written by a newer Kerege; start that one, or restore a backup made before it");
        }
        boolean used = flyway.info().applied().length > 0;
        if (used && flyway.info().pending().length > 0) {
            beforeChange.run();
        }
        flyway.migrate();
    }
}
