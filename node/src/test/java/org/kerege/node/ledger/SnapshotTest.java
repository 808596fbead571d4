package org.kerege.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    private static final int ENTRIES = 50;
    private static final String FIRST_VERSION = "101";
    private static final Snapshot.Aftermath AS_IT_WAS = (_, _) -> {};

    @TempDir private Path folder;
    private Postgres store;

    @BeforeEach
    void fill() throws SQLException {
        store = TestDatabases.laidOut();
        try (Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
            for (int i = 0; i < ENTRIES; i++) {
                byte[] body = ("entry " + i).getBytes(StandardCharsets.UTF_8);
                ledger.record(t -> t.append(EntryKind.REVIEW, new byte[] {'{', '}'}, body));
            }
        }
        run(
                store,
                "insert into account (name, organisation, roles) values ('ä', 'Alpha', '{READER}')");
        run(store, "insert into audience (key) values ('one'), ('two')");
    }

    @Test
    void puts_back_all_that_was_held() throws Exception {
        Path file = folder.resolve("store.zip");
        Snapshot.Contents written = Snapshot.write(store, file);
        Postgres other = TestDatabases.empty();

        Snapshot.Contents restored = Snapshot.restore(file, other, AS_IT_WAS);

        assertThat(restored).isEqualTo(written);
        for (String table :
                new String[] {"ledger_entry", "ledger_payload", "account", "audience"}) {
            assertThat(digest(other, table)).as(table).isEqualTo(digest(store, table));
        }
    }

    @Test
    void begins_a_new_epoch_that_cites_the_head_of_the_backup() throws Exception {
        Path file = folder.resolve("store.zip");
        Head last = Snapshot.write(store, file).head();
        Postgres other = TestDatabases.empty();

        Snapshot.restore(
                file, other, (transaction, contents) -> Epoch.open(transaction, contents.head()));

        assertThat(
                        text(
                                other,
                                "select kind || ' ' || convert_from(meta, 'UTF8') from ledger_entry"
                                        + " join ledger_payload using (seq) where seq = "
                                        + last.size()))
                .isEqualTo(
                        "10 {\"because\":\"restored from a backup\",\"size\":%d,\"root\":\"%s\"}"
                                .formatted(last.size(), last.rootHex()));
        assertThat(check(other).sound()).isTrue();
        assertThat(check(other).entries()).isEqualTo(ENTRIES + 1);
    }

    @Test
    void goes_on_numbering_after_what_was_put_back() throws Exception {
        Path file = folder.resolve("store.zip");
        Snapshot.write(store, file);
        Postgres other = TestDatabases.empty();
        Snapshot.restore(file, other, AS_IT_WAS);

        run(other, "insert into audience (key) values ('three')");

        assertThat(text(other, "select max(number)::text from audience")).isEqualTo("3");
    }

    @Test
    void is_written_before_the_tables_of_an_older_program_change() throws Exception {
        Postgres older = TestDatabases.empty();
        Schema.bringTo(older, FIRST_VERSION);
        run(older, "insert into ledger_entry values (0, 6, now(), sha256('\\x00'))");

        assertThat(Schema.state(older)).isEqualTo(Schema.State.OLDER);
        Schema.bringForward(older, Snapshot.beforeChange(older, folder.resolve("backups")));

        assertThat(Schema.state(older)).isEqualTo(Schema.State.CURRENT);
        try (Stream<Path> written = Files.list(folder.resolve("backups"))) {
            Path file = written.toList().getFirst();
            Postgres other = TestDatabases.empty();
            Snapshot.Contents back = Snapshot.restore(file, other, AS_IT_WAS);
            assertThat(back.schema()).isEqualTo(FIRST_VERSION);
            assertThat(back.head().size()).isEqualTo(1);
            assertThat(Schema.state(other)).isEqualTo(Schema.State.CURRENT);
        }
    }

    @Test
    void leaves_the_tables_as_they_are_when_no_backup_can_be_written() throws Exception {
        Postgres older = TestDatabases.empty();
        Schema.bringTo(older, FIRST_VERSION);
        Path file = Files.writeString(folder.resolve("no folder"), "");

        assertThatThrownBy(() -> Schema.bringForward(older, Snapshot.beforeChange(older, file)))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("no backup could be written");
        assertThat(Schema.state(older)).isEqualTo(Schema.State.OLDER);
    }

    @Test
    void a_newer_store_is_not_touched() throws SQLException {
        run(
                store,
                "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success)"
                        + " values (999, '99999', 'of tomorrow', 'SQL', 'V99999__of_tomorrow.sql', 1, 'x', 1, true)");

        assertThat(Schema.state(store)).isEqualTo(Schema.State.NEWER);
        assertThatThrownBy(() -> Schema.bringForward(store, () -> {}))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("newer Kerege");
    }

    @Test
    void is_read_by_its_owner_alone_and_overwrites_nothing() throws IOException {
        Path file = folder.resolve("store.zip");
        Snapshot.write(store, file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> Snapshot.write(store, file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void is_not_put_into_a_store_that_holds_something() throws IOException {
        Path file = folder.resolve("store.zip");
        Snapshot.write(store, file);

        assertThatThrownBy(() -> Snapshot.restore(file, store, AS_IT_WAS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds something already");
    }

    @Test
    void is_refused_with_one_byte_changed_and_leaves_the_store_empty() throws Exception {
        Path file = folder.resolve("store.zip");
        Snapshot.write(store, file);
        Path changed = folder.resolve("changed.zip");
        copyWithOneByteChanged(file, changed, "tables/account.copy");
        Postgres other = TestDatabases.empty();

        assertThatThrownBy(() -> Snapshot.restore(changed, other, AS_IT_WAS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("account");
        assertThat(text(other, "select count(*)::text from ledger_entry")).isEqualTo("0");
    }

    @Test
    void is_refused_when_the_ledger_was_changed_before_it_was_made() throws Exception {
        run(store, "update ledger_payload set body = 'another' where seq = 7");
        Path file = folder.resolve("store.zip");
        Snapshot.write(store, file);
        Postgres other = TestDatabases.empty();

        assertThatThrownBy(() -> Snapshot.restore(file, other, AS_IT_WAS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry 7");
    }

    @Test
    void names_a_gap_in_the_ledger() throws Exception {
        run(store, "delete from ledger_entry where seq = 9");

        assertThat(check().faults()).containsExactly("entry 9 is missing");
    }

    @Test
    void finds_a_ledger_sound_whose_payload_was_erased() throws Exception {
        run(store, "delete from ledger_payload where seq = 9");

        assertThat(check().sound()).isTrue();
        assertThat(check().entries()).isEqualTo(ENTRIES);
    }

    @Test
    void refuses_a_file_that_is_no_snapshot() throws IOException {
        Path file = folder.resolve("other.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("readme"));
        }

        assertThatThrownBy(() -> Snapshot.restore(file, store, AS_IT_WAS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no snapshot");
    }

    private LedgerCheck.Result check() throws SQLException {
        return check(store);
    }

    private static LedgerCheck.Result check(Postgres at) throws SQLException {
        try (Connection connection = connect(at)) {
            connection.setAutoCommit(false);
            return LedgerCheck.all(connection);
        }
    }

    private static void copyWithOneByteChanged(Path from, Path to, String entryName)
            throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile());
                OutputStream out = Files.newOutputStream(to);
                ZipOutputStream changed = new ZipOutputStream(out)) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(entryName)) {
                    // The name of the account, behind the header, the count of columns and its
                    // length.
                    bytes[19 + 2 + 4] ^= 1;
                }
                changed.putNextEntry(new ZipEntry(entry.getName()));
                changed.write(bytes);
                changed.closeEntry();
            }
        }
    }

    private static String digest(Postgres at, String table) throws SQLException {
        return text(
                at, "select md5(string_agg(t::text, '|' order by t::text)) from " + table + " t");
    }

    private static String text(Postgres at, String sql) throws SQLException {
        try (Connection connection = connect(at);
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(Postgres at, String sql) throws SQLException {
        try (Connection connection = connect(at);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(Postgres at) throws SQLException {
        return DriverManager.getConnection(at.url(), at.user(), at.password());
    }
}
