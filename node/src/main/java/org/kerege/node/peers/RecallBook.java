package org.kerege.node.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The tables of recalls, on one connection: of the ledger's transaction, or one to read with.
final class RecallBook {

    private final JdbcClient database;

    RecallBook(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /// The tables inside a transaction.
    static RecallBook in(Connection connection) {
        return new RecallBook(new SingleConnectionDataSource(connection, true));
    }

    /// A recall as it was entered.
    ///
    /// @param bringer name of whoever brought it; null for our own
    /// @param passesOn the recall that it passes on here; null where it does not
    /// @param answer our answer; null for our own, or none yet
    record Entered(
            Recall recall,
            @Nullable String bringer,
            @Nullable StixId passesOn,
            Instant recorded,
            @Nullable Receipt answer) {}

    /// One to whom a recall of ours went.
    ///
    /// @param answers whether it has a node with an agreement; one without reads the removal over TAXII and cannot answer
    /// @param note why it stays open although something came; null where nothing wrong came
    record Copy(
            StixId recall,
            String organisation,
            StixId identity,
            boolean answers,
            @Nullable Receipt answer,
            @Nullable String note,
            Instant changed) {}

    void enter(Recall recall, @Nullable String bringer, @Nullable StixId passesOn, Instant at) {
        database.sql(
                        """
                        insert into recall (id, root, object_id, author, bringer, passes_on, cause, why, recorded,
                            answer_by, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .param(recall.id().toString())
                .param(recall.root().id().toString())
                .param(recall.object().toString())
                .param(recall.source().author().toString())
                .param(bringer)
                .param(passesOn == null ? null : passesOn.toString())
                .param(recall.cause().word())
                .param(recall.why())
                .param(at.atOffset(ZoneOffset.UTC))
                .param(recall.answerBy().atOffset(ZoneOffset.UTC))
                .param(recall.source().bytes())
                .update();
    }

    void addCopy(StixId recall, String organisation, StixId identity, boolean answers, Instant at) {
        database.sql(
                        """
                        insert into recall_copy (recall, organisation, identity, answers, changed) values (?, ?, ?, ?, ?)
                        on conflict do nothing\
                        """)
                .param(recall.toString())
                .param(organisation)
                .param(identity.toString())
                .param(answers)
                .param(at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void answer(StixId recall, Receipt answer) {
        database.sql("update recall set answer = ? where id = ?")
                .params(answer.source().bytes(), recall.toString())
                .update();
    }

    void answered(StixId recall, String organisation, Receipt answer, Instant at) {
        database.sql(
                        """
                        update recall_copy set answer = ?, note = null, changed = ?
                        where recall = ? and organisation = ?\
                        """)
                .params(
                        answer.source().bytes(),
                        at.atOffset(ZoneOffset.UTC),
                        recall.toString(),
                        organisation)
                .update();
    }

    void note(StixId recall, String organisation, String note, Instant at) {
        database.sql(
                        "update recall_copy set note = ?, changed = ? where recall = ? and organisation = ?")
                .params(note, at.atOffset(ZoneOffset.UTC), recall.toString(), organisation)
                .update();
    }

    Optional<Entered> find(StixId recall) {
        return database.sql("select * from recall where id = ?")
                .param(recall.toString())
                .query((row, _) -> entered(row))
                .optional();
    }

    /// Our recalls that pass on what was brought to us by `recall`.
    List<Entered> passingOn(StixId recall) {
        return database.sql("select * from recall where passes_on = ?")
                .param(recall.toString())
                .query((row, _) -> entered(row))
                .list();
    }

    /// Recalls brought to us that go back to the same first one.
    List<Entered> brought(StixId root) {
        return database.sql(
                        "select * from recall where root = ? and bringer is not null order by recorded, id")
                .param(root.toString())
                .query((row, _) -> entered(row))
                .list();
    }

    /// Recalls of an object, the latest first.
    List<Entered> of(StixId object) {
        return database.sql("select * from recall where object_id = ? order by recorded desc, id")
                .param(object.toString())
                .query((row, _) -> entered(row))
                .list();
    }

    /// All recalls, the latest first.
    List<Entered> latest(int limit) {
        return database.sql("select * from recall order by recorded desc, id limit ?")
                .param(limit)
                .query((row, _) -> entered(row))
                .list();
    }

    private static Entered entered(java.sql.ResultSet row) throws SQLException {
        String passesOn = row.getString("passes_on");
        byte[] answer = row.getBytes("answer");
        return new Entered(
                Recall.read(SignedObject.read(row.getBytes("body"), Set.of(Recall.TYPE))),
                row.getString("bringer"),
                passesOn == null ? null : StixId.parse(passesOn),
                row.getObject("recorded", OffsetDateTime.class).toInstant(),
                answer == null ? null : receipt(answer));
    }

    List<Copy> copies(StixId recall) {
        return database.sql("select * from recall_copy where recall = ? order by organisation")
                .param(recall.toString())
                .query((row, _) -> copy(row))
                .list();
    }

    private static Copy copy(java.sql.ResultSet row) throws SQLException {
        byte[] answer = row.getBytes("answer");
        return new Copy(
                StixId.parse(row.getString("recall")),
                row.getString("organisation"),
                StixId.parse(row.getString("identity")),
                row.getBoolean("answers"),
                answer == null ? null : receipt(answer),
                row.getString("note"),
                row.getObject("changed", OffsetDateTime.class).toInstant());
    }

    private static Receipt receipt(byte[] body) {
        return Receipt.read(SignedObject.read(body, Set.of(Receipt.TYPE)));
    }

    /// A ground in law on which an object must be kept.
    record Hold(String ground, Instant until) {}

    Optional<Hold> hold(StixId object, Instant at) {
        return database.sql(
                        "select ground, until from legal_hold where object_id = ? and until > ?")
                .params(object.toString(), at.atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        new Hold(
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
    }

    void hold(StixId object, String ground, Instant until, String by) {
        database.sql(
                        """
                        insert into legal_hold (object_id, ground, until, set_by) values (?, ?, ?, ?)
                        on conflict (object_id) do update set ground = excluded.ground, until = excluded.until,
                            set_by = excluded.set_by\
                        """)
                .params(object.toString(), ground, until.atOffset(ZoneOffset.UTC), by)
                .update();
    }

    /// Objects whose hold is over.
    List<StixId> heldUntil(Instant at) {
        return database.sql("select object_id from legal_hold where until <= ?")
                .param(at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> StixId.parse(row.getString(1)))
                .list();
    }

    void endHold(StixId object) {
        database.sql("delete from legal_hold where object_id = ?")
                .param(object.toString())
                .update();
    }

    /// Objects that an organisation has answered to have erased.
    Set<String> erasedAt(String organisation) {
        return Set.copyOf(
                database.sql(
                                """
                                select distinct r.object_id from recall_copy c join recall r on r.id = c.recall
                                where c.organisation = ? and c.answer is not null
                                  and convert_from(c.answer, 'UTF8')::json ->> 'outcome' in ('erased', 'superseded')\
                                """)
                        .param(organisation)
                        .query(String.class)
                        .list());
    }
}
