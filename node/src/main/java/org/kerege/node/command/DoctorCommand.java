package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.kerege.node.Settings;
import org.kerege.node.ledger.LedgerCheck;
import org.kerege.node.ledger.StoreUnavailable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege doctor`: looks at what a node stands on and says of each fault how to mend it. Exit code 1 when something
/// is wrong.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with this node and how to mend it.")
public final class DoctorCommand implements Callable<Integer> {

    private static final int SAMPLE = 10_000;
    private static final Duration CLOCK_FAULT = Duration.ofMinutes(1);
    private static final Instant BEFORE_THIS_PROGRAM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Option(names = "--all", description = "Checks every entry of the ledger, not the last alone.")
    private boolean all;

    private int faults;

    @Override
    public Integer call() throws IOException {
        Settings settings;
        try {
            settings = store.settings();
            fine("settings", "read");
        } catch (IllegalArgumentException e) {
            wrong("settings", String.valueOf(e.getMessage()), "correct the line it names");
            return end();
        }
        java();
        if (folder(settings)) {
            disk(settings);
            keys(settings.data().resolve("keys"));
            store(settings);
        }
        return end();
    }

    private int end() {
        spec.commandLine().getOut().flush();
        return faults == 0 ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private void java() {
        int version = Runtime.version().feature();
        if (version < 25) {
            wrong("Java", "version " + version, "install a JDK of version 25 or newer");
        } else {
            fine("Java", String.valueOf(Runtime.version()));
        }
    }

    /// Whether there is anything further to look at.
    private boolean folder(Settings settings) {
        Path data = settings.data();
        if (!Files.exists(data)) {
            fine("data folder", data + " is not there yet; the first './kerege up' makes it");
            return false;
        }
        if (!Files.isDirectory(data) || !Files.isWritable(data)) {
            wrong(
                    "data folder",
                    data + " cannot be written",
                    "give it to the user that runs the node (chown), or name another with 'data'");
            return false;
        }
        fine("data folder", String.valueOf(data));
        return true;
    }

    private void disk(Settings settings) throws IOException {
        long free = Files.getFileStore(settings.data()).getUsableSpace();
        String said = (free >> 20) + " MB free";
        if (free < settings.minimumFreeBytes()) {
            wrong(
                    "disk",
                    said + ": nothing more is taken in",
                    "free space beside "
                            + settings.data()
                            + ", or lower disk.minimum-free-megabytes");
        } else {
            fine("disk", said);
        }
    }

    private void keys(Path keys) throws IOException {
        if (!Files.isDirectory(keys)) {
            return;
        }
        boolean open = false;
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.toList()) {
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
                if (Files.isRegularFile(file) && rights.stream().anyMatch(OTHERS::contains)) {
                    open = true;
                    wrong("keys", file + " can be read or written by others", "chmod 600 " + file);
                }
            }
        }
        if (!open) {
            fine("keys", "readable by their owner alone");
        }
    }

    private void store(Settings settings) {
        try (OpenStore open = OpenStore.of(settings);
                Connection connection = open.database().getConnection()) {
            connection.setAutoCommit(false);
            fine("store", "reached, its tables are those of this program");
            clock(connection);
            LedgerCheck.Result ledger =
                    all ? LedgerCheck.all(connection) : LedgerCheck.last(connection, SAMPLE);
            for (String fault : ledger.faults()) {
                wrong(
                        "ledger",
                        fault,
                        "stop the node, keep the folder as it is and restore the last backup elsewhere");
            }
            if (ledger.sound()) {
                fine(
                        "ledger",
                        ledger.entries() + (all ? " entries verify" : " last entries verify"));
            }
        } catch (StoreUnavailable e) {
            wrong(
                    "store",
                    String.valueOf(e.getMessage()),
                    settings.database() == null
                            ? "read " + settings.data().resolve("postgres/postgres.log")
                            : "see that database.url, database.user and database.password are right");
        } catch (SQLException e) {
            wrong(
                    "store",
                    String.valueOf(e.getMessage()),
                    "see that the database runs and that database.* names it rightly");
        }
    }

    private void clock(Connection connection) throws SQLException {
        Instant now = Instant.now();
        Instant there;
        Instant last;
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select clock_timestamp(), (select max(recorded_at) from ledger_entry)")) {
            row.next();
            there = row.getObject(1, OffsetDateTime.class).toInstant();
            OffsetDateTime recorded = row.getObject(2, OffsetDateTime.class);
            last = recorded == null ? Instant.EPOCH : recorded.toInstant();
        }
        String mend = "set the clock and keep it with a time service (timedatectl set-ntp true)";
        if (now.isBefore(BEFORE_THIS_PROGRAM)) {
            wrong("clock", "it says " + now + ", before this program was made", mend);
        } else if (last.isAfter(now.plus(CLOCK_FAULT))) {
            wrong("clock", "it says " + now + ", the ledger's last entry is of " + last, mend);
        } else if (Duration.between(now, there).abs().compareTo(CLOCK_FAULT) > 0) {
            wrong("clock", "it says " + now + ", the database's says " + there, mend);
        } else {
            fine("clock", "agrees with the ledger and the database");
        }
    }

    private void fine(String what, String found) {
        spec.commandLine().getOut().println("fine   " + what + ": " + found);
    }

    private void wrong(String what, String found, String mend) {
        faults++;
        PrintWriter out = spec.commandLine().getOut();
        out.println("WRONG  " + what + ": " + found);
        out.println("       mend: " + mend);
    }
}
