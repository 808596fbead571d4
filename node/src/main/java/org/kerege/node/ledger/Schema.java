package org.kerege.node.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// The tables of the store, brought forward by numbered steps. They never go back: a node refuses to start on a store
/// that a newer one has moved on.
public final class Schema {

    private static final String NEWER =
            "the store was written by a newer Kerege; start that one, or restore a backup made before it";

    private Schema() {}

    /// How the tables of a store stand to this program.
    public enum State {
        /// There are none yet.
        EMPTY,
        /// An older program has made them; a start brings them forward.
        OLDER,
        CURRENT,
        /// A newer program has moved them on: this one must not touch them.
        NEWER
    }

    /// Looks at a store without changing it.
    ///
    /// @throws StoreUnavailable when it cannot be looked at
    public static State state(Postgres postgres) {
        return reached(postgres, () -> state(steps(postgres).load()));
    }

    private static State state(Flyway flyway) {
        MigrationInfo[] all = flyway.info().all();
        boolean newer =
                Arrays.stream(all)
                        .anyMatch(step ->
                                step.getState() == MigrationState.FUTURE_SUCCESS
                                        || step.getState() == MigrationState.FUTURE_FAILED);
        if (newer) {
            return State.NEWER;
        }
        if (flyway.info().applied().length == 0) {
            return State.EMPTY;
        }
        return flyway.info().pending().length > 0 ? State.OLDER : State.CURRENT;
    }

    /// Brings the tables forward to what this program needs.
    ///
    /// @param beforeChange runs before the first step on a store that holds something already
    /// @throws StoreUnavailable when a newer program has written the store, or it cannot be brought forward
    public static void bringForward(Postgres postgres, Runnable beforeChange) {
        switch (state(postgres)) {
            case NEWER -> throw new StoreUnavailable(NEWER);
            case OLDER -> {
                beforeChange.run();
                migrate(postgres, steps(postgres).load());
            }
            case EMPTY -> migrate(postgres, steps(postgres).load());
            case CURRENT -> {}
        }
    }

    private static void migrate(Postgres postgres, Flyway flyway) {
        reached(postgres, flyway::migrate);
    }

    private static <R> R reached(Postgres postgres, Supplier<R> step) {
        try {
            return step.get();
        } catch (FlywayException e) {
            String what =
                    e.getCause() instanceof SQLException
                            ? "cannot be reached"
                            : "cannot be brought forward";
            throw new StoreUnavailable(
                    "the database at " + postgres.url() + " " + what,
                    e.getCause() == null ? e : e.getCause());
        }
    }

    /// Asks that the tables be those of this program, without changing them.
    ///
    /// @throws StoreUnavailable when they are not
    public static void require(Postgres postgres) {
        switch (state(postgres)) {
            case NEWER -> throw new StoreUnavailable(NEWER);
            case OLDER ->
                    throw new StoreUnavailable(
                            "the store was written by an older Kerege; start the node once with this one,"
                                    + " which brings its tables forward");
            case EMPTY ->
                    throw new StoreUnavailable(
                            "the database holds no store yet; './kerege up' makes one");
            case CURRENT -> {}
        }
    }

    /// Lays the tables of an earlier or the present version out in a store without any.
    ///
    /// @throws StoreUnavailable when only a newer program knows that version, or the store has gone beyond it
    static void bringTo(Postgres postgres, String version) {
        boolean known =
                reached(
                        postgres,
                        () ->
                                Arrays.stream(steps(postgres).load().info().all())
                                        .anyMatch(step ->
                                                String.valueOf(step.getVersion()).equals(version)));
        if (!known) {
            throw new StoreUnavailable(
                    "version "
                            + version
                            + " of the tables was made by a newer Kerege; use that one");
        }
        Flyway flyway = steps(postgres).target(version).load();
        migrate(postgres, flyway);
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
