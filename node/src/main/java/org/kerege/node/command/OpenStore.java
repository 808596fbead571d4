package org.kerege.node.command;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Schema;
import org.kerege.node.ledger.Snapshot;
import org.kerege.node.settings.Settings;
import org.postgresql.ds.PGSimpleDataSource;

/// A node's store, opened for one command: that of the running node where it runs, else started for the while.
public final class OpenStore implements AutoCloseable {

    private final @Nullable EmbeddedPostgres started;
    private final Postgres address;

    private OpenStore(@Nullable EmbeddedPostgres started, Postgres address) {
        this.started = started;
        this.address = address;
    }

    /// Opens the store that the settings name, with the tables of this program.
    ///
    /// @throws IllegalArgumentException when there is none
    /// @throws org.kerege.node.ledger.StoreUnavailable when it cannot be opened, or a node of another version runs on it
    public static OpenStore of(Settings settings) {
        OpenStore open = asItIs(settings);
        try {
            if (open.started == null) {
                Schema.require(open.address);
            } else {
                Schema.bringForward(
                        open.address,
                        Snapshot.beforeChange(open.address, settings.data().resolve("backups")));
            }
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /// Opens the store that the settings name and leaves its tables as they are, be they of this program or not.
    ///
    /// @throws IllegalArgumentException when there is none
    /// @throws org.kerege.node.ledger.StoreUnavailable when it cannot be opened
    static OpenStore asItIs(Settings settings) {
        Postgres external = settings.database();
        if (external != null) {
            return new OpenStore(null, external);
        }
        Path folder = settings.data().resolve("postgres");
        if (!Files.exists(folder.resolve("data/PG_VERSION"))) {
            throw new IllegalArgumentException(
                    "there is no store in "
                            + settings.data()
                            + "; name its folder with --data, or make one with './kerege up'");
        }
        Postgres running = EmbeddedPostgres.running(folder);
        if (running != null) {
            return new OpenStore(null, running);
        }
        EmbeddedPostgres started = EmbeddedPostgres.start(folder);
        return new OpenStore(started, started.address());
    }

    public DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        return source;
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
}
