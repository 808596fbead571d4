package org.kerege.node.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// The tables of the store, brought forward by numbered steps. They never go back: a node refuses to start on a store
/// that a newer one has moved on.
public final class Schema {

    private Schema() {}

    /// Brings the tables forward to what this program needs.
    ///
    /// @param beforeChange runs before the first step on a store that holds something already
    /// @throws StoreUnavailable when a newer program has written the store
    public static void bringForward(Postgres postgres, Runnable beforeChange) {
        Flyway flyway = steps(postgres).load();
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

    /// Lays the tables of an earlier or the present version out in a store without any.
    ///
    /// @throws StoreUnavailable when only a newer program knows that version, or the store has gone beyond it
    static void bringTo(Postgres postgres, String version) {
        boolean known =
                Arrays.stream(steps(postgres).load().info().all())
                        .anyMatch(step -> String.valueOf(step.getVersion()).equals(version));
        if (!known) {
            throw new StoreUnavailable(
                    "version "
                            + version
                            + " of the tables was made by a newer Kerege; use that one");
        }
        Flyway flyway = steps(postgres).target(version).load();
        flyway.migrate();
        MigrationInfo current = flyway.info().current();
        if (current == null || !String.valueOf(current.getVersion()).equals(version)) {
            throw new StoreUnavailable(
                    "the store has tables of a later version than "
                            + version
                            + "; take an empty one");
        }
    }

    /// Version of the tables as they are.
    static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select version from flyway_schema_history where success and version is not null"
                                        + " order by installed_rank desc limit 1")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static FluentConfiguration steps(Postgres postgres) {
        return Flyway.configure()
                .dataSource(postgres.url(), postgres.user(), postgres.password())
                .locations("classpath:db/migration");
    }
}
