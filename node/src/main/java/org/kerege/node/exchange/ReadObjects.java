package org.kerege.node.exchange;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.gate.View;
import org.kerege.node.ledger.StoreUnavailable;

/// Reads collections in the order of adding, by key and never by offset: a page costs the same wherever it lies.
/// Only what the view allows is looked at, also where the last or first version of an object is chosen, so that
/// what a reader sees never depends on what is withheld from it.
public final class ReadObjects {

    /// Most objects of one page.
    public static final int MAX_PAGE = 1_000;

    private final DataSource database;
    private final OwnAdditions own;

    public ReadObjects(DataSource database, OwnAdditions own) {
        this.database = database;
        this.own = own;
    }

    /// Objects after a position.
    ///
    /// @param after null for the first page
    /// @param limit 1 to [#MAX_PAGE]
    public Page objects(
            Collection collection, View view, Query query, @Nullable Position after, int limit) {
        return read(collection, view, query, after, limit, true);
    }

    /// The same without the objects' bytes, as the manifest needs it.
    public Page entries(
            Collection collection, View view, Query query, @Nullable Position after, int limit) {
        return read(collection, view, query, after, limit, false);
    }

    /// The place of an object in the collection's order.
    ///
    /// @param name of the object, as [Held#name] gives it
    public Position position(Collection collection, Instant dateAdded, String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select max(seq) from addition where collection = ? and date_added = ?"
                                        + " and object_id || ' ' || version = ?")) {
            select.setInt(1, collection.number());
            select.setObject(2, utc(dateAdded));
            select.setString(3, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                // Of what is no longer there, whatever has the same date is given again rather than
                // passed over.
                long seq = row.getLong(1);
                return new Position(dateAdded, row.wasNull() ? -1 : seq);
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the collection cannot be read now", e);
        }
    }

    private Page read(
            Collection collection,
            View view,
            Query query,
            @Nullable Position after,
            int limit,
            boolean bytes) {
        Sql sql = new Sql(collection.number(), view, own.reader(collection, view));
        sql.add(
                "select a.seq, a.date_added, a.object_id, a.version, a.spec_version, a.audience, a.closure");
        sql.add(
                bytes
                        ? ", p.body from addition a join ledger_payload p on p.seq = a.seq"
                        : " from addition a");
        sql.add(" where a.collection = ?", collection.number());
        if (after != null) {
            sql.add(" and (a.date_added, a.seq) > (?, ?)", utc(after.dateAdded()), after.seq());
        }
        if (query.addedAfter() != null) {
            sql.add(" and a.date_added > ?", utc(query.addedAfter()));
        }
        sql.addVisible("a");
        sql.addLatestOfOwn("a");
        sql.addAnyOf("a.object_id", query.ids());
        sql.addAnyOf("a.type", query.types());
        sql.addAnyOf("a.spec_version", query.specVersions());
        addVersions(sql, query);
        sql.add(" order by a.date_added, a.seq limit ?", limit + 1);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = sql.prepare(connection)) {
            statement.setFetchSize(0);
            List<Held> items = new ArrayList<>(Math.min(limit, 64));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    items.add(
                            new Held(
                                    row.getLong(1),
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    new Placement(row.getInt(6), row.getInt(7)),
                                    bytes ? row.getBytes(8) : NOTHING));
                }
            }
            boolean more = items.size() > limit;
            return new Page(more ? items.subList(0, limit) : items, more);
        } catch (SQLException e) {
            throw new StoreUnavailable("the collection cannot be read now", e);
        }
    }

    private static final byte[] NOTHING = new byte[0];

    /// Members from which on a list of numbers is a long one.
    private static final int LONG_LIST = 200;

    private static void addVersions(Sql sql, Query query) {
        Query.Versions versions = query.versions();
        boolean anySpecVersion = query.specVersions().isEmpty();
        if (anySpecVersion && versions.equals(Query.Versions.LAST)) {
            // Most objects have one version; only those that a newer addition follows are looked
            // up.
            sql.add(" and (not a.superseded or not exists (");
            sql.addOther("(b.spec_version, b.version) > (a.spec_version, a.version)");
            sql.add("))");
            return;
        }
        if (anySpecVersion) {
            sql.add(" and not exists (");
            sql.addOther("b.spec_version > a.spec_version");
            sql.add(")");
        }
        if (versions.all()) {
            return;
        }
        sql.add(" and (false");
        if (versions.last()) {
            sql.add(" or not exists (");
            sql.addOther("b.version > a.version");
            sql.addSameSpecVersions(query);
            sql.add(")");
        }
        if (versions.first()) {
            sql.add(" or not exists (");
            sql.addOther("b.version < a.version");
            sql.addSameSpecVersions(query);
            sql.add(")");
        }
        if (!versions.exact().isEmpty()) {
            sql.add(" or a.version = any(?)", (Object) versions.exact().toArray(String[]::new));
        }
        sql.add(")");
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// A statement in the making, with its parameters in order.
    private static final class Sql {

        private final StringBuilder text = new StringBuilder(400);
        private final List<Object> parameters = new ArrayList<>();
        private final int collection;
        private final View view;
        private final @Nullable Integer reader;

        /// @param reader number of the view's recipient where it has additions of its own here
        Sql(int collection, View view, @Nullable Integer reader) {
            this.collection = collection;
            this.view = view;
            this.reader = reader;
        }

        void add(String part, Object... values) {
            text.append(part);
            parameters.addAll(List.of(values));
        }

        void addAnyOf(String column, List<String> values) {
            if (!values.isEmpty()) {
                add(" and " + column + " = any(?)", (Object) values.toArray(String[]::new));
            }
        }

        void addVisible(String table) {
            text.append(" and ");
            addPlaced(table + ".audience", table + ".closure");
            text.append(" and (").append(table).append(".unless_audience is null or not (");
            addPlaced(table + ".unless_audience", table + ".unless_closure");
            text.append("))");
            if (reader == null) {
                add(" and " + table + ".reader is null");
            } else {
                add(" and (" + table + ".reader is null or " + table + ".reader = ?)", reader);
            }
        }

        /// Whether what stands under these numbers is the reader's to have.
        private void addPlaced(String audience, String closure) {
            addIn(audience, view.audiences(), view.withheldAudiences(), view.lastAudience());
            text.append(" and ");
            addIn(closure, view.closures(), view.withheldClosures(), view.lastClosure());
        }

        /// Whether a number is in a set, said by the set or by what is not in it, whichever is shorter. A long list is
        /// looked up by hash, apart from the planner, which would weigh each of its members.
        private void addIn(String column, int[] numbers, int[] others, int last) {
            if (others.length == 0) {
                add(column + " <= ?", last);
            } else if (others.length < numbers.length) {
                add(column + " <= ? and not ", last);
                addAny(column, others);
            } else {
                addAny(column, numbers);
            }
        }

        private void addAny(String column, int[] numbers) {
            if (numbers.length > LONG_LIST) {
                add("(" + column + " in (select unnest(?::int[]))) is true", (Object) numbers);
            } else {
                add(column + " = any(?)", (Object) numbers);
            }
        }

        /// An addition of the reader's own takes the place of those of the same version that are dated before.
        void addLatestOfOwn(String table) {
            if (reader != null) {
                add(
                        " and not exists (select 1 from addition own where own.collection = ? and own.reader = ?"
                                + " and own.seq = "
                                + table
                                + ".seq and own.date_added > "
                                + table
                                + ".date_added and ",
                        collection,
                        reader);
                addPlaced("own.audience", "own.closure");
                add(")");
            }
        }

        /// Another visible addition `b` of the same object in the same collection for which `condition` holds.
        void addOther(String condition) {
            add(
                    "select 1 from addition b where b.collection = ? and b.object_id = a.object_id and "
                            + condition,
                    collection);
            addVisible("b");
        }

        void addSameSpecVersions(Query query) {
            if (query.specVersions().isEmpty()) {
                add(" and b.spec_version = a.spec_version");
            } else {
                addAnyOf("b.spec_version", query.specVersions());
            }
        }

        PreparedStatement prepare(Connection connection) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(text.toString());
            for (int i = 0; i < parameters.size(); i++) {
                switch (parameters.get(i)) {
                    case String[] texts ->
                            statement.setArray(i + 1, array(connection, "text", texts));
                    case int[] numbers -> statement.setObject(i + 1, numbers);
                    case Object value -> statement.setObject(i + 1, value);
                }
            }
            return statement;
        }

        private static Array array(Connection connection, String type, Object[] values)
                throws SQLException {
            return connection.createArrayOf(type, values);
        }
    }
}
