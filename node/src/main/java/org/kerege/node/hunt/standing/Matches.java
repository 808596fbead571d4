package org.kerege.node.hunt.standing;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kerege.node.hunt.Match;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What was found, for the analysts of the node's own organisation. Of an indicator that finds something all the time, so
/// many matches an hour are kept and the rest counted. Safe for several threads.
public final class Matches {

    /// Matches of one indicator that are kept in an hour.
    static final int MOST_AN_HOUR = 200;

    private static final int LONGEST_LINE = 20_000;
    private static final int MOST_COUNTERS = 100_000;

    private final JdbcClient database;
    private final Clock clock;
    private final Map<String, Integer> thisHour = new HashMap<>();
    private Instant hour = Instant.EPOCH;

    Matches(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A match as it was kept.
    ///
    /// @param line the log's line; null of kept events
    /// @param retro entry of the hunt back that found it, null for a find on the stream
    /// @param verdict `confirmed`, `false-positive` or `sighted`; null while nobody has looked
    public record Kept(
            long id,
            String indicator,
            String pattern,
            String source,
            String file,
            List<Long> lines,
            @Nullable Instant happened,
            @Nullable Instant ended,
            Instant found,
            @Nullable String host,
            String kind,
            String timing,
            List<MatchedClause> clauses,
            @Nullable String line,
            @Nullable Long retro,
            @Nullable String verdict) {
        public Kept {
            lines = List.copyOf(lines);
            clauses = List.copyOf(clauses);
        }
    }

    /// How often something stands among the matches that nobody has looked at.
    public record Tally(String name, long count) {}

    void add(String source, Match match, @Nullable String line, @Nullable Long retro) {
        Instant now = clock.instant();
        if (isFlood(match.indicator().id(), now)) {
            return;
        }
        ArrayNode clauses = Json.mapper().createArrayNode();
        for (MatchedClause clause : match.clauses()) {
            clauses.addObject()
                    .put("path", clause.path())
                    .put("value", shortened(clause.value()))
                    .put("clause", shortened(clause.clause()));
        }
        database.sql(
                        """
                        insert into hunt_match
                            (indicator, pattern, source, file, lines, happened, ended, found, host, kind, timing,
                             clauses, line, retro)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)\
                        """)
                .params(
                        java.util.Arrays.asList(
                                match.indicator().id(),
                                shortened(match.indicator().pattern().text()),
                                source,
                                match.file().toString(),
                                match.lines().toArray(Long[]::new),
                                utc(match.time()),
                                utc(match.last()),
                                now.atOffset(ZoneOffset.UTC),
                                match.host() == null ? null : shortened(match.host()),
                                match.kinds().getFirst(),
                                match.timing().word(),
                                // PostgreSQL keeps no character of number zero.
                                clauses.toString().replace("\\u0000", "\\uFFFD"),
                                line == null ? null : shortened(line),
                                retro))
                .update();
    }

    private boolean isFlood(String indicator, Instant now) {
        synchronized (thisHour) {
            Instant at = now.truncatedTo(ChronoUnit.HOURS);
            if (!at.equals(hour) || thisHour.size() > MOST_COUNTERS) {
                thisHour.clear();
                hour = at;
            }
            if (thisHour.merge(indicator, 1, Integer::sum) <= MOST_AN_HOUR) {
                return false;
            }
        }
        database.sql(
                        """
                        insert into hunt_flood (indicator, hour, count) values (?, ?, 1)
                        on conflict (indicator, hour) do update set count = hunt_flood.count + 1\
                        """)
                .params(indicator, now.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .update();
        return true;
    }

    private static String shortened(String text) {
        String sound = text.replace('\0', '\uFFFD');
        return sound.length() > LONGEST_LINE ? sound.substring(0, LONGEST_LINE) + '…' : sound;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /// Matches that nobody has looked at, the latest first.
    ///
    /// @param indicator of this one alone; empty for all
    /// @param host on this machine alone; empty for all
    List<Kept> open(String indicator, String host, int limit) {
        return database.sql(
                        """
                        select * from hunt_match where verdict is null and (? = '' or indicator = ?)
                            and (? = '' or coalesce(host, '') = ?)
                        order by id desc limit ?\
                        """)
                .params(indicator, indicator, host, host, limit)
                .query((row, _) -> kept(row))
                .list();
    }

    Optional<Kept> find(long id) {
        return database.sql("select * from hunt_match where id = ?")
                .param(id)
                .query((row, _) -> kept(row))
                .optional();
    }

    private static Kept kept(java.sql.ResultSet row) throws java.sql.SQLException {
        List<MatchedClause> clauses = new ArrayList<>();
        for (JsonNode clause : Json.mapper().readTree(row.getString("clauses"))) {
            clauses.add(
                    new MatchedClause(
                            clause.path("path").asString(""),
                            clause.path("value").asString(""),
                            clause.path("clause").asString("")));
        }
        return new Kept(
                row.getLong("id"),
                row.getString("indicator"),
                row.getString("pattern"),
                row.getString("source"),
                row.getString("file"),
                List.of((Long[]) row.getArray("lines").getArray()),
                instant(row, "happened"),
                instant(row, "ended"),
                row.getObject("found", OffsetDateTime.class).toInstant(),
                row.getString("host"),
                row.getString("kind"),
                row.getString("timing"),
                clauses,
                row.getString("line"),
                row.getObject("retro", Long.class),
                row.getString("verdict"));
    }

    private static @Nullable Instant instant(java.sql.ResultSet row, String column)
            throws java.sql.SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// The indicators with most matches that nobody has looked at, with those that were counted alone.
    List<Tally> byIndicator(int limit) {
        return tallies(
                """
                select indicator, count(*) + coalesce((select sum(f.count) from hunt_flood f
                    where f.indicator = m.indicator), 0) as n
                from hunt_match m where verdict is null group by indicator order by n desc, indicator limit ?\
                """,
                limit);
    }

    /// The machines with most of them.
    List<Tally> byHost(int limit) {
        return tallies(
                """
                select coalesce(host, ''), count(*) as n from hunt_match where verdict is null
                group by 1 order by n desc, 1 limit ?\
                """,
                limit);
    }

    private List<Tally> tallies(String sql, int limit) {
        return database.sql(sql)
                .param(limit)
                .query((row, _) -> new Tally(row.getString(1), row.getLong(2)))
                .list();
    }

    /// How many nobody has looked at.
    long openCount() {
        return database.sql("select count(*) from hunt_match where verdict is null")
                .query(Long.class)
                .single();
    }

    /// Records what an analyst says of a match.
    ///
    /// @return false where someone has said it before
    boolean judge(long id, String verdict, String who) {
        return database.sql(
                                "update hunt_match set verdict = ?, judged_by = ?, judged = ? where id = ? and verdict is null")
                        .params(verdict, who, clock.instant().atOffset(ZoneOffset.UTC), id)
                        .update()
                == 1;
    }
}
