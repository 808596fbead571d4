package org.kerege.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL for all tests of a run, with a database for each that asks: making a database takes a fraction of what
/// a server takes. Tests that kill a server start one of their own.
public final class TestDatabases {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable Postgres template;

    private TestDatabases() {}

    /// A database without any table.
    public static Postgres empty() {
        return make("");
    }

    /// A database with all tables, and nothing in them.
    public static Postgres laidOut() {
        synchronized (TestDatabases.class) {
            if (template == null) {
                template = make("");
                Schema.bringForward(template, () -> {});
            }
            return make(" template " + template.url().replaceFirst(".*/", ""));
        }
    }

    private static Postgres make(String like) {
        Postgres at = server().address();
        String name = "test" + MADE.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(at.url(), at.user(), at.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + like);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        return new Postgres(at.url().replace("/postgres", "/" + name), at.user(), at.password());
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                Path folder = Files.createTempDirectory("kerege-tests");
                EmbeddedPostgres started = EmbeddedPostgres.start(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, folder)));
                server = started;
            } catch (IOException e) {
                throw new UncheckedIOException("no folder for the tests' database", e);
            }
        }
        return server;
    }

    /// Its last checkpoint is not waited for, nor that its thousands of files are deleted: both outlast the patience with
    /// which a build waits for its tests to end.
    private static void stop(EmbeddedPostgres started, Path folder) {
        started.abandon();
        try {
            String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
            ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
            new ProcessBuilder("rm", "-rf", folder.toString()).start();
        } catch (IOException e) {
            System.err.println("could not delete " + folder + ": " + e);
        }
    }
}
