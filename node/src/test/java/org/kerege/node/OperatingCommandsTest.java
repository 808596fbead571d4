package org.kerege.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;

/// What backup, restore, move and doctor end with and say, on stores in every state.
class OperatingCommandsTest {

    private static final int SUCCESS = 0;
    private static final int NEGATIVE = 1;
    private static final int USAGE = 2;
    private static final int ENVIRONMENT = 3;

    @TempDir private static Path shared;
    private static Path backup;
    private static String head;

    @TempDir private Path folder;
    private Postgres store;
    private Path settings;

    @BeforeAll
    static void back_a_store_up() throws IOException {
        Postgres filled = TestDatabases.laidOut();
        try (NodeServer node = NodeServer.start(TestStore.settings(shared, filled))) {
            Collection collection = TestStore.layOut(node);
            node.part(Intake.class)
                    .admit(
                            collection,
                            new Source(TestStore.ORGANISATION, "file", null),
                            TestStore.items(TestStore.newIds(20)));
        }
        backup = shared.resolve("backup.zip");
        Ended ended =
                Ended.of(
                        "backup",
                        backup.toString(),
                        "--settings",
                        settings(shared, filled).toString());
        assertThat(ended.code()).as(ended.err()).isEqualTo(SUCCESS);
        head = head(ended);
    }

    @BeforeEach
    void name_an_empty_store() throws IOException {
        store = TestDatabases.empty();
        settings = settings(folder, store);
    }

    private Ended restore() {
        return Ended.of("restore", backup.toString(), "--settings", settings.toString());
    }

    private Ended doctor(String... more) {
        return Ended.of(
                Stream.concat(
                                Stream.of("doctor", "--settings", settings.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void a_restored_store_has_the_head_of_the_one_backed_up() {
        Ended restored = restore();

        assertThat(restored.code()).as(restored.err()).isEqualTo(SUCCESS);
        assertThat(head(restored)).isEqualTo(head);
        assertThat(doctor("--all").out()).contains("every entry verifies: 22 entries");
    }

    @Test
    void a_backup_overwrites_nothing_and_makes_no_folders() {
        restore();

        Ended again = Ended.of("backup", backup.toString(), "--settings", settings.toString());
        Ended nowhere =
                Ended.of(
                        "backup",
                        folder.resolve("none/b.zip").toString(),
                        "--settings",
                        settings.toString());

        assertThat(again.code()).isEqualTo(USAGE);
        assertThat(again.err()).contains("there is one already").contains("backup.zip");
        assertThat(nowhere.code()).isEqualTo(USAGE);
        assertThat(nowhere.err()).contains("no such file");
    }

    @Test
    void a_folder_without_a_store_is_neither_backed_up_nor_moved_nor_made_one() {
        Path empty = folder.resolve("empty");

        Ended backed = Ended.of("backup", folder.toString(), "--data", empty.toString());
        Ended moved =
                Ended.of(
                        "move",
                        "--to",
                        "jdbc:postgresql://127.0.0.1/x",
                        "--data",
                        empty.toString());

        assertThat(backed.code()).isEqualTo(USAGE);
        assertThat(backed.err()).contains("there is no store in " + empty);
        assertThat(moved.code()).isEqualTo(USAGE);
        assertThat(moved.err()).contains("there is no store in " + empty);
        assertThat(empty).doesNotExist();
    }

    @Test
    void restore_refuses_what_is_no_backup_and_a_store_that_is_used() throws IOException {
        restore();
        Path cut = folder.resolve("cut.zip");
        byte[] whole = Files.readAllBytes(backup);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));

        Ended twice = restore();
        Ended truncated = Ended.of("restore", cut.toString(), "--settings", settings.toString());
        Ended missing = Ended.of("restore", "none.zip", "--settings", settings.toString());

        assertThat(twice.code()).isEqualTo(USAGE);
        assertThat(twice.err()).contains("the store holds something already");
        assertThat(truncated.code()).isEqualTo(USAGE);
        assertThat(truncated.err()).contains("cut.zip is no snapshot of a Kerege store");
        assertThat(missing.code()).isEqualTo(USAGE);
        assertThat(missing.err()).contains("no such file: none.zip");
    }

    @Test
    void a_database_that_cannot_be_reached_ends_with_3_and_its_reason() throws IOException {
        settings =
                settings(folder, new Postgres("jdbc:postgresql://127.0.0.1:1/none", "kerege", "x"));

        Ended restored = restore();

        assertThat(restored.code()).isEqualTo(ENVIRONMENT);
        assertThat(restored.err())
                .contains("the database cannot be reached")
                .contains("127.0.0.1:1");
        assertThat(doctor().code()).isEqualTo(NEGATIVE);
        assertThat(doctor().out()).contains("WRONG  store").contains("database.password");
    }

    @Test
    void move_asks_for_a_database_and_takes_no_external_one_for_the_source() {
        Ended without = Ended.of("move", "--settings", settings.toString());
        Ended external =
                Ended.of(
                        "move",
                        "--to",
                        "jdbc:postgresql://127.0.0.1/x",
                        "--settings",
                        settings.toString());
        Ended noJdbc =
                Ended.of("move", "--to", "postgresql://127.0.0.1/x", "--data", folder.toString());

        assertThat(List.of(without.code(), external.code(), noJdbc.code())).containsOnly(USAGE);
        assertThat(without.err()).contains("--to");
        assertThat(external.err()).contains("external database already");
        assertThat(noJdbc.err()).contains("jdbc:postgresql:");
    }

    @Test
    void doctor_finds_nothing_wrong_with_a_sound_store() {
        restore();

        Ended ended = doctor();

        assertThat(ended.code()).as(ended.out()).isEqualTo(SUCCESS);
        assertThat(ended.out())
                .contains("fine   store: reached")
                .contains("fine   node: does not run")
                .contains("fine   clock")
                .contains("fine   ledger: 22 last entries verify");
    }

    @Test
    void doctor_names_a_setting_that_does_not_exist() throws IOException {
        Files.writeString(settings, "colour: red\n");

        Ended ended = doctor();

        assertThat(ended.code()).isEqualTo(NEGATIVE);
        assertThat(ended.out()).contains("WRONG  settings").contains("'colour'").contains("mend: ");
    }

    @Test
    void doctor_says_that_the_port_is_taken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(settings, "port: " + other.getLocalPort() + "\n");

            Ended ended = doctor("--data", folder.resolve("new").toString());

            assertThat(ended.code()).isEqualTo(NEGATIVE);
            assertThat(ended.out())
                    .contains("WRONG  port: 127.0.0.1:" + other.getLocalPort())
                    .contains("mend: find who has it");
        }
    }

