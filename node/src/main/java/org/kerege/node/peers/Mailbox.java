package org.kerege.node.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Signed objects for peers, kept until they have taken them: papers, recalls and answers. They go by whatever way is
/// open, over the network or on a medium, and may arrive twice.
public final class Mailbox {

    /// Most objects of one batch.
    static final int MOST = 200;

    private static final long MOST_BYTES = 8L << 20;
    private static final int LONGEST_REFUSAL = 500;

    private final JdbcClient database;
    private final Clock clock;
    private final List<Consumer<StixId>> watchers = new CopyOnWriteArrayList<>();

    Mailbox(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Something that waits for its recipient.
    record Item(long number, StixId id, byte[] body) {}

    /// Has somebody called whenever there is something new for a recipient.
    void watch(Consumer<StixId> watcher) {
        watchers.add(watcher);
    }

    /// Puts an object in the mail. When this returns, it is durable.
    void send(StixId recipient, SignedObject object) {
        database.sql(INSERT)
                .params(
                        recipient.toString(),
                        object.id().toString(),
                        object.bytes(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        announce(recipient);
    }

    private static final String INSERT =
            "insert into peer_mail (recipient, object_id, body, queued) values (?, ?, ?, ?)";

    /// Puts an object in the mail in a transaction; [#announce] when it is committed.
    static void send(Connection connection, StixId recipient, SignedObject object, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, recipient.toString());
            insert.setString(2, object.id().toString());
            insert.setBytes(3, object.bytes());
            insert.setObject(4, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /// Says that there is something new.
    void announce(StixId recipient) {
        watchers.forEach(watcher -> watcher.accept(recipient));
    }

    /// What waits for a recipient, oldest first, as much as goes in one batch and at least one.
    ///
    /// @param after number of the last that is passed over
    List<Item> waiting(StixId recipient, long after) {
        List<Item> waiting =
                database.sql(
                                """
                                select number, object_id, body from peer_mail
                                where recipient = ? and number > ? and taken is null order by number limit ?\
                                """)
                        .params(recipient.toString(), after, MOST)
                        .query((row, _) ->
                                new Item(
                                        row.getLong(1),
                                        StixId.parse(row.getString(2)),
                                        row.getBytes(3)))
                        .list();
        List<Item> batch = new ArrayList<>();
        long bytes = 0;
        for (Item one : waiting) {
            bytes += one.body().length;
            if (!batch.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            batch.add(one);
        }
        return batch;
    }

    /// That a recipient has decided on objects.
    ///
    /// @param refusals why it did not take some of them, by number
    void taken(StixId recipient, List<Item> items, Map<Long, String> refusals) {
        for (Item one : items) {
            String refusal = refusals.get(one.number());
            database.sql(
                            "update peer_mail set taken = ?, refusal = ? where number = ? and recipient = ?")
                    .param(clock.instant().atOffset(ZoneOffset.UTC))
                    .param(
                            refusal == null
                                    ? null
                                    : refusal.substring(
                                            0, Math.min(refusal.length(), LONGEST_REFUSAL)))
                    .param(one.number())
                    .param(recipient.toString())
                    .update();
        }
    }

    /// That a recipient has taken everything up to a number and nothing after it: one that goes on from a backup says an
    /// earlier number than before, and is told again.
    void takenUpTo(StixId recipient, long number) {
        database.sql(
                        """
                        update peer_mail set taken = case when number <= ? then cast(? as timestamptz) end
                        where recipient = ? and refusal is null and (number <= ?) = (taken is null)\
                        """)
                .param(number)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(recipient.toString())
                .param(number)
                .update();
    }

    /// How many objects wait for a recipient.
    int waiting(StixId recipient) {
        return database.sql("select count(*) from peer_mail where recipient = ? and taken is null")
                .param(recipient.toString())
                .query(Integer.class)
                .single();
    }
}
