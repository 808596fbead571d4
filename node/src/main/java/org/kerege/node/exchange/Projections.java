package org.kerege.node.exchange;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerege.gate.Placement;
import org.kerege.gate.References;
import org.kerege.node.gate.ReferenceRows;
import org.kerege.node.ledger.CopyRows;
import org.kerege.node.ledger.EntryKind;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;
import org.kerege.stix.Versions;
import tools.jackson.databind.JsonNode;

/// The tables that readers are served from, made again from the ledger: versions, what they refer to, where they stand
/// who was given what and what people recorded about objects that name a person. What was erased is not in the ledger any more and so comes back in none of them. Settings of
/// the node (collections, accounts, the gate's numbers) are no projections and stay.
public final class Projections {

    private static final int FETCH = 1_000;
    private static final int BATCH = 10_000;

    /// Each with what tells it from a temporary one of the same shape.
    private static final List<String> TABLES =
            List.of("object_version", "reference", "addition", "delivery", "person_review");

    private final Connection connection;
    private Batch batch = new Batch();

    private Projections(Connection connection) {
        this.connection = connection;
    }

    /// Rows on their way into the temporary tables.
    private static final class Batch {

        private final CopyRows versions =
                new CopyRows(
                        "fresh_object_version",
                        List.of(
                                "seq",
                                "object_id",
                                "version",
                                "type",
                                "spec_version",
                                "source",
                                "creator",
                                "digest",
                                "audience",
                                "closure"));
        private final ReferenceRows references = new ReferenceRows("fresh_reference");
        private final CopyRows added =
                new CopyRows(
                        "fresh_added",
                        List.of(
                                "entry",
                                "collection",
                                "date_added",
                                "seq",
                                "audience",
                                "closure",
                                "unless_audience",
                                "unless_closure",
                                "reader"));
        private final CopyRows placed =
                new CopyRows(
                        "fresh_placed",
                        List.of("entry", "seq", "audience", "closure", "first_hand"));
        private final CopyRows removed =
                new CopyRows("fresh_removed", List.of("entry", "collection", "seq"));
        private final CopyRows deliveries =
                new CopyRows(
                        "fresh_delivery", List.of("recipient", "page", "rule", "seq", "delivered"));
        private final CopyRows reviews =
                new CopyRows(
                        "fresh_person_review",
                        List.of(
                                "seq",
                                "object_id",
                                "purpose",
                                "legal_basis",
                                "reviewer",
                                "recorded",
                                "review_by"));
        private int entries;

        void send(Connection connection) throws SQLException {
            versions.send(connection);
            references.send(connection);
            added.send(connection);
            placed.send(connection);
            removed.send(connection);
            deliveries.send(connection);
            reviews.send(connection);
        }
    }

    /// How a table as it was differs from the one made again.
    ///
    /// @param missing rows that the ledger asks for and the table had not
    /// @param surplus rows that the table had and the ledger knows nothing of
    public record Difference(long rows, long missing, long surplus) {

        public boolean none() {
            return missing == 0 && surplus == 0;
        }
    }

    /// Makes the tables again in temporary ones, compares, and puts them in place.
    ///
    /// @param connection in a transaction, which is the caller's to commit or to roll back; no node writes meanwhile
    /// @param replace false to compare alone
    /// @return a difference for each table, by name
    public static Map<String, Difference> rebuild(Connection connection, boolean replace)
            throws SQLException {
        Projections projections = new Projections(connection);
        projections.make();
        projections.replay();
        projections.finish();
        Map<String, Difference> differences = new LinkedHashMap<>();
        for (String table : TABLES) {
            differences.put(table, projections.compare(table));
        }
        if (replace) {
            projections.replace();
        }
        return differences;
    }

    private void make() throws SQLException {
        for (String table : TABLES) {
            run(
                    "create temp table fresh_%s (like %s including defaults) on commit drop"
                            .formatted(table, table));
        }
        run(
                """
                create temp table fresh_added (entry bigint, collection int, date_added timestamptz, seq bigint,
                    audience int, closure int, unless_audience int, unless_closure int, reader int) on commit drop\
                """);
        run(
                "create temp table fresh_placed (entry bigint, seq bigint, audience int, closure int, first_hand int)"
                        + " on commit drop");
        run(
                "create temp table fresh_removed (entry bigint, collection int, seq bigint) on commit drop");
    }