    @Test
    void a_newer_store_is_named_by_doctor_and_not_started_on() throws SQLException {
        restore();
        change(
                "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success)"
                        + " values (999, '99999', 'of tomorrow', 'SQL', 'V99999__of_tomorrow.sql', 1, 'x', 1, true)");

        Ended ended = doctor();
        Ended up = Ended.of("up", "--settings", settings.toString(), "--port", "0");

        assertThat(ended.code()).isEqualTo(NEGATIVE);
        assertThat(ended.out()).contains("WRONG  store: a newer Kerege has written it");
        assertThat(up.code()).isEqualTo(ENVIRONMENT);
        assertThat(up.err()).contains("written by a newer Kerege");
    }

    @Test
    void doctor_finds_a_changed_payload_and_a_clock_that_stands_before_the_ledger()
            throws SQLException {
        restore();
        change("update ledger_payload set body = 'another' where seq = 3");
        change(
                "update ledger_entry set recorded_at = '2999-01-01T00:00:00Z' where seq = (select max(seq) from"
                        + " ledger_entry)");

        Ended ended = doctor();

        assertThat(ended.code()).isEqualTo(NEGATIVE);
        assertThat(ended.out())
                .contains("WRONG  ledger: entry 3 holds another payload")
                .contains("WRONG  clock")
                .contains("2999");
    }

    @Test
    void a_second_node_does_not_start_on_a_database_that_one_writes_to() throws SQLException {
        restore();
        try (NodeServer node = NodeServer.start(TestStore.settings(folder, store))) {
            assertThat(node.port()).isPositive();

            Ended up = Ended.of("up", "--settings", settings.toString(), "--port", "0");
            Ended ended = doctor();

            assertThat(up.code()).isEqualTo(ENVIRONMENT);
            assertThat(up.err()).contains("another node writes to this database");
            assertThat(ended.out()).contains("fine   node: runs");
        }
    }

