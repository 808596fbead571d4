package org.kerege.node.exchange;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kerege.gate.Fault;
import org.kerege.node.gate.Gate;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// For each member how many objects that name a person it brought, how they are reviewed, and how many it was given: counted from
/// what is on record of reviews and deliveries, without naming any object.
public final class ReviewFigures {

    private final JdbcClient database;
    private final Gate gate;
    private final Clock clock;

    public ReviewFigures(JdbcClient database, Gate gate, Clock clock) {
        this.database = database;
        this.gate = gate;
        this.clock = clock;
    }

    /// Figures of one organisation.
    ///
    /// @param waiting objects of it that name a person and that nobody has reviewed
    /// @param reviewed objects of it with a review that holds
    /// @param lapsed objects of it whose last review has ended
    /// @param given objects naming a person that it was given
    public record Figures(String organisation, int waiting, int reviewed, int lapsed, int given) {}

    private static final class Counts {
        private final Set<String> waiting = new HashSet<>();
        private final Set<String> reviewed = new HashSet<>();
        private final Set<String> lapsed = new HashSet<>();
        private final Set<String> given = new HashSet<>();
    }

    private record Held(long seq, String objectId, int audience) {}

    /// Figures of every organisation that has any, by name.
    public List<Figures> all() {
        Map<String, Instant> reviews = reviews();
        Map<String, Counts> counts = new TreeMap<>();
        Map<Long, String> persons = new TreeMap<>();
        Instant now = clock.instant();
        for (Held held : held(reviews.keySet())) {
            StixId source = gate.terms(held.audience()).source();
            Counts of =
                    counts.computeIfAbsent(
                            source == null ? "nobody" : gate.nameOf(source), _ -> new Counts());
            persons.put(held.seq(), held.objectId());
            Instant until = reviews.get(held.objectId());
            if (until == null) {
                of.waiting.add(held.objectId());
            } else if (until.isAfter(now)) {
                of.reviewed.add(held.objectId());
            } else {
                of.lapsed.add(held.objectId());
            }
        }
        database.sql(
                        """
                        select d.recipient, p.body from delivery d join ledger_payload p using (seq)\
                        """)
                .query(row -> {
                    String recipient = row.getString(1);
                    for (long seq : Deliveries.numbers(row.getBytes(2))) {
                        String object = persons.get(seq);
                        if (object != null) {
                            counts.computeIfAbsent(recipient, _ -> new Counts()).given.add(object);
                        }
                    }
                });
        return counts.entrySet().stream()
                .map(entry ->
                        new Figures(
                                entry.getKey(),
                                entry.getValue().waiting.size(),
                                entry.getValue().reviewed.size(),
                                entry.getValue().lapsed.size(),
                                entry.getValue().given.size()))
                .toList();
    }

    /// Until when the last review of each object holds.
    private Map<String, Instant> reviews() {
        Map<String, Instant> reviews = new TreeMap<>();
        database.sql("select object_id, review_by from person_review order by seq")
                .query(row -> {
                    reviews.put(
                            row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return reviews;
    }

    /// Versions that wait for a review or had one.
    private List<Held> held(Set<String> reviewed) {
        return database.sql(
                        """
                        select v.seq, v.object_id, v.audience from object_version v
                        where v.object_id = any(?) or v.audience = any(?) order by v.seq\
                        """)
                .params(
                        reviewed.toArray(String[]::new),
                        gate.audiencesWith(Fault.Kind.PERSON_NOT_REVIEWED))
                .query((row, _) -> new Held(row.getLong(1), row.getString(2), row.getInt(3)))
                .list();
    }
}