    private void replay() throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(FETCH);
            try (ResultSet row =
                    select.executeQuery(
                            """
                            select e.seq, e.kind, e.recorded_at, p.meta, p.body
                            from ledger_entry e join ledger_payload p using (seq)
                            where e.kind in (%d, %d, %d, %d, %d) order by e.seq\
                            """
                                    .formatted(
                                            EntryKind.OBJECT.number(),
                                            EntryKind.ADDITION.number(),
                                            EntryKind.REMOVAL.number(),
                                            EntryKind.DELIVERY.number(),
                                            EntryKind.REVIEW.number()))) {
                while (row.next()) {
                    take(row);
                    if (++batch.entries == BATCH) {
                        sendBatch();
                    }
                }
            }
        }
        sendBatch();
    }

    private void sendBatch() throws SQLException {
        batch.send(connection);
        batch = new Batch();
    }

    private void take(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        int kind = row.getInt(2);
        Instant recorded = row.getObject(3, OffsetDateTime.class).toInstant();
        JsonNode meta = Json.mapper().readTree(row.getBytes(4));
        byte[] body = row.getBytes(5);
        if (kind == EntryKind.OBJECT.number()) {
            object(seq, recorded, meta, StixObject.read(body));
        } else if (kind == EntryKind.ADDITION.number()) {
            placings(
                    seq,
                    meta.path("collection").asInt(),
                    meta.path("reader").asInt(0),
                    Placings.read(body));
        } else if (kind == EntryKind.REMOVAL.number()) {
            for (JsonNode entry : meta.path("entries")) {
                batch.removed
                        .row()
                        .bigint(seq)
                        .integer(meta.path("number").asInt())
                        .bigint(entry.asLong());
            }
        } else if (kind == EntryKind.REVIEW.number()) {
            batch.reviews
                    .row()
                    .bigint(seq)
                    .text(meta.path("object").asString())
                    .text(meta.path("purpose").asString())
                    .text(meta.path("legal_basis").asString())
                    .text(meta.path("reviewer").asString())
                    .timestamp(recorded)
                    .timestamp(Instant.parse(meta.path("review_by").asString()));
        } else {
            batch.deliveries
                    .row()
                    .text(meta.path("recipient").asString())
                    .bytea(meta.path("page").binaryValue())
                    .text(meta.path("rule").asString())
                    .bigint(seq)
                    .timestamp(recorded);
        }
    }

    private void object(long seq, Instant recorded, JsonNode meta, StixObject object) {
        batch.versions
                .row()
                .bigint(seq)
                .text(object.id().toString())
                .text(Version.of(object, recorded))
                .text(object.type())
                .text(object.specVersion())
                .text(meta.path("source").asString())
                .text(object.text("created_by_ref"))
                .bytea(Versions.digestBytes(object))
                .integer(0)
                .integer(0);
        batch.references.add(seq, object, References.of(object));
    }

    /// @param reader for whom alone the additions are; 0 for everyone, or as an earlier entry said
    private void placings(long entry, int collection, int reader, Placings placings) {
        for (Placings.Added one : placings.added()) {
            Placement unless = one.unless();
            batch.added
                    .row()
                    .bigint(entry)
                    .integer(collection)
                    .timestamp(one.dateAdded())
                    .bigint(one.seq())
                    .integer(one.placement().audience())
                    .integer(one.placement().closure())
                    .integer(unless == null ? -1 : unless.audience())
                    .integer(unless == null ? -1 : unless.closure())
                    .integer(reader);
        }
        for (Placings.Placed one : placings.placed()) {
            Boolean firstHand = one.firstHand();
            batch.placed
                    .row()
                    .bigint(entry)
                    .bigint(one.seq())
                    .integer(one.placement().audience())
                    .integer(one.placement().closure())
                    .integer(firstHand == null ? -1 : firstHand ? 1 : 0);
        }
    }

    /// From what happened one after the other to what is so now.
    private void finish() throws SQLException {
        run(
                "analyze fresh_object_version; analyze fresh_added; analyze fresh_placed; analyze fresh_removed");
        run(
                """
                update fresh_object_version v
                set audience = p.audience, closure = p.closure, first_hand = p.first_hand = 1
                from (select distinct on (p.seq) p.seq, p.audience, p.closure, max(p.first_hand) over (partition by p.seq)
                        first_hand
                    from fresh_placed p order by p.seq, p.entry desc) p
                where p.seq = v.seq\
                """);
        run(
                """
                insert into fresh_addition (collection, date_added, seq, object_id, version, type, spec_version, audience,
                    closure, superseded, unless_audience, unless_closure, reader, was_audience, was_closure)
                select a.collection, a.date_added, a.seq, v.object_id, v.version, v.type, v.spec_version, a.audience,
                    a.closure,
                    rank() over (partition by a.collection, v.object_id order by v.spec_version desc, v.version desc) > 1,
                    nullif(a.unless_audience, -1), nullif(a.unless_closure, -1), nullif(a.for_reader, 0), a.was_audience,
                    a.was_closure
                from (select distinct on (collection, date_added, seq) *, max(reader) over one for_reader,
                            lag(audience) over (one order by entry) was_audience,
                            lag(closure) over (one order by entry) was_closure
                        from fresh_added window one as (partition by collection, date_added, seq)
                        order by collection, date_added, seq, entry desc) a
                    join fresh_object_version v using (seq)
                where not exists (select 1 from fresh_removed r
                    where r.collection = a.collection and r.seq = a.seq and r.entry > a.entry)\
                """);
    }

    private Difference compare(String table) throws SQLException {
        String beyond = "select count(*) from (select %s from %s except all select %s from %s) x";
        String columns = columns(table);
        String fresh = "fresh_" + table;
        return new Difference(
                count("select count(*) from " + fresh),
                count(beyond.formatted(columns, fresh, columns, table)),
                count(beyond.formatted(columns, table, columns, fresh)));
    }

    private void replace() throws SQLException {
        for (String table : TABLES) {
            String columns = columns(table);
            run("delete from " + table);
            run(
                    "insert into %s (%s) select %s from fresh_%s"
                            .formatted(table, columns, columns, table));
        }
        run(
                """
                update collection c set last_added = greatest(c.last_added, a.last)
                from (select collection, max(date_added) last from fresh_added group by 1) a
                where a.collection = c.number\
                """);
    }

    private String columns(String table) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row =
                        select.executeQuery(
                                "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute"
                                        + " where attrelid = '"
                                        + table
                                        + "'::regclass and attnum > 0 and not attisdropped")) {
            row.next();
            return row.getString(1);
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
