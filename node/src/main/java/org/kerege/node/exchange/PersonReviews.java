package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kerege.gate.NamedPersons;
import org.kerege.gate.PersonReview;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// What people recorded about objects that name a person. Without a review such an object is neither hunted nor does
/// it leave; with one it goes where its markings let it, until the day on which it must be looked at again.
public final class PersonReviews {

    private final JdbcClient database;
    private final Ledger ledger;
    private final Gate gate;
    private final WaitingForOthers waiting;
    private final Clock clock;

    PersonReviews(
            JdbcClient database, Ledger ledger, Gate gate, WaitingForOthers waiting, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.gate = gate;
        this.waiting = waiting;
        this.clock = clock;
    }

    /// A review that holds.
    ///
    /// @param seq number of its entry in the ledger
    /// @param reviewBy first instant at which it no longer holds
    public record Standing(
            long seq,
            String objectId,
            String purpose,
            String legalBasis,
            String reviewer,
            Instant recorded,
            Instant reviewBy) {}

    /// What became of a review that was handed in.
    public enum Outcome {
        /// Recorded; the object has been placed by it.
        RECORDED,
        /// No such object is held.
        NOT_HELD,
        /// The object names no person, so that there is nothing to review.
        NAMES_NO_PERSON
    }

    /// Records a review of an object in all its versions and places them by it.
    ///
    /// @throws IllegalArgumentException when it would be over at once
    public Outcome record(StixId object, PersonReview review) {
        if (!review.reviewBy().isAfter(clock.instant())) {
            throw new IllegalArgumentException("a review must hold until a later day than today");
        }
        List<StixObject> versions =
                database.sql(
                                """
                                select p.body from object_version v join ledger_payload p using (seq)
                                where v.object_id = ? order by v.version\
                                """)
                        .param(object.toString())
                        .query((row, _) -> StixObject.read(row.getBytes(1)))
                        .list();
        if (versions.isEmpty()) {
            return Outcome.NOT_HELD;
        }
        if (versions.stream().noneMatch(NamedPersons::in)) {
            return Outcome.NAMES_NO_PERSON;
        }
        waiting.follow(object, ledger.record(transaction -> write(transaction, object, review)));
        return Outcome.RECORDED;
    }

    /// The reviews that hold now, the latest first.
    public List<Standing> standing() {
        return database.sql(
                        """
                        select seq, object_id, purpose, legal_basis, reviewer, recorded, review_by
                        from person_review where review_by > ? order by seq desc\
                        """)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        new Standing(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getObject(7, OffsetDateTime.class).toInstant()))
                .list();
    }

    /// @return numbers of the collections in which it moved
    private List<Integer> write(LedgerTransaction transaction, StixId object, PersonReview review)
            throws SQLException {
        ObjectNode meta =
                Json.mapper()
                        .createObjectNode()
                        .put("object", object.toString())
                        .put("purpose", review.purpose())
                        .put("legal_basis", review.legalBasis())
                        .put("reviewer", review.reviewer())
                        .put("review_by", review.reviewBy().toString());
        ObjectNode answers = meta.putObject("exclusions");
        review.answers()
                .forEach((exclusion, answer) ->
                        answers.put(exclusion.name().toLowerCase(Locale.ROOT), answer));
        long seq =
                transaction.append(
                        EntryKind.REVIEW, meta.toString().getBytes(StandardCharsets.UTF_8));
        keep(transaction, seq, object, review);
        Connection connection = transaction.connection();
        Places places = Places.of(versions(connection, object), gate, connection);
        return places.move(
                gate.placeReviewed(places.objects(), review, connection),
                gate,
                "reviewed in entry " + seq,
                transaction);
    }

    private static List<Long> versions(Connection connection, StixId object) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select seq from object_version where object_id = ?")) {
            select.setString(1, object.toString());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    seqs.add(row.getLong(1));
                }
            }
        }
        return seqs;
    }

    private static void keep(
            LedgerTransaction transaction, long seq, StixId object, PersonReview review)
            throws SQLException {
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                insert into person_review
                                    (seq, object_id, purpose, legal_basis, reviewer, recorded, review_by)
                                values (?, ?, ?, ?, ?, ?, ?)\
                                """)) {
            insert.setLong(1, seq);
            insert.setString(2, object.toString());
            insert.setString(3, review.purpose());
            insert.setString(4, review.legalBasis());
            insert.setString(5, review.reviewer());
            insert.setObject(6, transaction.now().atOffset(ZoneOffset.UTC));
            insert.setObject(7, review.reviewBy().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }
}
