package org.kerege.node.hunt.standing;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Position;
import org.kerege.node.hunt.Indicator;
import org.kerege.node.hunt.Match;
import org.kerege.node.hunt.retro.RetroHunts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Hunts indicators that come in the kept events, each once, one hunt for all that came together. Where it stands is in the
/// store, so that what came while the node was on its way down is hunted back after the start. Called by one thread.
final class HuntedBack implements AutoCloseable {

    /// Who asks, in the ledger.
    static final String NODE = "the node";

    private static final String WHY = "indicators that came";
    private static final String SOURCE = "kept events";
    private static final Logger LOG = LoggerFactory.getLogger(HuntedBack.class);

    private final JdbcClient database;
    private final RetroHunts hunts;
    private final Matches matches;
    private final ExecutorService one =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("retro-hunt").factory());
    private @Nullable Map<Integer, Position> reached;

    HuntedBack(JdbcClient database, RetroHunts hunts, Matches matches) {
        this.database = database;
        this.hunts = hunts;
        this.matches = matches;
    }

    /// Takes indicators that came. On the first start ever nothing has been kept, so none is hunted back.
    void take(List<LiveIndicators.Came> came, LiveIndicators indicators) {
        Map<Integer, Position> before = reached == null ? read() : reached;
        boolean first = before.isEmpty();
        List<Indicator> fresh = new ArrayList<>();
        Map<Integer, Position> after = new HashMap<>(before);
        for (LiveIndicators.Came each : came) {
            Position known = before.get(each.collection());
            if (!first && (known == null || isBehind(known, each.position()))) {
                fresh.add(each.indicator());
            }
            Position now = indicators.position(each.collection());
            if (now != null) {
                after.put(each.collection(), now);
            }
        }
        reached = after;
        if (first && !after.isEmpty()) {
            keep(after);
        }
        if (!fresh.isEmpty()) {
            one.execute(() -> hunt(fresh, after));
        }
    }

    private static boolean isBehind(Position known, Position other) {
        int order = known.dateAdded().compareTo(other.dateAdded());
        return order < 0 || (order == 0 && known.seq() < other.seq());
    }

    private void hunt(List<Indicator> fresh, Map<Integer, Position> after) {
        try {
            List<Match> found = new ArrayList<>();
            RetroHunts.Answer answer =
                    hunts.run(
                            new RetroHunts.Asked(NODE, WHY, fresh, null, null),
                            match -> {
                                if (found.size() < Matches.MOST_AN_HOUR * 100) {
                                    found.add(match);
                                }
                            });
            found.forEach(match -> matches.add(SOURCE, match, null, answer.entry()));
            keep(after);
            LOG.info(
                    "event=hunted_back entry={} indicators={} events={} matched={} damaged={}",
                    answer.entry(),
                    fresh.size(),
                    answer.events(),
                    answer.matched(),
                    answer.damaged().size());
        } catch (IOException | RuntimeException e) {
            // The position stays, so that they are hunted back after the next start.
            LOG.warn("event=not_hunted_back indicators={} reason={}", fresh.size(), e.getMessage());
        }
    }

    private Map<Integer, Position> read() {
        Map<Integer, Position> positions = new HashMap<>();
        database.sql("select collection, date_added, seq from hunt_back")
                .query(row -> {
                    Instant added = row.getObject(2, OffsetDateTime.class).toInstant();
                    positions.put(row.getInt(1), new Position(added, row.getLong(3)));
                });
        return positions;
    }

    private void keep(Map<Integer, Position> positions) {
        positions.forEach((collection, position) ->
                database.sql(
                                """
                                insert into hunt_back (collection, date_added, seq) values (?, ?, ?)
                                on conflict (collection) do update set date_added = excluded.date_added, seq = excluded.seq\
                                """)
                        .params(
                                collection,
                                position.dateAdded().atOffset(ZoneOffset.UTC),
                                position.seq())
                        .update());
    }

    @Override
    public void close() {
        one.shutdownNow();
    }
}
