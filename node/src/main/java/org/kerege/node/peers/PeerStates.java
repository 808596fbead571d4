package org.kerege.node.peers;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Party;
import org.kerege.node.ledger.EntryKind;
import org.kerege.stix.StixId;
import org.kerege.stix.Timestamp;
import org.kerege.taxii.client.PullState;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// How the exchange with each peer stands and is doing, in the store.
final class PeerStates {

    private static final int LONGEST_TEXT = 500;
    private static final long LOST_NUMBERS = 1L << 32;

    private final JdbcClient database;
    private final Mailbox mailbox;
    private final Clock clock;

    PeerStates(JdbcClient database, Mailbox mailbox, Clock clock) {
        this.database = database;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /// Adds to the view of an agreement what is known of its exchange.
    void describe(Agreement agreement, ObjectNode json) {
        Party other = agreement.otherParty();
        if (other == null) {
            return;
        }
        json.put("mail_waiting", mailbox.waiting(other.identity()));
        database.sql("select * from peer_state where identity = ?")
                .param(other.identity().toString())
                .query(row -> {
                    time(json, "last_tried", row.getObject("last_tried", OffsetDateTime.class));
                    time(json, "last_good", row.getObject("last_good", OffsetDateTime.class));
                    json.put("failures", row.getInt("failures"));
                    Views.putText(json, "problem", row.getString("problem"));
                    Views.putText(json, "quarantine", row.getString("quarantine"));
                    json.put("refused", row.getLong("refused"));
                    Views.putText(json, "last_refusal", row.getString("last_refusal"));
                });
        long objects =
                database.sql("select coalesce(sum(objects), 0) from peer_pull where identity = ?")
                        .param(other.identity().toString())
                        .query(Long.class)
                        .single();
        json.put("objects", objects);
    }

    private static void time(ObjectNode json, String name, @Nullable OffsetDateTime time) {
        if (time != null) {
            json.put(name, Timestamp.format(time.toInstant()));
        }
    }

    /// Number of the last mail of a peer that was taken here.
    long mail(StixId peer) {
        return database.sql("select mail from peer_state where identity = ?")
                .param(peer.toString())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Keeps it, once what it brought is durable.
    void mail(StixId peer, long number) {
        database.sql(
                        """
                        insert into peer_state as s (identity, mail) values (?, ?)
                        on conflict (identity) do update set mail = greatest(s.mail, excluded.mail)\
                        """)
                .params(peer.toString(), number)
                .update();
    }

    /// Numbers of mail go on far behind those of the lost days, so that no peer takes new mail for what it has.
    void skipLostNumbers() {
        database.sql(
                        """
                        select setval(pg_get_serial_sequence('peer_mail', 'number'),
                            nextval(pg_get_serial_sequence('peer_mail', 'number')) + ?)\
                        """)
                .param(LOST_NUMBERS)
                .query(Long.class)
                .single();
    }

    /// Whether this node goes on from a backup and has not had its peers' mail since.
    boolean isRestored() {
        return database.sql(
                        """
                        select coalesce((select max(seq) from ledger_entry where kind = ?), -1)
                            > coalesce((select max(seq) from peer_epoch), -1)\
                        """)
                .param(EntryKind.EPOCH.number())
                .query(Boolean.class)
                .single();
    }

    /// Notes that it has.
    void caughtUp() {
        database.sql(
                        "insert into peer_epoch select max(seq) from ledger_entry where kind = ? on conflict do nothing")
                .param(EntryKind.EPOCH.number())
                .update();
    }

    /// That an exchange went well.
    void good(StixId peer) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        database.sql(
                        """
                        insert into peer_state (identity, last_tried, last_good) values (?, ?, ?)
                        on conflict (identity) do update set last_tried = excluded.last_tried,
                            last_good = excluded.last_good, failures = 0, problem = null\
                        """)
                .params(peer.toString(), now, now)
                .update();
    }

    /// That it failed.
    void failed(StixId peer, String why) {
        database.sql(
                        """
                        insert into peer_state as s (identity, last_tried, failures, problem) values (?, ?, 1, ?)
                        on conflict (identity) do update set last_tried = excluded.last_tried,
                            failures = s.failures + 1, problem = excluded.problem\
                        """)
                .params(peer.toString(), clock.instant().atOffset(ZoneOffset.UTC), shortened(why))
                .update();
    }

    /// How often in a row it failed.
    int failures(StixId peer) {
        return database.sql("select failures from peer_state where identity = ?")
                .param(peer.toString())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /// That something of a peer's was refused here, and why.
    void refused(StixId peer, int count, String why) {
        database.sql(
                        """
                        insert into peer_state as s (identity, refused, last_refusal) values (?, ?, ?)
                        on conflict (identity) do update set refused = s.refused + excluded.refused,
                            last_refusal = excluded.last_refusal\
                        """)
                .params(peer.toString(), count, shortened(why))
                .update();
    }

    /// Why nothing more is taken from a peer; null where it is.
    @Nullable String quarantine(StixId peer) {
        return database.sql(
                        "select quarantine from peer_state where identity = ? and quarantine is not null")
                .param(peer.toString())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /// Takes nothing more from a peer, for a reason, until somebody lifts it (null).
    void quarantine(StixId peer, @Nullable String why) {
        database.sql(
                        """
                        insert into peer_state (identity, quarantine) values (?, ?)
                        on conflict (identity) do update set quarantine = excluded.quarantine\
                        """)
                .param(peer.toString())
                .param(why == null ? null : shortened(why))
                .update();
    }

    PullState pulled(StixId peer, String collection) {
        return database.sql("select state from peer_pull where identity = ? and collection = ?")
                .params(peer.toString(), collection)
                .query((row, _) -> PullState.read(row.getBytes(1)))
                .optional()
                .orElse(PullState.START);
    }

    /// Keeps where a pull stands, once what it brought is durable.
    void pulled(StixId peer, String collection, PullState state, long objects, long refused) {
        database.sql(
                        """
                        insert into peer_pull as p (identity, collection, state, objects, refused)
                        values (?, ?, ?, ?, ?) on conflict (identity, collection) do update
                        set state = excluded.state, objects = p.objects + excluded.objects,
                            refused = p.refused + excluded.refused\
                        """)
                .params(peer.toString(), collection, state.write(), objects, refused)
                .update();
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
}
