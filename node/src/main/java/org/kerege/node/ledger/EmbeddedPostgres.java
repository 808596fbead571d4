package org.kerege.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL of the node's own, in a persistent folder, supervised by the node. It writes durably
/// (`fsync`, `synchronous_commit`), asks for a password that only the node knows, listens on loopback alone
/// and runs also when the node is started as root. A server left behind by a node that died hard is stopped
/// before a new one starts on its folder; a server that dies under the node is started again at the same address.
public final class EmbeddedPostgres implements AutoCloseable {

    private static final String USER = "kerege";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_RESTART_PAUSE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final Path data;
    private final Path log;
    private final Postgres address;
    private final Launch launch;
    private final FolderLock lock;
    private volatile Process server;
    private volatile boolean closed;

    private EmbeddedPostgres(Path data, Path log, Postgres address, FolderLock lock, Launch launch)
            throws IOException {
        this.data = data;
        this.log = log;
        this.address = address;
        this.lock = lock;
        this.launch = launch;
        this.server = launch.again();
    }

    /// Starts the server's process, always with the same folder and port.
    private interface Launch {
        Process again() throws IOException;
    }

    /// Starts the server on `folder`, which is created and initialised when it is new.
    ///
    /// @param folder holds `bin` (the programs), `data` (the cluster), `password` and `lock`
    /// @throws StoreUnavailable when the server cannot be started, or another process works on the folder; the message
    ///     says where its log is
    public static EmbeddedPostgres start(Path folder) {
        Path home = folder.toAbsolutePath().normalize();
        FolderLock lock = null;
        try {
            Files.createDirectories(home);
            lock = FolderLock.take(home);
            return start(home, lock);
        } catch (IOException e) {
            release(lock);
            throw new StoreUnavailable(
                    "the embedded PostgreSQL in " + folder + " cannot be started", e);
        } catch (StoreUnavailable e) {
            release(lock);
            throw e;
        }
    }

    private static EmbeddedPostgres start(Path home, FolderLock lock) throws IOException {
        Path programs = PostgresBinaries.unpackInto(home.resolve("bin"));
        String password = password(home.resolve("password"));
        Path data = home.resolve("data");
        Path log = home.resolve("postgres.log");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(programs, data, home.resolve("password"), log);
        }
        stopLeftover(data);
        int port = freePort();
        Postgres address =
                new Postgres("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        EmbeddedPostgres started =
                new EmbeddedPostgres(
                        data, log, address, lock, () -> launch(programs, data, port, log));
        started.awaitReady();
        Thread.ofVirtual().name("postgres-supervisor").start(started::supervise);
        return started;
    }

    private static void release(@Nullable FolderLock lock) {
        if (lock != null) {
            lock.close();
        }
    }

    /// The address of the server that runs on a folder, for a command beside a running node; null when none does.
    public static @Nullable Postgres running(Path folder) {
        Path home = folder.toAbsolutePath().normalize();
        Path lock = home.resolve("data/postmaster.pid");
        try {
            if (!Files.exists(lock)) {
                return null;
            }
            // Source: PostgreSQL's lock file; line 1 is the process, line 4 the port.
            List<String> lines = Files.readAllLines(lock);
            if (lines.size() < 4 || process(lines.getFirst(), home.resolve("data")) == null) {
                return null;
            }
            return new Postgres(
                    "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postgres",
                    USER,
                    password(home.resolve("password")));
        } catch (IOException e) {
            throw new StoreUnavailable(
                    "the embedded PostgreSQL in " + folder + " cannot be looked at", e);
        }
    }

    public Postgres address() {
        return address;
    }

    /// Whether the server's process runs.
    public boolean alive() {
        return server.isAlive();
    }

    /// Stops the server in order: open transactions are rolled back, the log is flushed.
    @Override
    public synchronized void close() {
        closed = true;
        stop();
        lock.close();
    }

    private void stop() {
        if (!server.isAlive()) {
            return;
        }
        try {
            // SIGINT is PostgreSQL's "fast" shutdown; Process.destroy sends SIGTERM, which waits
            // for clients.
            signal(server.pid(), "INT");
            if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.destroy();
        }
    }

