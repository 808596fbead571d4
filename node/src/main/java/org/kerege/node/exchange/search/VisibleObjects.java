package org.kerege.node.exchange.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kerege.gate.Channel;
import org.kerege.gate.Placement;
import org.kerege.gate.View;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Objects, counts and search for one reader. Every statement looks only at what the gate's view and the reader's
/// collections allow, also where it chooses the last version of an object; what the view reduces comes reduced, and is
/// not found by what it lost.
public final class VisibleObjects {

    private static final int MOST_VERSIONS = 100;
    private static final String OTHER = "OTHER";

    private static final String VISIBLE =
            " %1$s.audience = any(:audiences) and %1$s.closure = any(:closures)"
                    + " and %1$s.collection = any(:collections) and %1$s.reader is null and"
                    + " (%1$s.unless_audience is null or not"
                    + " (%1$s.unless_audience = any(:audiences) and %1$s.unless_closure = any(:closures)))";
    private static final String LAST =
            VISIBLE.formatted("a")
                    + " and not exists (select 1 from addition b where b.object_id = a.object_id and"
                    + VISIBLE.formatted("b")
                    + " and (b.version, b.seq, b.collection) > (a.version, a.seq, a.collection))";
    private static final String COLUMNS =
            "select a.seq, a.object_id, a.version, a.type, a.audience, a.closure, p.body"
                    + " from addition a join ledger_payload p on p.seq = a.seq";

    /// Made once for the statement, whatever rows it looks at.
    private static final String ASKED =
            "(select (websearch_to_tsquery('simple', :before_last) || websearch_to_tsquery('english', :before_last)"
                    + " || websearch_to_tsquery('russian', :before_last)) && to_tsquery('simple', :begun)"
                    + " || websearch_to_tsquery('simple', :words) || websearch_to_tsquery('english', :words)"
                    + " || websearch_to_tsquery('russian', :words))";

    /// Words that more versions than this have are frequent: the index of words would fetch all of them, and the newest
    /// few are found sooner by walking.
    private static final int RARE = 2_000;

    /// How many of the newest versions are walked through for frequent words before the index is asked all the same.
    private static final long WALKED = 20_000;

    private final JdbcClient database;
    private final Catalogue catalogue;
    private final Gate gate;
    private final ObjectWords words;

    public VisibleObjects(JdbcClient database, Catalogue catalogue, Gate gate, ObjectWords words) {
        this.database = database;
        this.catalogue = catalogue;
        this.gate = gate;
        this.words = words;
    }

    /// What a caller may read over a channel.
    public Reader reader(Caller caller, Channel channel) {
        return new Reader(
                gate.view(caller.organisation(), channel),
                catalogue.collections().stream()
                        .filter(collection ->
                                collection.canRead() && caller.mayUse(collection.id()))
                        .mapToInt(org.kerege.node.exchange.Collection::number)
                        .toArray());
    }

    /// Objects in their last version, newest first.
    ///
    /// @param before number below which the page begins; [Long#MAX_VALUE] for the first
    public List<VisibleObject> find(Reader reader, SearchQuery query, long before, int limit) {
        if (query.words().isEmpty()) {
            return find(reader, query, before, limit, Way.ALL, 0);
        }
        words.bringForward();
        if (areFrequent(query)) {
            long floor = Math.min(before, newest()) - WALKED;
            List<VisibleObject> walked = find(reader, query, before, limit, Way.WALK, floor);
            if (walked.size() == limit) {
                return walked;
            }
        }
        return find(reader, query, before, limit, Way.INDEX, 0);
    }

    private List<VisibleObject> find(
            Reader reader, SearchQuery query, long before, int limit, Way way, long floor) {
        Statement statement = new Statement(COLUMNS + way.join + " where" + LAST);
        narrow(statement, reader, query, way, floor);
        statement.add(" and a.seq < :before order by a.seq desc limit :limit");
        return objects(reader, statement.with("before", before).with("limit", limit).bind(reader));
    }

    /// How many objects there are of each kind among those found.
    public Facets facets(Reader reader, SearchQuery query) {
        if (query.words().isEmpty()) {
            return facets(reader, query, Facets.MOST, Way.ALL, 0);
        }
        words.bringForward();
        int most = Facets.MOST_OF_WORDS;
        if (areFrequent(query)) {
            Facets walked = facets(reader, query, most, Way.WALK, newest() - WALKED);
            if (walked.partial()) {
                return walked;
            }
        }
        return facets(reader, query, most, Way.INDEX, 0);
    }

