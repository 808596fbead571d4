package org.kerege.node.exchange;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who was given an object: read from the entries of deliveries, oldest first.
public final class DeliveredObjects {

    private final JdbcClient database;

    public DeliveredObjects(JdbcClient database) {
        this.database = database;
    }

    /// The first delivery of one version to one recipient.
    ///
    /// @param version as TAXII writes it
    /// @param rule why the recipient got it
    /// @param entry number of the delivery in the ledger
    public record Delivery(
            String recipient, String version, Instant since, String rule, long entry) {}

    /// A version that somebody was given.
    ///
    /// @param version as TAXII writes it
    public record Holding(String object, String version, Instant since) {}

    /// Everything that one recipient was given, oldest delivery first; what was erased here since is left out.
    public List<Holding> heldBy(String recipient) {
        Map<Long, Instant> since = new LinkedHashMap<>();
        try (var pages =
                database
                        .sql(
                                """
                                select d.delivered, p.body from delivery d join ledger_payload p on p.seq = d.seq
                                where d.recipient = ? order by d.seq\
                                """)
                        .param(recipient)
                        .query((row, _) ->
                                new Page(
                                        recipient,
                                        "",
                                        0,
                                        row.getObject(1, OffsetDateTime.class).toInstant(),
                                        row.getBytes(2)))
                        .stream()) {
            pages.forEach(page ->
                    Deliveries.numbers(page.numbers())
                            .forEach(number -> since.putIfAbsent(number, page.at())));
        }
        List<Holding> held = new ArrayList<>();
        database.sql(
                        """
                        select v.seq, v.object_id, v.version from unnest(?) with ordinality n(seq, place)
                        join object_version v using (seq) order by n.place\
                        """)
                .param(since.keySet().toArray(Long[]::new))
                .query(row -> {
                    held.add(
                            new Holding(
                                    row.getString(2),
                                    Version.timestamp(row.getString(3)),
                                    Objects.requireNonNull(since.get(row.getLong(1)))));
                });
        return held;
    }

    private record Page(String recipient, String rule, long entry, Instant at, byte[] numbers) {}

    /// Deliveries of any version of an object.
    public List<Delivery> of(StixId object) {
        Map<Long, String> versions = new HashMap<>();
        database.sql("select seq, version from object_version where object_id = ?")
                .param(object.toString())
                .query(row -> {
                    versions.put(row.getLong(1), row.getString(2));
                });
        List<Delivery> deliveries = new ArrayList<>();
        if (versions.isEmpty()) {
            return deliveries;
        }
        Set<String> seen = new HashSet<>();
        try (var pages =
                database
                        .sql(
                                """
                                select d.recipient, d.rule, d.seq, d.delivered, p.body
                                from delivery d join ledger_payload p on p.seq = d.seq order by d.seq\
                                """)
                        .query((row, _) ->
                                new Page(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getLong(3),
                                        row.getObject(4, OffsetDateTime.class).toInstant(),
                                        row.getBytes(5)))
                        .stream()) {
            pages.forEach(page -> {
                for (long number : Deliveries.numbers(page.numbers())) {
                    String version = versions.get(number);
                    if (version != null && seen.add(page.recipient() + " " + version)) {
                        deliveries.add(
                                new Delivery(
                                        page.recipient(),
                                        Version.timestamp(version),
                                        page.at(),
                                        page.rule(),
                                        page.entry()));
                    }
                }
            });
        }
        return deliveries;
    }
}