    private static void initialise(Path programs, Path data, Path password, Path log)
            throws IOException {
        List<String> command =
                List.of(
                        programs.resolve("bin/initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--locale=C.UTF-8",
                        "--data-checksums");
        Process initdb = asUnprivileged(command, log).start();
        try {
            if (!initdb.waitFor(120, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                throw new StoreUnavailable("initdb failed; its log is " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            initdb.destroyForcibly();
            throw new StoreUnavailable("interrupted while the database was made", e);
        }
    }

    private static Process launch(Path programs, Path data, int port, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs.resolve("bin/postgres").toString());
        command.add("-D");
        command.add(data.toString());
        for (String setting :
                List.of(
                        "listen_addresses=127.0.0.1",
                        "port=" + port,
                        "unix_socket_directories=",
                        "fsync=on",
                        "synchronous_commit=on",
                        "full_page_writes=on",
                        "max_connections=40",
                        "shared_buffers=128MB",
                        "max_wal_size=2GB",
                        "wal_compression=pglz",
                        "random_page_cost=1.1",
                        "timezone=UTC",
                        "log_timezone=UTC",
                        "log_min_messages=warning",
                        "log_statement=none",
                        "log_parameter_max_length_on_error=0")) {
            command.add("-c");
            command.add(setting);
        }
        return asUnprivileged(command, log).start();
    }

    /// PostgreSQL refuses to run as root. A user namespace without a mapping gives it another user id while
    /// the files stay root's own, so that no folder above needs to be opened.
    private static ProcessBuilder asUnprivileged(List<String> command, Path log)
            throws IOException {
        List<String> whole = new ArrayList<>();
        if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()
                || "root".equals(System.getProperty("user.name"))) {
            whole.add("unshare");
            whole.add("--user");
        }
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder;
    }

    /// Starts the server again whenever its process ends, until the node stops. Where one does not come up, such as
    /// while the processes of the dead one still hold its memory, it is tried anew after pauses that grow.
    private void supervise() {
        try {
            Duration pause = RESTART_PAUSE;
            while (!closed) {
                long started = System.nanoTime();
                server.waitFor();
                boolean lived = System.nanoTime() - started > LONGEST_RESTART_PAUSE.toNanos();
                pause = lived ? RESTART_PAUSE : pause;
                if (closed) {
                    return;
                }
                LOG.error(
                        "event=database_died exit={} log={}; starting it again",
                        server.exitValue(),
                        log);
                Thread.sleep(pause);
                restart();
                Duration doubled = pause.multipliedBy(2);
                pause =
                        doubled.compareTo(LONGEST_RESTART_PAUSE) < 0
                                ? doubled
                                : LONGEST_RESTART_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Leaves the server running without anybody who looks after it, as the death of a node does.
    void abandon() {
        closed = true;
        lock.close();
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        try {
            server = launch.again();
        } catch (IOException e) {
            LOG.error("event=database_not_started log={}", log, e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        SQLException last = null;
        while (System.nanoTime() < deadline && server.isAlive()) {
            try (Connection _ =
                    DriverManager.getConnection(address.url(), USER, address.password())) {
                return;
            } catch (SQLException e) {
                last = e;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new StoreUnavailable(
                "the embedded PostgreSQL did not start" + lastFailure() + "; its log is " + log,
                last);
    }

    /// What the server itself said before it ended, as far as it is to be found at the end of its log.
    private String lastFailure() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains("FATAL: ") || line.contains("PANIC: "))
                    .reduce((_, later) -> later)
                    .map(line -> " (" + line.replaceFirst(".*(FATAL|PANIC):\\s+", "") + ")")
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("event=log_not_read", e);
            return "";
        }
    }

    /// The process that a lock file names; null when it is gone and its number is that of another one.
    private static @Nullable ProcessHandle process(String pid, Path data) {
        if (!pid.strip().matches("\\d{1,9}")) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .filter(one -> one.info().commandLine().orElse("").contains(data.toString()))
                .orElse(null);
    }

    /// Stops a server that a node left behind, so that two never work on one folder.
    private static void stopLeftover(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        ProcessHandle leftover = lines.isEmpty() ? null : process(lines.getFirst(), data);
        if (leftover == null) {
            return;
        }
        signal(leftover.pid(), "INT");
        try {
            leftover.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while a leftover PostgreSQL was stopped", e);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new StoreUnavailable(
                    "a PostgreSQL left behind (process "
                            + leftover.pid()
                            + ") on "
                            + data
                            + " does not stop",
                    e);
        }
    }

    private static void signal(long pid, String name) throws IOException {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        return password;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public String toString() {
        return "EmbeddedPostgres[" + data + "]";
    }
}