    @Test
    void rebuild_makes_lost_tables_again_and_says_what_was_lost() throws SQLException {
        restore();
        change("delete from addition where seq in (select min(seq) from addition)");
        change("update object_version set source = 'Somebody else' where seq = 2");

        Ended checked = Ended.of("rebuild", "--check", "--settings", settings.toString());
        Ended rebuilt = Ended.of("rebuild", "--settings", settings.toString());
        Ended again = Ended.of("rebuild", "--check", "--settings", settings.toString());

        assertThat(checked.code()).as(checked.err()).isEqualTo(NEGATIVE);
        assertThat(checked.out())
                .contains("addition: 20 rows; 1 were missing, 0 were not from the ledger")
                .contains("object_version: 20 rows; 1 were missing, 1 were not from the ledger");
        assertThat(rebuilt.code()).as(rebuilt.err()).isEqualTo(SUCCESS);
        assertThat(again.code()).as(again.out()).isEqualTo(SUCCESS);
    }

    @Test
    void what_was_erased_is_gone_from_the_store_and_from_a_backup_made_before() throws Exception {
        restore();
        String id = text("select object_id from object_version order by seq limit 1");

        Ended unknown =
                erase("identity--00000000-0000-4000-8000-00000000ffff", "asked for by its subject");
        Ended erased = erase(id, "asked for by its subject");

        assertThat(unknown.code()).isEqualTo(NEGATIVE);
        assertThat(erased.code()).as(erased.err()).isEqualTo(SUCCESS);
        assertThat(
                        text(
                                "select count(*) from ledger_payload where position('%s' in encode(body, 'escape')) > 0"
                                        .formatted(id)))
                .isEqualTo("0");
        assertThat(text("select count(*) from addition where object_id = '" + id + "'"))
                .isEqualTo("0");
        assertThat(doctor("--all").code()).isEqualTo(SUCCESS);
        assertThat(Ended.of("rebuild", "--check", "--settings", settings.toString()).code())
                .isEqualTo(SUCCESS);

        store = TestDatabases.empty();
        settings = settings(folder, store);
        Ended restored = restore();
        assertThat(restored.out()).contains("1 entries that had been erased were erased again");
        assertThat(text("select count(*) from object_version where object_id = '" + id + "'"))
                .isEqualTo("0");
        assertThat(doctor("--all").code()).isEqualTo(SUCCESS);
    }

    private Ended erase(String id, String reason) {
        return Ended.of("erase", id, "--reason", reason, "--settings", settings.toString());
    }

    private String text(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(store.url(), store.user(), store.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void an_embedded_store_is_restored_looked_after_and_moved() throws IOException {
        Path data = folder.resolve("embedded");
        Path password = Files.writeString(folder.resolve("password"), store.password());

        Ended restored = Ended.of("restore", backup.toString(), "--data", data.toString());
        assertThat(restored.code()).as(restored.err()).isEqualTo(SUCCESS);

        Files.createDirectory(data.resolve("keys"));
        Path key = Files.writeString(data.resolve("keys/one"), "secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Path cluster = data.resolve("postgres/data");
        Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwxr-xr-x"));
        Ended open = Ended.of("doctor", "--data", data.toString());
        assertThat(open.code()).isEqualTo(NEGATIVE);
        assertThat(open.out())
                .contains("mend: chmod 600 " + key)
                .contains("mend: chmod 700 " + cluster);

        Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwx------"));
        Ended moved =
                Ended.of(
                        "move",
                        "--to",
                        store.url(),
                        "--password-file",
                        password.toString(),
                        "--data",
                        data.toString());
        assertThat(moved.code()).as(moved.err()).isEqualTo(SUCCESS);
        assertThat(moved.out())
                .contains("ledger: 22 entries")
                .contains("database.url: " + store.url());
        assertThat(doctor("--all").out()).contains(head(moved).substring("ledger: ".length()));

        Files.write(cluster.resolve("global/pg_control"), new byte[10]);
        Ended damaged = Ended.of("doctor", "--data", data.toString());
        assertThat(damaged.code()).isEqualTo(NEGATIVE);
        assertThat(damaged.out())
                .contains(
                        "WRONG  store: the embedded PostgreSQL did not start (could not read file")
                .contains("restore the last backup into another one");
    }

    private static Path settings(Path folder, Postgres database) throws IOException {
        return Files.writeString(
                folder.resolve("kerege.yaml"),
                """
                database.url: %s
                database.user: %s
                database.password: "%s"
                port: 0
                disk.minimum-free-megabytes: 1
                """
                        .formatted(database.url(), database.user(), database.password()));
    }

    private void change(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(store.url(), store.user(), store.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The line that names the ledger's size and root.
    private static String head(Ended ended) {
        return ended.out()
                .lines()
                .filter(line -> line.startsWith("ledger: "))
                .findFirst()
                .orElseThrow();
    }
}
