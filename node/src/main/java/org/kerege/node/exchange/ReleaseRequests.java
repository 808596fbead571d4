package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.marking.Tlp;
import org.kerege.stix.marking.Tlp.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Readers ask the source of an object to let it go further; the source answers, and where it agrees the answer is a new
/// version with the new marking, which goes the way of every version. Question and answer are entries of the ledger.
/// A reader can ask for what it may see alone; of anything else it is told that it is not there.
public final class ReleaseRequests {

    /// Longest text of a question or an answer.
    public static final int LONGEST = 2_000;

    /// Most questions of one organisation that wait for an answer.
    public static final int MOST_OPEN = 200;

    private static final int MOST_MARKINGS = 20;

    private final JdbcClient database;
    private final Ledger ledger;
    private final Gate gate;
    private final VisibleObjects visible;
    private final Catalogue catalogue;
    private final Intake intake;
    private final Clock clock;

    ReleaseRequests(
            JdbcClient database,
            Ledger ledger,
            Gate gate,
            VisibleObjects visible,
            Catalogue catalogue,
            Intake intake,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.gate = gate;
        this.visible = visible;
        this.catalogue = catalogue;
        this.intake = intake;
        this.clock = clock;
    }

    /// A question and, once it is there, its answer.
    ///
    /// @param number of its entry in the ledger
    /// @param wanted to whom the object is to go, in the words of whoever asks
    /// @param version that the source made of it, as TAXII writes it; null where it made none
    public record Request(
            long number,
            String objectId,
            String organisation,
            String wanted,
            String reason,
            Instant asked,
            @Nullable Boolean granted,
            @Nullable String answer,
            @Nullable String version) {}

    /// Why a question or an answer is not taken.
    public static final class Refused extends RuntimeException {

        /// What it falls short of.
        public enum Why {
            /// There is no such object or question for whoever asks.
            NOT_THERE,
            /// The asker is the source.
            OWN_OBJECT,
            /// It was answered before.
            ANSWERED,
            /// Too many questions of this organisation are open.
            TOO_MANY,
            /// The object has no versions, or its new one was refused.
            NO_NEW_VERSION
        }

        private final Why why;

        Refused(Why why, String message) {
            super(message);
            this.why = why;
        }

        /// What it falls short of.
        public Why why() {
            return why;
        }
    }

