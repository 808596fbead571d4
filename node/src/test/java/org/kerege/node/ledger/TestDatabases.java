package org.kerege.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL for all tests of a run, with a database for each that asks: making a database takes a fraction of what
/// a server takes. Tests that kill a server start one of their own.
public final class TestDatabases {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private TestDatabases() {}

    /// A database without any table.
    public static Postgres empty() {
        Postgres at = server().address();
        String name = "test" + MADE.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(at.url(), at.user(), at.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
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

    /// What it holds is deleted, so that its last checkpoint is not waited for.
    private static void stop(EmbeddedPostgres started, Path folder) {
        started.abandon();
        try {
            Path pid = folder.resolve("data/postmaster.pid");
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                            .orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("could not delete " + folder + ": " + e);
        }
    }
}