    private Facets facets(Reader reader, SearchQuery query, int most, Way way, long floor) {
        Statement statement =
                new Statement(
                        "with found as (select a.seq, a.type, a.audience, a.closure from addition a"
                                + way.join
                                + " where"
                                + LAST);
        narrow(statement, reader, query, way, floor);
        statement.add(
                """
                 order by a.seq desc limit :limit)
                select f.type, f.audience, case when f.closure = any(:whole) then v.creator end, count(*)
                from found f join object_version v on v.seq = f.seq
                group by 1, 2, 3\
                """);
        Map<String, Long> types = new TreeMap<>();
        Map<String, Long> markings = new TreeMap<>();
        Map<String, Long> sources = new TreeMap<>();
        long[] all = {0};
        statement
                .with("whole", reader.whole())
                .with("limit", most)
                .bind(reader)
                .query(row -> {
                    long count = row.getLong(4);
                    all[0] += count;
                    types.merge(row.getString(1), count, Long::sum);
                    markings.merge(level(row.getInt(2)), count, Long::sum);
                    String creator = row.getString(3);
                    if (creator != null) {
                        sources.merge(creator, count, Long::sum);
                    }
                });
        return new Facets(counts(types), counts(markings), counts(sources), all[0], all[0] == most);
    }

    /// All versions of one object, newest first, at most 100.
    public List<VisibleObject> versions(Reader reader, String id) {
        return objects(
                        reader,
                        new Statement(COLUMNS + " where" + VISIBLE.formatted("a"))
                                .add(
                                        " and a.object_id = :id order by a.version desc, a.seq desc limit ")
                                .add(Integer.toString(MOST_VERSIONS))
                                .with("id", id)
                                .bind(reader))
                .stream()
                // The same version may stand in several collections.
                .collect(
                        Collectors.toMap(
                                VisibleObject::seq,
                                object -> object,
                                (first, _) -> first,
                                LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /// Objects by their identifiers, in their last version, in no order. What is not visible is not among them.
    public List<VisibleObject> objects(Reader reader, Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : objects(
                        reader,
                        new Statement(COLUMNS + " where" + LAST)
                                .add(" and a.object_id = any(:ids)")
                                .with("ids", ids.toArray(String[]::new))
                                .bind(reader));
    }

    /// Objects of one type that refer to any of these, in their last version, newest first.
    ///
    /// @param type of the objects sought; empty for any
    public List<VisibleObject> referring(
            Reader reader, Collection<String> to, String type, int limit) {
        return objects(
                reader,
                new Statement(COLUMNS + " where" + LAST)
                        .add(" and (:type = '' or a.type = :type) and a.seq in")
                        .add(" (select r.seq from unnest(:to) t(id) join reference r")
                        .add(" on hashtextextended(r.target, 0) = hashtextextended(t.id, 0)")
                        .add(" and r.target = t.id)")
                        .add(" order by a.seq desc limit :limit")
                        .with("type", type)
                        .with("to", to.toArray(String[]::new))
                        .with("limit", limit)
                        .bind(reader));
    }

    /// How many objects, in their last version, refer to each of these. What is reduced for the reader does not count: the
    /// part that refers may be one that is withheld.
    ///
    /// @return counts by identifier, without those that nothing refers to
    public Map<String, Long> mentions(Reader reader, Collection<String> of) {
        Map<String, Long> counts = new TreeMap<>();
        new Statement(
                        "select r.target, count(distinct a.object_id) from unnest(:of) t(id) join reference r")
                .add(
                        " on hashtextextended(r.target, 0) = hashtextextended(t.id, 0) and r.target = t.id")
                .add(" join addition a on a.seq = r.seq where a.closure = any(:unreduced) and")
                .add(LAST)
                .add(" group by r.target")
                .with("of", of.toArray(String[]::new))
                .with("unreduced", reader.whole())
                .bind(reader)
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /// How words are looked for.
    private enum Way {
        /// Not at all.
        ALL("", ""),
        /// In one version after another, from the newest down to a floor. The form of the condition keeps the store
        /// from taking the index all the same.
        WALK(
                " join object_words w on w.seq = a.seq",
                " and a.seq > :floor and case when w.open_words is null or a.closure = any(:unreduced)"
                        + " then w.words else w.open_words end @@ "
                        + ASKED),
        /// By the index of words. Not even by leaving a word out may a reader learn that it is in a part withheld.
        INDEX(
                " join object_words w on w.seq = a.seq",
                " and ((w.words @@ "
                        + ASKED
                        + " and (w.open_words is null or a.closure = any(:unreduced)))"
                        + " or (w.open_words @@ "
                        + ASKED
                        + " and not a.closure = any(:unreduced)))");

        private final String join;
        private final String condition;

        Way(String join, String condition) {
            this.join = join;
            this.condition = condition;
        }
    }

    private boolean areFrequent(SearchQuery query) {
        String counted =
                "select count(*) from (select 1 from object_words w where w.words @@ "
                        + ASKED
                        + " limit "
                        + (RARE + 1)
                        + ") few";
        return database.sql(counted)
                        .param("words", query.words())
                        .param("before_last", query.before())
                        .param("begun", query.begun())
                        .query(Long.class)
                        .single()
                > RARE;
    }

    /// Number of the newest version whose words are known.
    private long newest() {
        return database.sql("select coalesce(max(seq), 0) from object_words")
                .query(Long.class)
                .single();
    }

    private void narrow(
            Statement statement, Reader reader, SearchQuery query, Way way, long floor) {
        if (way != Way.ALL) {
            statement
                    .add(way.condition)
                    .with("words", query.words())
                    .with("before_last", query.before())
                    .with("begun", query.begun())
                    .with("unreduced", reader.whole());
        }
        if (way == Way.WALK) {
            statement.with("floor", floor);
        }
        if (!query.types().isEmpty()) {
            statement.add(" and a.type = any(:types)").with("types", texts(query.types()));
        }
        if (!query.markings().isEmpty()) {
            statement
                    .add(" and a.audience = any(:marked)")
                    .with("marked", marked(reader.view(), query.markings()));
        }
        Instant since = query.since();
        if (since != null) {
            statement
                    .add(" and a.date_added > :since")
                    .with("since", since.atOffset(ZoneOffset.UTC));
        }
        if (!query.sources().isEmpty()) {
            statement
                    .add(
                            " and a.closure = any(:of_whole) and exists (select 1 from object_version v")
                    .add(" where v.seq = a.seq and v.creator = any(:sources))")
                    .with("of_whole", reader.whole())
                    .with("sources", texts(query.sources()));
        }
    }

    private int[] marked(View view, Set<String> levels) {
        return Arrays.stream(view.audiences())
                .filter(audience -> levels.contains(level(audience)))
                .toArray();
    }

    private String level(int audience) {
        var tlp = gate.terms(audience).label().tlp();
        return tlp == null ? OTHER : tlp.name();
    }

    private static String[] texts(Set<String> values) {
        return values.toArray(String[]::new);
    }

    private static List<Facets.Count> counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Facets.Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Facets.Count::count).reversed())
                .toList();
    }

    private List<VisibleObject> objects(Reader reader, JdbcClient.StatementSpec statement) {
        List<Row> rows = statement.query((row, _) -> Row.of(row)).list();
        return rows.stream().map(row -> row.object(gate, reader.view())).toList();
    }

    /// A statement in the making, with its parameters.
    private final class Statement {

        private final StringBuilder sql;
        private final List<Map.Entry<String, Object>> parameters = new ArrayList<>();

        Statement(String begin) {
            sql = new StringBuilder(begin);
        }

        Statement add(String part) {
            sql.append(part);
            return this;
        }

        Statement with(String name, Object value) {
            parameters.add(Map.entry(name, value));
            return this;
        }

        JdbcClient.StatementSpec bind(Reader reader) {
            JdbcClient.StatementSpec statement =
                    database.sql(sql.toString())
                            .param("audiences", reader.view().audiences())
                            .param("closures", reader.view().closures())
                            .param("collections", reader.collections());
            for (Map.Entry<String, Object> parameter : parameters) {
                statement = statement.param(parameter.getKey(), parameter.getValue());
            }
            return statement;
        }
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

        VisibleObject object(Gate gate, View view) {
            return new VisibleObject(
                    seq,
                    id,
                    version,
                    type,
                    view.reduces(placement.closure()),
                    gate.form(body, placement, view));
        }
    }
}
