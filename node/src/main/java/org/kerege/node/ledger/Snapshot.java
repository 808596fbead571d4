package org.kerege.node.ledger;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.kerege.stix.Json;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A whole store in one file, as it is at one instant: a ZIP with each table in PostgreSQL's binary COPY format and, last,
/// `manifest.json` with the schema's version and the rows and SHA-256 of each table. It is made while a node writes, and
/// put back only into a store that holds nothing. It holds password hashes: nobody but its owner can read it.
public final class Snapshot {

    private static final String FORMAT = "kerege-snapshot/1";
    private static final String MANIFEST = "manifest.json";
    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    private Snapshot() {}

    /// A table of a store: its columns in their order.
    private record Table(String name, List<String> columns) {

        String columnList() {
            return String.join(", ", columns);
        }
    }

    /// What a snapshot holds.
    ///
    /// @param schema version of the tables
    /// @param rows of all tables together
    /// @param head of the ledger
    public record Contents(String schema, long rows, Head head) {}

    /// Writes the store to a new file in a folder that is there; a file of that name is never overwritten, and a
    /// half-written one never has it.
    ///
    /// @throws FileAlreadyExistsException when there is a file of that name
    /// @throws StoreUnavailable when the store cannot be read
    public static Contents write(Postgres store, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Contents contents;
        try (Connection connection = connect(store);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(unfinished))) {
            contents = write(connection, zip);
        } catch (SQLException e) {
            Files.deleteIfExists(unfinished);
            throw new StoreUnavailable("the store cannot be copied", e);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return contents;
    }

