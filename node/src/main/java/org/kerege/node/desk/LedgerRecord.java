package org.kerege.node.desk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.EntryKind;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The ledger as auditors read it: which entry of which kind was made when, by whom and for whom. What objects say is not part of it.
public final class LedgerRecord {

    /// Where a person is looked for, no more entries are gone through; an older page goes on from there.
    private static final int MOST_SEARCHED = 50_000;

    private static final List<String> PEOPLE = List.of("account", "reviewer", "by");
    private static final List<String> ORGANISATIONS = List.of("source", "recipient");
    private static final List<String> DETAILS = List.of("channel", "rule", "because", "purpose");

    private final JdbcClient database;

    LedgerRecord(JdbcClient database) {
        this.database = database;
    }

    /// An entry.
    ///
    /// @param who the account, where the entry names one
    /// @param organisation whose it is, or who was given something
    /// @param leaf its hash, hexadecimal
    public record Line(
            long seq,
            String at,
            EntryKind kind,
            String who,
            String organisation,
            String detail,
            String leaf) {}

    /// Entries, newest first.
    ///
    /// @param person null for all
    /// @param kind null for all
    /// @param before only entries with a smaller number
    List<Line> find(
            @Nullable String person,
            @Nullable EntryKind kind,
            @Nullable Instant from,
            @Nullable Instant until,
            long before,
            int limit) {
        long end = until == null ? before : Math.min(before, firstAt(until));
        return database.sql(
                        """
                        select e.seq, e.kind, e.recorded_at, e.leaf, p.meta
                        from (select * from ledger_entry
                              where seq < :end and seq >= :start and (:kind::int is null or kind = :kind)
                              order by seq desc limit :searched) e
                        left join ledger_payload p on p.seq = e.seq
                        where :person::bytea is null or position(:person::bytea in p.meta) > 0
                        order by e.seq desc limit :limit\
                        """)
                .param("end", end)
                .param("start", from == null ? 0 : firstAt(from))
                .param("kind", kind == null ? null : kind.number())
                .param("searched", person == null ? limit : MOST_SEARCHED)
                .param("person", person == null ? null : quoted(person))
                .param("limit", limit)
                .query((row, _) ->
                        line(
                                row.getLong(1),
                                row.getInt(2),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                row.getBytes(4),
                                row.getBytes(5)))
                .list();
    }

    private static byte[] quoted(String person) {
        return Json.mapper().writeValueAsString(person).getBytes(StandardCharsets.UTF_8);
    }

    /// Number of the first entry that was not recorded before a time. Numbers and times grow together, so that no index of times
    /// is needed.
    private long firstAt(Instant time) {
        long low = 0;
        long high =
                database.sql("select coalesce(max(seq), 0) + 1 from ledger_entry")
                        .query(Long.class)
                        .single();
        while (low < high) {
            long middle = (low + high) >>> 1;
            Optional<Boolean> earlier =
                    database.sql(
                                    "select recorded_at < ? from ledger_entry where seq >= ? order by seq limit 1")
                            .params(time.atOffset(ZoneOffset.UTC), middle)
                            .query(Boolean.class)
                            .optional();
            if (earlier.orElse(false)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Line line(
            long seq, int kind, Instant at, byte[] leaf, byte @Nullable [] payload) {
        JsonNode meta = read(payload);
        return new Line(
                seq,
                at.toString(),
                Stream.of(EntryKind.values())
                        .filter(one -> one.number() == kind)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("a kind of no program")),
                first(meta, PEOPLE),
                first(meta, ORGANISATIONS),
                DETAILS.stream()
                        .map(name -> meta.path(name).asString(""))
                        .filter(text -> !text.isEmpty())
                        .map(Shown::text)
                        .collect(Collectors.joining(", ")),
                HexFormat.of().formatHex(leaf));
    }

    private static String first(JsonNode meta, List<String> names) {
        return names.stream()
                .map(name -> meta.path(name).asString(""))
                .filter(text -> !text.isEmpty())
                .map(Shown::text)
                .findFirst()
                .orElse("");
    }

    /// What an entry says of itself; nothing where it was erased or is of a kind with bytes of another form.
    private static JsonNode read(byte @Nullable [] payload) {
        try {
            return payload == null
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(payload);
        } catch (JacksonException e) {
            return Json.mapper().createObjectNode();
        }
    }
}
