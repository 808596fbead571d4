package org.kerege.node.exchange;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Sight;
import org.kerege.gate.View;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Additions that one reader alone gets, because it may have something from now on that it might not have before: a
/// membership or agreement that changed, an embargo that ended, a part that it may see. Their dates are new, so that no
/// cursor misses them; for that reader they take the place of the additions that were dated before.
///
/// What a reader might have when it last read a collection is kept. When it asks again and the gate lets more through,
/// the difference is opened to it in batches before it is answered, so that an embargo ends without a job at its
/// instant. A difference that takes longer than a request should is finished behind it, the first batches being readable
/// at once. What is kept moves on only when all is opened; after a crash the search begins again and passes over what
/// has been opened already.
public final class OwnAdditions {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAdditions.class);

    /// Most additions in one piece of work of the ledger.
    static final int BATCH = 5_000;

    /// How long a request waits for what is opened to its reader.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final DataSource database;
    private final Ledger ledger;
    private final Gate gate;
    private final Changes changes;
    private final ConcurrentHashMap<Spot, State> states = new ConcurrentHashMap<>();

    OwnAdditions(DataSource database, Ledger ledger, Gate gate, Changes changes) {
        this.database = database;
        this.ledger = ledger;
        this.gate = gate;
        this.changes = changes;
    }

    /// One reader in one collection.
    private record Spot(String organisation, String channel, int collection) {

        static Spot of(Collection collection, View view) {
            return new Spot(
                    String.valueOf(view.recipient().organisation()),
                    view.channel().name(),
                    collection.number());
        }
    }

    /// What is known here of one reader in one collection.
    private static final class State {

        private final int reader;
        private volatile boolean any;
        private volatile boolean opening;
        private volatile @Nullable View settled;
        private @Nullable Seen seen;

        State(int reader, boolean any) {
            this.reader = reader;
            this.any = any;
        }
    }

    /// What the gate let through, and the date of the collection's last addition by then.
    private record Seen(Sight sight, Instant since) {}

    /// Opens to the view's recipient what it may have now and might not have when it last read the collection. To be
    /// called before each page that is read under a new view.
    public void settle(Collection collection, View view) {
        if (view.recipient().organisation() == null) {
            return;
        }
        State state = state(Spot.of(collection, view));
        if (view.equals(state.settled) || state.opening) {
            return;
        }
        synchronized (state) {
            if (view.equals(state.settled) || state.opening) {
                return;
            }
            try {
                settle(collection, view, state);
            } catch (SQLException e) {
                throw new StoreUnavailable("the collection cannot be read now", e);
            }
        }
    }

    /// The reader's number where it has additions of its own in the collection, null where it has none.
    @Nullable Integer reader(Collection collection, View view) {
        if (view.recipient().organisation() == null) {
            return null;
        }
        State state = state(Spot.of(collection, view));
        return state.any ? state.reader : null;
    }

    /// What a page depends on beyond the view's signature.
    public Object key(Collection collection, View view) {
        Integer reader = reader(collection, view);
        return reader == null ? "" : reader;
    }

    private void settle(Collection collection, View view, State state) throws SQLException {
        Seen before = state.seen == null ? load(collection, state.reader) : state.seen;
        Sight now = view.sight();
        if (before == null || !before.sight().equals(now)) {
            if (before != null) {
                Sight.Opened opened = gate.opened(view, before.sight());
                if (!opened.none() && !openInTime(collection, view, before, opened, state)) {
                    return;
                }
            }
            keep(collection, now, state);
        }
        state.settled = view;
    }

    /// Whether all was opened while the request could wait; otherwise it goes on behind it.
    private boolean openInTime(
            Collection collection, View view, Seen before, Sight.Opened opened, State state)
            throws SQLException {
        Search search = new Search(collection.number(), state.reader, view, before, opened);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (open(collection, search, state)) {
            if (System.nanoTime() > until) {
                finishBehind(collection, search, view, state);
                return false;
            }
        }
        return true;
    }

    private void finishBehind(Collection collection, Search search, View view, State state) {
        state.opening = true;
        Thread.ofVirtual()
                .name("own-additions")
                .start(() -> {
                    try {
                        boolean more = true;
                        while (more) {
                            more = open(collection, search, state);
                        }
                        keep(collection, view.sight(), state);
                    } catch (SQLException | RuntimeException e) {
                        // What is kept has not moved on: the next request of the reader searches
                        // again.
                        LOG.warn("event=opening_interrupted reason={}", e.getMessage());
                    } finally {
                        state.opening = false;
                    }
                });
    }

    /// Opens one batch.
    ///
    /// @return whether there may be more
    private boolean open(Collection collection, Search search, State state) throws SQLException {
        if (search.ended()) {
            return false;
        }
        List<Search.Row> rows;
        try (Connection connection = database.getConnection()) {
            rows = search.next(connection, BATCH);
        }
        if (!rows.isEmpty()) {
            ledger.record(
                    new Opening(
                            collection.number(),
                            state.reader,
                            rows.stream().map(Search.Row::seq).distinct().toList()));
            state.any = true;
            changes.changed(collection);
        }
        return !search.ended();
    }

    private void keep(Collection collection, Sight sight, State state) {
        state.seen =
                ledger.record(transaction -> {
                    try (PreparedStatement insert =
                            transaction
                                    .connection()
                                    .prepareStatement(
                                            """
                                            insert into reader_sight
                                            select ?, c.number, ?, ?, ?, ?, ?, ?, greatest(c.last_added, ?)
                                            from collection c where c.number = ?
                                            on conflict (reader, collection) do update
                                            set audiences = excluded.audiences, known = excluded.known,
                                                closures = excluded.closures, reducing = excluded.reducing,
                                                audience_count = excluded.audience_count,
                                                closure_count = excluded.closure_count, since = excluded.since
                                            returning since\
                                            """)) {
                        insert.setInt(1, state.reader);
                        insert.setBytes(2, sight.audiences().toByteArray());
                        insert.setBytes(3, sight.known().toByteArray());
                        insert.setBytes(4, sight.closures().toByteArray());
                        insert.setBytes(5, sight.reducing().toByteArray());
                        insert.setInt(6, sight.audienceCount());
                        insert.setInt(7, sight.closureCount());
                        insert.setObject(8, transaction.now().atOffset(ZoneOffset.UTC));
                        insert.setInt(9, collection.number());
                        try (ResultSet row = insert.executeQuery()) {
                            row.next();
                            return new Seen(
                                    sight, row.getObject(1, OffsetDateTime.class).toInstant());
                        }
                    }
                });
    }

    private @Nullable Seen load(Collection collection, int reader) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select audiences, known, closures, reducing, audience_count, closure_count, since
                                from reader_sight where reader = ? and collection = ?\
                                """)) {
            select.setInt(1, reader);
            select.setInt(2, collection.number());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return new Seen(
                        new Sight(
                                BitSet.valueOf(row.getBytes(1)),
                                BitSet.valueOf(row.getBytes(2)),
                                BitSet.valueOf(row.getBytes(3)),
                                BitSet.valueOf(row.getBytes(4)),
                                row.getInt(5),
                                row.getInt(6)),
                        row.getObject(7, OffsetDateTime.class).toInstant());
            }
        }
    }

    private State state(Spot spot) {
        State known = states.get(spot);
        return known != null ? known : states.computeIfAbsent(spot, this::find);
    }

    private State find(Spot spot) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                with given as (insert into reader (organisation, channel) values (?, ?)
                                    on conflict (organisation, channel) do update set channel = excluded.channel
                                    returning number)
                                select number, exists (select 1 from addition a
                                    where a.collection = ? and a.reader = given.number) from given\
                                """)) {
            select.setString(1, spot.organisation());
            select.setString(2, spot.channel());
            select.setInt(3, spot.collection());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new State(row.getInt(1), row.getBoolean(2));
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the collection cannot be read now", e);
        }
    }

    /// The search for what is to be opened, in the order of adding, batch by batch. Sets of numbers are looked up by hash
    /// and never joined, so that the order of the index stays.
    private static final class Search {

        /// Whether the reader had it by that addition. Of numbers that were given later: an addition that was narrowed
        /// stood elsewhere before, any other came after the reader's last page.
        private static final String HAD =
                """
                 case
                 when %1$s.reader is not null and %1$s.date_added > n.since then true
                 when %1$s.audience <= n.audience_count and %1$s.closure <= n.closure_count
                     then %1$s.audience in (select number from had_audiences) and %1$s.closure in (select number from had_closures)
                         and (%1$s.unless_audience is null or not (%1$s.unless_audience in (select number from had_audiences)
                             and %1$s.unless_closure in (select number from had_closures)))
                 when %1$s.was_audience is null then true
                 when %1$s.was_audience <= n.audience_count and %1$s.was_closure <= n.closure_count
                     then %1$s.was_audience in (select number from had_audiences) and %1$s.was_closure in (select number from had_closures)
                         and (%1$s.unless_audience is null or not (%1$s.unless_audience in (select number from had_audiences)
                             and %1$s.unless_closure in (select number from had_closures)))
                 else false end\
                """;

        private static final String SQL =
                """
                with audiences as materialized (select unnest(?::int[]) number),
                    closures as materialized (select unnest(?::int[]) number),
                    had_audiences as materialized (select unnest(?::int[]) number),
                    had_closures as materialized (select unnest(?::int[]) number),
                    opened_audiences as materialized (select unnest(?::int[]) number),
                    opened_closures as materialized (select unnest(?::int[]) number),
                    fuller as materialized (select unnest(?::int[]) number),
                    n as (select ?::int audience_count, ?::int closure_count, ?::timestamptz since, ?::int reader)
                select a.date_added, a.seq from addition a, n
                where a.collection = ? and (a.reader is null or a.reader = n.reader)
                  and (a.date_added, a.seq) > (?, ?)
                  and (a.audience in (select number from opened_audiences)
                      or a.closure in (select number from opened_closures)
                      or a.closure in (select number from fuller)
                      or a.was_audience is not null)
                  and (a.audience in (select number from audiences)) is true
                  and (a.closure in (select number from closures)) is true
                  and (a.unless_audience is null
                      or not (a.unless_audience in (select number from audiences)
                          and a.unless_closure in (select number from closures)))
                  and (a.closure in (select number from fuller) and not (a.reader is not null and a.date_added > n.since)
                      or not %s)
                  and not exists (select 1 from addition b
                      where b.seq = a.seq and b.collection = a.collection and (b.reader is null or b.reader = n.reader)
                        and %s
                        and (not b.closure in (select number from fuller) or b.reader is not null and b.date_added > n.since))
                order by a.date_added, a.seq limit ?\
                """
                        .formatted(HAD.formatted("a"), HAD.formatted("b"));

        private final int collection;
        private final int reader;
        private final View now;
        private final Seen before;
        private final Sight.Opened opened;
        private OffsetDateTime date = Instant.EPOCH.atOffset(ZoneOffset.UTC);
        private long seq = -1;
        private boolean ended;

        Search(int collection, int reader, View now, Seen before, Sight.Opened opened) {
            this.collection = collection;
            this.reader = reader;
            this.now = now;
            this.before = before;
            this.opened = opened;
        }

        record Row(OffsetDateTime date, long seq) {}

        boolean ended() {
            return ended;
        }

        List<Row> next(Connection connection, int limit) throws SQLException {
            List<Row> rows = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SQL)) {
                int p = 1;
                select.setObject(p++, now.audiences());
                select.setObject(p++, now.closures());
                select.setObject(p++, before.sight().audiences().stream().toArray());
                select.setObject(p++, before.sight().closures().stream().toArray());
                select.setObject(p++, opened.audiences());
                select.setObject(p++, opened.closures());
                select.setObject(p++, opened.fuller());
                select.setInt(p++, before.sight().audienceCount());
                select.setInt(p++, before.sight().closureCount());
                select.setObject(p++, before.since().atOffset(ZoneOffset.UTC));
                select.setInt(p++, reader);
                select.setInt(p++, collection);
                select.setObject(p++, date);
                select.setLong(p++, seq);
                select.setInt(p, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(new Row(row.getObject(1, OffsetDateTime.class), row.getLong(2)));
                    }
                }
            }
            ended = rows.size() < limit;
            if (!rows.isEmpty()) {
                date = rows.getLast().date();
                seq = rows.getLast().seq();
            }
            return rows;
        }
    }
}