    private static Contents write(Connection connection, ZipOutputStream zip)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        String schema = Schema.version(connection);
        Head head = Head.of(connection);
        ObjectNode manifest =
                Json.mapper()
                        .createObjectNode()
                        .put("format", FORMAT)
                        .put("made", Instant.now().toString())
                        .put("schema", schema)
                        .put("size", head.size())
                        .put("root", head.rootHex());
        ArrayNode tables = manifest.putArray("tables");
        long all = 0;
        zip.setLevel(1);
        for (Table table : tables(connection)) {
            zip.putNextEntry(new ZipEntry(entryName(table.name())));
            MessageDigest sha256 = sha256();
            long rows =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut(
                                    "copy "
                                            + table.name()
                                            + " ("
                                            + table.columnList()
                                            + ") to stdout (format binary)",
                                    new DigestOutputStream(leftOpen(zip), sha256));
            zip.closeEntry();
            ObjectNode entry =
                    tables.addObject()
                            .put("name", table.name())
                            .put("rows", rows)
                            .put("sha256", HexFormat.of().formatHex(sha256.digest()));
            ArrayNode columns = entry.putArray("columns");
            table.columns().forEach(columns::add);
            all += rows;
        }
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        return new Contents(schema, all, head);
    }

    /// What writes a snapshot of the store into `folder` before its tables change; see [Schema#bringForward].
    public static Runnable beforeChange(Postgres store, Path folder) {
        return () -> {
            String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            Path file = folder.resolve("before-update-" + time.replace(":", "") + ".zip");
            try {
                Files.createDirectories(folder);
                write(store, file);
            } catch (IOException e) {
                throw new StoreUnavailable(
                        "no backup could be written to "
                                + file
                                + ", so the tables were left as they are",
                        e);
            }
        };
    }

    /// Puts a snapshot into a store that holds nothing, brings its tables forward and checks the ledger against its
    /// leaves and the head that the snapshot names. When it fails the store holds nothing still.
    ///
    /// @param then what belongs to it and is written in the same transaction, such as [Epoch#open]
    /// @throws IllegalArgumentException when the file is none of ours, was changed, or the store holds something
    /// @throws StoreUnavailable when the store cannot be written, or a newer program has made the snapshot
    public static Contents restore(Path file, Postgres store, Aftermath then) throws IOException {
        try (ZipFile zip = open(file)) {
            JsonNode manifest = manifest(zip, file);
            String schema = manifest.path("schema").asString("");
            Schema.bringTo(store, schema);
            Contents contents;
            try (Connection connection = connect(store)) {
                connection.setAutoCommit(false);
                requireEmpty(connection);
                long rows = fill(connection, zip, manifest);
                contents = new Contents(schema, rows, verified(connection, manifest));
                LedgerTransaction transaction = after(connection, contents.head());
                then.write(transaction, contents);
                transaction.flush();
                connection.commit();
            } catch (SQLException e) {
                throw new StoreUnavailable("the snapshot cannot be put back", e);
            }
            Schema.bringForward(store, () -> {});
            return contents;
        }
    }

    /// What follows on the rows of a snapshot before any of it can be seen.
    @FunctionalInterface
    public interface Aftermath {
        void write(LedgerTransaction transaction, Contents contents) throws SQLException;
    }

    /// A piece of work right behind the last entry, dated now but never before it.
    private static LedgerTransaction after(Connection connection, Head head) throws SQLException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select max(recorded_at) from ledger_entry")) {
            row.next();
            OffsetDateTime last = row.getObject(1, OffsetDateTime.class);
            boolean behind = last != null && now.isBefore(last.toInstant());
            return new LedgerTransaction(
                    connection, behind ? last.toInstant() : now, new SecureRandom(), head.size());
        }
    }

    private static Head verified(Connection connection, JsonNode manifest) throws SQLException {
        LedgerCheck.Result ledger = LedgerCheck.all(connection);
        if (!ledger.sound()) {
            throw new IllegalArgumentException(
                    "the snapshot's ledger does not verify: " + ledger.faults().getFirst());
        }
        Head head = Head.of(connection);
        if (head.size() != manifest.path("size").asLong(-1)
                || !head.rootHex().equals(manifest.path("root").asString(""))) {
            throw new IllegalArgumentException(
                    "the snapshot's ledger has another head than its manifest names: " + head);
        }
        return head;
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IllegalArgumentException(
                    file + " is no snapshot of a Kerege store, or only a part of one", e);
        }
    }

    private static long fill(Connection connection, ZipFile zip, JsonNode manifest)
            throws SQLException, IOException {
        List<Table> known = tables(connection);
        long all = 0;
        List<String> filled = new ArrayList<>();
        for (JsonNode entry : manifest.path("tables")) {
            String name = entry.path("name").asString("");
            List<String> columns =
                    entry.path("columns").valueStream().map(JsonNode::asString).toList();
            // Names come from a file: only those that the schema itself has are ever made SQL.
            Table table = new Table(name, columns);
            if (!known.contains(table) || filled.contains(name)) {
                throw new IllegalArgumentException(
                        "the snapshot has a table that its schema has not: " + name);
            }
            filled.add(name);
            all += fill(connection, zip, table, entry);
        }
        if (filled.size() != known.size()) {
            throw new IllegalArgumentException("the snapshot lacks a table");
        }
        continueNumbers(connection);
        return all;
    }

    private static long fill(Connection connection, ZipFile zip, Table table, JsonNode entry)
            throws SQLException, IOException {
        ZipEntry packed = zip.getEntry(entryName(table.name()));
        if (packed == null) {
            throw new IllegalArgumentException("the snapshot lacks " + entryName(table.name()));
        }
        MessageDigest sha256 = sha256();
        long rows;
        try (InputStream in = new DigestInputStream(zip.getInputStream(packed), sha256)) {
            rows =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy "
                                            + table.name()
                                            + " ("
                                            + table.columnList()
                                            + ") from stdin (format binary)",
                                    in);
        }
        String digest = HexFormat.of().formatHex(sha256.digest());
        if (!digest.equals(entry.path("sha256").asString(""))
                || rows != entry.path("rows").asLong(-1)) {
            throw new IllegalArgumentException(
                    "table "
                            + table.name()
                            + " is not what the manifest says: the file was changed");
        }
        return rows;
    }

    private static JsonNode manifest(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(MANIFEST);
        JsonNode manifest = null;
        if (entry != null) {
            try (InputStream in = zip.getInputStream(entry)) {
                manifest = Json.mapper().readTree(in.readNBytes(MAX_MANIFEST_BYTES));
            }
        }
        if (manifest == null || !FORMAT.equals(manifest.path("format").asString(""))) {
            throw new IllegalArgumentException(file + " is no snapshot of a Kerege store");
        }
        return manifest;
    }

    private static void requireEmpty(Connection connection) throws SQLException {
        for (Table table : tables(connection)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "select exists (select 1 from " + table.name() + ")")) {
                row.next();
                if (row.getBoolean(1)) {
                    throw new IllegalArgumentException(
                            "the store holds something already (table "
                                    + table.name()
                                    + "); a snapshot is put back into an empty one alone");
                }
            }
        }
    }

    /// The tables, each after those that it refers to.
    private static List<Table> tables(Connection connection) throws SQLException {
        String sql =
                """
                with recursive ours as (
                    select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'flyway_schema_history'),
                depth (oid, level) as (
                    select oid, 0 from ours
                    union
                    select k.conrelid, d.level + 1 from depth d
                        join pg_constraint k on k.confrelid = d.oid and k.contype = 'f' and k.conrelid <> k.confrelid
                    where d.level < 20)
                select o.relname, array_agg(a.attname::text order by a.attnum)
                from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
                group by o.oid, o.relname
                order by (select max(level) from depth d where d.oid = o.oid), o.relname\
                """;
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                tables.add(
                        new Table(
                                row.getString(1), List.of((String[]) row.getArray(2).getArray())));
            }
        }
        return tables;
    }

    /// Numbers that the database gives go on after the highest that was put back.
    private static void continueNumbers(Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false)'
                                    || ' from %I', table_name, column_name, column_name, table_name)
                                from information_schema.columns
                                where table_schema = 'public' and is_identity = 'YES'\
                                """)) {
            while (row.next()) {
                statements.add(row.getString(1));
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String entryName(String table) {
        return "tables/" + table + ".copy";
    }

    private static Connection connect(Postgres store) throws SQLException {
        return DriverManager.getConnection(store.url(), store.user(), store.password());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static OutputStream leftOpen(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }
}
