package org.kerege.node.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerege.node.feeds.FeedState;
import org.kerege.node.feeds.FeedStates;
import org.kerege.node.ledger.Head;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerCheck;
import org.kerege.node.ledger.Schema;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.node.settings.Feed;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One look at all that a node stands on: Java, the data folder, disk, keys, store, clock, ledger, port. What comes
/// later needs what comes before, so a fault may end the look early.
final class Examination {

    private static final int SAMPLE = 10_000;
    private static final Duration CLOCK_FAULT = Duration.ofMinutes(1);
    private static final Instant BEFORE_THIS_PROGRAM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private final Settings settings;
    private final boolean all;
    private final List<Finding> findings = new ArrayList<>();
    private boolean nodeRuns;

    /// @param all to check every entry of the ledger
    Examination(Settings settings, boolean all) {
        this.settings = settings;
        this.all = all;
    }

    List<Finding> findings() throws IOException {
        fine("settings", "read");
        java();
        boolean folder = folder();
        if (folder) {
            disk();
            keys(settings.data().resolve("keys"));
        }
        if (settings.database() != null || (folder && databaseFolder())) {
            store();
        }
        port();
        return List.copyOf(findings);
    }

    private void java() {
        int version = Runtime.version().feature();
        if (version < 25) {
            wrong("Java", "version " + version, "install a JDK of version 25 or newer");
        } else {
            fine("Java", String.valueOf(Runtime.version()));
        }
    }

    /// Whether the folder is there and can be worked on.
    private boolean folder() {
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

    private void disk() throws IOException {
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

    /// Whether PostgreSQL will work on its folder: it takes none that others may write or that is another user's.
    private boolean databaseFolder() throws IOException {
        Path data = settings.data().resolve("postgres/data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            fine("store", "there is none yet; './kerege up' or './kerege restore' makes it");
            return false;
        }
        String owner = Files.getOwner(data).getName();
        String user = System.getProperty("user.name");
        if (!owner.equals(user)) {
            wrong(
                    "store",
                    data + " belongs to " + owner + ", this program runs as " + user,
                    "chown -R " + user + " " + settings.data() + ", or run the node as " + owner);
            return false;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(data);
        if (rights.contains(PosixFilePermission.GROUP_WRITE)
                || rights.contains(PosixFilePermission.OTHERS_READ)
                || rights.contains(PosixFilePermission.OTHERS_WRITE)
                || rights.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            wrong("store", data + " is open to others", "chmod 700 " + data);
            return false;
        }
        return true;
    }

    private void store() {
        try (OpenStore open = OpenStore.asItIs(settings)) {
            if (tables(Schema.state(open.address()))) {
                try (Connection connection = open.database().getConnection()) {
                    connection.setAutoCommit(false);
                    nodeRuns = Ledger.hasWriter(connection);
                    fine("node", nodeRuns ? "runs" : "does not run");
                    clock(connection);
                    ledger(connection);
                }
                feeds(new FeedStates(JdbcClient.create(open.database())).all());
            }
        } catch (StoreUnavailable e) {
            String reason = e.getCause() instanceof SQLException why ? ": " + firstLine(why) : "";
            wrong(
                    "store",
                    e.getMessage() + reason,
                    settings.database() == null
                            ? "read " + settings.data().resolve("postgres/postgres.log") + beyond()
                            : "see that it runs and that database.url, database.user and database.password are right");
        } catch (SQLException e) {
            wrong(
                    "store",
                    firstLine(e),
                    settings.database() == null
                            ? "stop the node" + beyond()
                            : "see that the database runs and is whole");
        }
    }

    private static String beyond() {
        return "; where the data are damaged, keep the folder as it is and restore the last backup into another one"
                + " (./kerege restore FILE --data NEW)";
    }

    /// Whether the tables can be read by this program.
    private boolean tables(Schema.State state) {
        switch (state) {
            case CURRENT -> fine("store", "reached, its tables are those of this program");
            case OLDER ->
                    fine(
                            "store",
                            "reached; an older program made its tables, the next './kerege up' backs them up and brings"
                                    + " them forward");
            case EMPTY -> fine("store", "reached, empty; './kerege up' lays it out");
            case NEWER ->
                    wrong(
                            "store",
                            "a newer Kerege has written it",
                            "start that version, or restore a backup from before it (data/backups) into another folder");
        }
        return state == Schema.State.CURRENT;
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

    private void ledger(Connection connection) throws SQLException {
        LedgerCheck.Result ledger =
                all ? LedgerCheck.all(connection) : LedgerCheck.last(connection, SAMPLE);
        for (String fault : ledger.faults()) {
            wrong("ledger", fault, "stop the node" + beyond());
        }
        if (!ledger.sound()) {
            return;
        }
        if (all) {
            fine("ledger", "every entry verifies: " + Head.of(connection));
        } else {
            fine("ledger", ledger.entries() + " last entries verify");
        }
    }

    private void feeds(List<FeedState> states) {
        Set<String> declared =
                settings.upkeep().feeds().stream().map(Feed::name).collect(Collectors.toSet());
        for (FeedState state : states) {
            if (!declared.contains(state.name())) {
                continue;
            }
            if (state.failures() == 0) {
                fine("feed " + state.name(), "last good run " + state.lastGood());
            } else {
                wrong(
                        "feed " + state.name(),
                        state.trouble(),
                        "see that the other server runs and its entry under 'feeds' in kerege.yaml is right;"
                                + " the node goes on trying by itself");
            }
        }
    }

    private void port() throws IOException {
        if (nodeRuns || settings.port() == 0) {
            return;
        }
        InetAddress address = InetAddress.getByName(settings.address());
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, settings.port()));
            fine("port", settings.port() + " is free");
        } catch (IOException e) {
            wrong(
                    "port",
                    settings.address()
                            + ":"
                            + settings.port()
                            + " cannot be had: "
                            + e.getMessage(),
                    "find who has it (ss -ltnp 'sport = :"
                            + settings.port()
                            + "') and stop it, or name another with 'port'");
        }
    }

    private void fine(String what, String found) {
        findings.add(Finding.fine(what, found));
    }

    private void wrong(String what, String found, String mend) {
        findings.add(Finding.wrong(what, found, mend));
    }

    private static String firstLine(SQLException why) {
        return String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    }
}
