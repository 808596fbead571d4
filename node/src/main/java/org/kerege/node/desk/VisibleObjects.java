package org.kerege.node.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.Placement;
import org.kerege.gate.View;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Objects, counts and search for one reader: every statement looks only at what the gate's view and the reader's
/// collections allow, also where it chooses the last version; what the view reduces comes reduced.
final class VisibleObjects {

    /// Objects of a page.
    static final int PAGE = 50;

    private static final int MOST_SIGHTINGS = 200;
    private static final int MOST_VERSIONS = 100;
    private static final String VISIBLE =
            " %1$s.audience = any(:audiences) and %1$s.closure = any(:closures)"
                    + " and %1$s.collection = any(:collections) and (%1$s.unless_audience is null or not"
                    + " (%1$s.unless_audience = any(:audiences) and %1$s.unless_closure = any(:closures)))";
    private static final String LAST =
            VISIBLE.formatted("a")
                    + " and not exists (select 1 from addition b where b.object_id = a.object_id and"
                    + VISIBLE.formatted("b")
                    + " and (b.version, b.seq, b.collection) > (a.version, a.seq, a.collection))";
    private static final String ENTRY =
            "select a.seq, a.object_id, a.version, a.type, a.audience, a.closure, p.body"
                    + " from addition a join ledger_payload p on p.seq = a.seq where";

    private final JdbcClient database;
    private final Catalogue catalogue;
    private final Gate gate;

    VisibleObjects(JdbcClient database, Catalogue catalogue, Gate gate) {
        this.database = database;
        this.catalogue = catalogue;
        this.gate = gate;
    }

    /// Objects in their last version, newest first, up to one more than [#PAGE].
    ///
    /// @param words text that occurs in the object; empty for all
    /// @param type of object; empty for all
    /// @param before number below which the page begins; [Long#MAX_VALUE] for the first
    List<Entry> last(Caller caller, String words, String type, long before) {
        View view = view(caller);
        return entries(
                view,
                within(
                                caller,
                                view,
                                ENTRY
                                        + LAST
                                        + " and a.seq < :before and (:type = '' or a.type = :type)"
                                        // Words that are cut from a reduced object must not find
                                        // it.
                                        + " and (:words = '' or (a.closure = any(:whole) and position("
                                        + "lower(:words) in lower(convert_from(p.body, 'UTF8'))) > 0))"
                                        + " order by a.seq desc limit "
                                        + (PAGE + 1))
                        .param("whole", whole(view))
                        .param("before", before)
                        .param("type", type)
                        .param("words", words));
    }

    /// All versions of one object, newest first.
    List<Entry> versions(Caller caller, String id) {
        View view = view(caller);
        return entries(
                view,
                within(
                                caller,
                                view,
                                ENTRY
                                        + VISIBLE.formatted("a")
                                        + " and a.object_id = :id order by a.version desc, a.seq desc limit "
                                        + MOST_VERSIONS)
                        .param("id", id));
    }

    /// Sightings in their last version, newest first.
    ///
    /// @param of identifier of what was seen; null for anything
    List<Entry> sightings(Caller caller, @Nullable String of) {
        View view = view(caller);
        String about =
                of == null
                        ? ""
                        : " and exists (select 1 from reference r where r.target = :of and r.seq = a.seq)";
        JdbcClient.StatementSpec statement =
                within(
                        caller,
                        view,
                        ENTRY
                                + LAST
                                + " and a.type = 'sighting'"
                                + about
                                + " order by a.seq desc limit "
                                + MOST_SIGHTINGS);
        if (of == null) {
            return entries(view, statement);
        }
        return entries(view, statement.param("of", of)).stream()
                .filter(entry -> entry.text("sighting_of_ref").equals(of))
                .toList();
    }

    /// How many objects there are of each type, most first.
    List<Facet> types(Caller caller) {
        return within(
                        caller,
                        view(caller),
                        "select a.type, count(*) from addition a where"
                                + LAST
                                + " group by a.type order by 2 desc, 1")
                .query((row, _) -> new Facet(row.getString(1), row.getLong(2)))
                .list();
    }

    private View view(Caller caller) {
        return gate.view(caller.organisation(), Channel.WEB);
    }

    private static int[] whole(View view) {
        return Arrays.stream(view.closures()).filter(closure -> !view.reduces(closure)).toArray();
    }

    private JdbcClient.StatementSpec within(Caller caller, View view, String sql) {
        int[] collections =
                catalogue.apiRoots().stream()
                        .flatMap(root -> catalogue.collections(root.name()).stream())
                        .filter(collection ->
                                collection.canRead() && caller.mayUse(collection.id()))
                        .mapToInt(Collection::number)
                        .toArray();
        return database.sql(sql)
                .param("audiences", view.audiences())
                .param("closures", view.closures())
                .param("collections", collections);
    }

    private List<Entry> entries(View view, JdbcClient.StatementSpec statement) {
        List<Row> rows = statement.query((row, _) -> Row.of(row)).list();
        return rows.stream().map(row -> row.entry(gate, view)).toList();
    }

    private record Row(
            long seq, String id, String version, String type, Placement placement, byte[] body) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    new Placement(row.getInt(5), row.getInt(6)),
                    row.getBytes(7));
        }

        Entry entry(Gate gate, View view) {
            return Entry.of(
                    seq,
                    id,
                    version,
                    type,
                    view.reduces(placement.closure()),
                    gate.form(body, placement, view));
        }
    }
}
