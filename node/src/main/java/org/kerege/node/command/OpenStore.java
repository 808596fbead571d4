package org.kerege.node.command;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.node.Settings;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Schema;
import org.kerege.node.ledger.Snapshot;
import org.postgresql.ds.PGSimpleDataSource;

/// A node's store, opened for one command: that of the running node where it runs, else started for the while.
final class OpenStore implements AutoCloseable {

    private final @Nullable EmbeddedPostgres started;
    private final Postgres address;

    private OpenStore(@Nullable EmbeddedPostgres started, Postgres address) {
        this.started = started;
        this.address = address;
    }

    /// Opens the store that the settings name.
    ///
    /// @throws org.kerege.node.ledger.StoreUnavailable when it cannot be opened
    static OpenStore of(Settings settings) {
        Postgres external = settings.database();
        if (external != null) {
            return new OpenStore(null, external);
        }
        Path folder = settings.data().resolve("postgres");
        Postgres running = EmbeddedPostgres.running(folder);
        if (running != null) {
            return new OpenStore(null, running);
        }
        EmbeddedPostgres started = EmbeddedPostgres.start(folder);
        try {
            Schema.bringForward(
                    started.address(),
                    Snapshot.beforeChange(started.address(), settings.data().resolve("backups")));
            return new OpenStore(started, started.address());
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    DataSource database() {
        return source(address);
    }

    Postgres address() {
        return address;
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }

    private static DataSource source(Postgres postgres) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        return source;
    }
}