    /// Asks the source of an object to let it go further.
    ///
    /// @return number of the question
    /// @throws Refused when the object is not there for the asker, or is its own
    /// @throws IllegalArgumentException when a text is empty or too long
    public long ask(StixId object, String wanted, String reason, Caller by) {
        requireText("to", wanted);
        requireText("reason", reason);
        if (visible.objects(visible.reader(by, Channel.TAXII), Set.of(object.toString()))
                .isEmpty()) {
            throw new Refused(Refused.Why.NOT_THERE, object + " is not held here");
        }
        if (isSource(object, by)) {
            throw new Refused(
                    Refused.Why.OWN_OBJECT,
                    object + " is your own: publish a version with the marking that you want");
        }
        return ledger.record(transaction -> {
            if (open(transaction, by) >= MOST_OPEN) {
                throw new Refused(
                        Refused.Why.TOO_MANY,
                        "at most " + MOST_OPEN + " questions of one organisation may be open");
            }
            ObjectNode meta =
                    Json.mapper()
                            .createObjectNode()
                            .put("deed", "asked")
                            .put("object", object.toString())
                            .put("organisation", by.organisation())
                            .put("by", by.account())
                            .put("to", wanted)
                            .put("reason", reason);
            long number = append(transaction, meta);
            try (PreparedStatement insert =
                    transaction
                            .connection()
                            .prepareStatement(
                                    """
                                    insert into release_request
                                        (seq, object_id, organisation, account, wanted, reason, recorded)
                                    values (?, ?, ?, ?, ?, ?, ?)\
                                    """)) {
                insert.setLong(1, number);
                insert.setString(2, object.toString());
                insert.setString(3, by.organisation());
                insert.setString(4, by.account());
                insert.setString(5, wanted);
                insert.setString(6, reason);
                insert.setObject(7, transaction.now().atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
            return number;
        });
    }

    /// What an organisation has asked, the newest first.
    public List<Request> askedBy(Caller caller) {
        return database.sql(
                        "select * from release_request where organisation = ? order by seq desc limit 200")
                .param(caller.organisation())
                .query((row, _) -> request(row))
                .list();
    }

    /// What an organisation is asked as the source, the newest first.
    public List<Request> askedOf(Caller caller) {
        return database
                .sql("select * from release_request order by seq desc limit 2000")
                .query((row, _) -> request(row))
                .list()
                .stream()
                .filter(request -> isSource(StixId.parse(request.objectId()), caller))
                .limit(200)
                .toList();
    }

    /// Answers a question. Where the source agrees, a new version of the object carries the markings.
    ///
    /// @param markings names of TLP or identifiers of marking-definitions; empty where it does not agree
    /// @return the question with its answer
    /// @throws Refused when there is no such question for the caller to answer, or no new version comes of it
    /// @throws IllegalArgumentException when a text is too long or a marking is not known
    public Request answer(
            long number, boolean granted, String reason, List<String> markings, Caller by) {
        requireText("reason", reason);
        if (granted == markings.isEmpty() || markings.size() > MOST_MARKINGS) {
            throw new IllegalArgumentException(
                    "an answer names 1 to "
                            + MOST_MARKINGS
                            + " markings where it agrees, and none where it does not");
        }
        Request request =
                find(number)
                        .filter(one -> isSource(StixId.parse(one.objectId()), by))
                        .orElseThrow(() ->
                                new Refused(
                                        Refused.Why.NOT_THERE, "there is no question " + number));
        if (request.granted() != null) {
            throw new Refused(Refused.Why.ANSWERED, "question " + number + " was answered before");
        }
        List<String> ids = markings.stream().map(this::marking).toList();
        String version = granted ? publish(StixId.parse(request.objectId()), ids, by) : null;
        ledger.record(transaction -> {
            ObjectNode meta =
                    Json.mapper()
                            .createObjectNode()
                            .put("deed", "answered")
                            .put("request", number)
                            .put("object", request.objectId())
                            .put("by", by.account() + " of " + by.organisation())
                            .put("granted", granted)
                            .put("reason", reason)
                            .put("version", version);
            ArrayNode marks = meta.putArray("markings");
            ids.forEach(marks::add);
            append(transaction, meta);
            try (PreparedStatement update =
                    transaction
                            .connection()
                            .prepareStatement(
                                    """
                                    update release_request set answered = ?, answered_by = ?, granted = ?, answer = ?,
                                        version = ? where seq = ?\
                                    """)) {
                update.setObject(1, transaction.now().atOffset(ZoneOffset.UTC));
                update.setString(2, by.account());
                update.setBoolean(3, granted);
                update.setString(4, reason);
                update.setString(5, version);
                update.setLong(6, number);
                return update.executeUpdate();
            }
        });
        return find(number).orElseThrow();
    }

    /// Publishes the newest version again with other markings, wherever it is.
    private String publish(StixId object, List<String> markings, Caller by) {
        record Row(int collection, byte[] bytes) {}
        List<Row> rows =
                database.sql(
                                """
                                select distinct on (a.collection) a.collection, p.body
                                from addition a join ledger_payload p using (seq)
                                where a.object_id = ? and a.reader is null
                                order by a.collection, a.version desc, a.date_added desc\
                                """)
                        .param(object.toString())
                        .query((row, _) -> new Row(row.getInt(1), row.getBytes(2)))
                        .list();
        Timestamp now = Timestamp.of(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        String version = null;
        for (Row row : rows) {
            StixObject held = StixObject.read(row.bytes());
            Timestamp before = held.version();
            if (before == null) {
                throw new Refused(
                        Refused.Why.NO_NEW_VERSION,
                        object + " has no versions; mark what contains it instead");
            }
            ObjectNode json = held.json().deepCopy();
            json.put("modified", now.toString());
            ArrayNode refs = json.putArray("object_marking_refs");
            markings.forEach(refs::add);
            Verdicts verdicts =
                    intake.admit(
                            catalogue.collection(row.collection()).orElseThrow(),
                            new Source(by.organisation(), "release", by.account()),
                            List.of(new BundleReader.Item.Read(0, StixObject.of(json))));
            Verdicts.Verdict verdict = verdicts.all().getFirst();
            if (verdict.outcome() == Verdicts.Outcome.REFUSED) {
                throw new Refused(Refused.Why.NO_NEW_VERSION, verdict.message());
            }
            version = verdict.version();
        }
        return Objects.requireNonNull(version, "what was asked for is held");
    }

    private String marking(String named) {
        Level level = Gate.level(named);
        StixId id = level == null ? StixId.parse(named) : Tlp.valueOf(level.name() + "_2").id();
        if (!gate.knows(id)) {
            throw new IllegalArgumentException("this node does not hold the marking " + named);
        }
        return id.toString();
    }

    /// Whether the caller's organisation is the source of the object as it is held.
    public boolean isSource(StixId object, Caller caller) {
        StixId organisation = gate.organisations().identity(caller.organisation());
        return database
                .sql("select audience from object_version where object_id = ?")
                .param(object.toString())
                .query(Integer.class)
                .list()
                .stream()
                .anyMatch(audience -> organisation.equals(gate.terms(audience).source()));
    }

    private Optional<Request> find(long number) {
        return database.sql("select * from release_request where seq = ?")
                .param(number)
                .query((row, _) -> request(row))
                .optional();
    }

    private static Request request(ResultSet row) throws SQLException {
        boolean granted = row.getBoolean("granted");
        return new Request(
                row.getLong("seq"),
                row.getString("object_id"),
                row.getString("organisation"),
                row.getString("wanted"),
                row.getString("reason"),
                row.getObject("recorded", OffsetDateTime.class).toInstant(),
                row.getObject("answered") == null ? null : granted,
                row.getString("answer"),
                row.getString("version"));
    }

    private static long open(LedgerTransaction transaction, Caller by) throws SQLException {
        try (PreparedStatement count =
                transaction
                        .connection()
                        .prepareStatement(
                                "select count(*) from release_request where organisation = ? and answered is null")) {
            count.setString(1, by.organisation());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long append(LedgerTransaction transaction, ObjectNode meta) {
        return transaction.append(
                EntryKind.RELEASE, meta.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void requireText(String name, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "'" + name + "' is a text of 1 to " + LONGEST + " characters");
        }
    }
}
