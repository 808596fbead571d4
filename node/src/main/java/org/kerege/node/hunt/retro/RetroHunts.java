package org.kerege.node.hunt.retro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.node.hunt.Hunt;
import org.kerege.node.hunt.Indicator;
import org.kerege.node.hunt.KnownGood;
import org.kerege.node.hunt.Match;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.RetainedEvents;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Hunts in the events that the node has kept. Each is entered in the ledger before it begins: who asked, why, and for
/// which indicators.
public final class RetroHunts {

    private static final int PATTERN_CHARS = 2_000;

    private final JdbcClient database;
    private final Ledger ledger;
    private final RetainedEvents retained;
    private final Clock clock;

    RetroHunts(JdbcClient database, Ledger ledger, RetainedEvents retained, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.retained = retained;
        this.clock = clock;
    }

    /// What someone asks.
    ///
    /// @param who account and organisation, or the node itself
    /// @param why in a sentence
    /// @param since earlier events are not asked; null for all
    /// @param until events at or after it likewise
    public record Asked(
            String who,
            String why,
            List<Indicator> indicators,
            @Nullable Instant since,
            @Nullable Instant until) {
        public Asked {
            indicators = List.copyOf(indicators);
        }
    }

    /// What came of it.
    ///
    /// @param entry its number in the ledger
    /// @param damaged segments that could not be read to their end, by name
    public record Answer(
            long entry, long events, long matched, long notExamined, List<String> damaged) {}

    /// A hunt as it was recorded.
    ///
    /// @param ended null where it did not come to its end
    public record Recorded(
            long entry,
            String who,
            String why,
            List<String> indicators,
            Instant recorded,
            @Nullable Instant ended,
            long events,
            long matched) {}

    /// Enters a hunt and runs it. No warning list holds anything back.
    public Answer run(Asked asked, Consumer<Match> matches) throws IOException {
        long entry = ledger.record(transaction -> enter(transaction, asked));
        Hunt hunt =
                new Hunt(asked.indicators(), KnownGood.NONE, Mappings.standard(), asked.since());
        RetainedEvents.Outcome outcome = hunt.searchRetained(retained, asked.until(), matches);
        Answer answer =
                new Answer(
                        entry,
                        outcome.events(),
                        hunt.counts().matched(),
                        hunt.counts().notExamined(),
                        outcome.damaged());
        database.sql(
                        "update retro_hunt set ended = ?, events = ?, matched = ?, damaged = ? where seq = ?")
                .params(
                        clock.instant().atOffset(ZoneOffset.UTC),
                        answer.events(),
                        answer.matched(),
                        answer.damaged().toArray(String[]::new),
                        entry)
                .update();
        return answer;
    }

    /// The hunts of late, the latest first.
    public List<Recorded> recorded(int limit) {
        return database.sql(
                        """
                        select seq, who, why, indicators, recorded, ended, coalesce(events, 0), coalesce(matched, 0)
                        from retro_hunt order by seq desc limit ?\
                        """)
                .param(limit)
                .query((row, _) ->
                        new Recorded(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                List.of((String[]) row.getArray(4).getArray()),
                                row.getObject(5, OffsetDateTime.class).toInstant(),
                                row.getObject(6) == null
                                        ? null
                                        : row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getLong(7),
                                row.getLong(8)))
                .list();
    }

    private static long enter(LedgerTransaction transaction, Asked asked) throws SQLException {
        ObjectNode meta =
                Json.mapper()
                        .createObjectNode()
                        .put("who", asked.who())
                        .put("why", asked.why())
                        .put("since", asked.since() == null ? null : asked.since().toString())
                        .put("until", asked.until() == null ? null : asked.until().toString());
        ArrayNode body = Json.mapper().createArrayNode();
        for (Indicator indicator : asked.indicators()) {
            String text = indicator.pattern().text();
            body.addObject()
                    .put("indicator", indicator.id())
                    .put(
                            "pattern",
                            text.length() > PATTERN_CHARS
                                    ? text.substring(0, PATTERN_CHARS)
                                    : text);
        }
        meta.put("indicators", asked.indicators().size());
        // Patterns may have to be erased later, so they are in the body.
        long seq =
                transaction.append(
                        EntryKind.RETRO_HUNT,
                        meta.toString().getBytes(StandardCharsets.UTF_8),
                        body.toString().getBytes(StandardCharsets.UTF_8));
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                insert into retro_hunt (seq, who, why, indicators, since, until, recorded)
                                values (?, ?, ?, ?, ?, ?, ?)\
                                """)) {
            Array ids =
                    transaction
                            .connection()
                            .createArrayOf(
                                    "text",
                                    asked.indicators().stream().map(Indicator::id).toArray());
            insert.setLong(1, seq);
            insert.setString(2, asked.who());
            insert.setString(3, asked.why());
            insert.setArray(4, ids);
            insert.setObject(5, utc(asked.since()));
            insert.setObject(6, utc(asked.until()));
            insert.setObject(7, transaction.now().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
        return seq;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
