package org.kerege.node.feeds;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Position;
import org.kerege.taxii.client.PullState;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How feeds are doing and where each stands, in the store, so that a node goes on where it stopped.
public final class FeedStates {

    private final JdbcClient database;

    public FeedStates(JdbcClient database) {
        this.database = database;
    }

    /// All feeds that ever ran, by name.
    public List<FeedState> all() {
        return database.sql("select * from feed order by name").query(FeedStates::read).list();
    }

    FeedState of(String name) {
        return database.sql("select * from feed where name = ?")
                .param(name)
                .query(FeedStates::read)
                .optional()
                .orElseGet(() -> FeedState.none(name));
    }

    private static FeedState read(ResultSet row, int number) throws SQLException {
        return new FeedState(
                row.getString("name"),
                instant(row, "last_run"),
                instant(row, "last_good"),
                row.getInt("failures"),
                row.getString("problem"),
                row.getLong("objects"),
                row.getLong("refused"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// Keeps how the last run ended.
    void ended(FeedState state) {
        Instant run = state.lastRun();
        Instant good = state.lastGood();
        database.sql(
                        """
                        insert into feed (name, last_run, last_good, failures, problem) values (?, ?, ?, ?, ?)
                        on conflict (name) do update set last_run = excluded.last_run,
                            last_good = excluded.last_good, failures = excluded.failures,
                            problem = excluded.problem\
                        """)
                .param(state.name())
                .param(run == null ? null : run.atOffset(ZoneOffset.UTC))
                .param(good == null ? null : good.atOffset(ZoneOffset.UTC))
                .param(state.failures())
                .param(state.problem())
                .update();
    }

    PullState pulled(String name) {
        return database.sql("select pulled from feed where name = ? and pulled is not null")
                .param(name)
                .query((row, _) -> PullState.read(row.getBytes(1)))
                .optional()
                .orElse(PullState.START);
    }

    /// Keeps where a pull stands, once what it brought is durable.
    void pulled(String name, PullState state, long objects, long refused) {
        database.sql(
                        """
                        insert into feed as f (name, pulled, objects, refused) values (?, ?, ?, ?)
                        on conflict (name) do update set pulled = excluded.pulled,
                            objects = f.objects + excluded.objects, refused = f.refused + excluded.refused\
                        """)
                .params(name, state.write(), objects, refused)
                .update();
    }

    @Nullable Position pushed(String name) {
        return database.sql("select date_added, seq from feed where name = ? and seq is not null")
                .param(name)
                .query((row, _) ->
                        new Position(
                                row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2)))
                .optional()
                .orElse(null);
    }

    /// Keeps where a push stands, once the other server has decided on what was handed over.
    void pushed(String name, Position position, long objects, long refused) {
        database.sql(
                        """
                        insert into feed as f (name, date_added, seq, objects, refused) values (?, ?, ?, ?, ?)
                        on conflict (name) do update set date_added = excluded.date_added, seq = excluded.seq,
                            objects = f.objects + excluded.objects, refused = f.refused + excluded.refused\
                        """)
                .params(
                        name,
                        position.dateAdded().atOffset(ZoneOffset.UTC),
                        position.seq(),
                        objects,
                        refused)
                .update();
    }
}
