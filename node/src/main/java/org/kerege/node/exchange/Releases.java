package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Releases that take two people, and those that are taken back. What waits for a second person is read in the node's
/// own organisation alone. A release is taken back within a minute, unless somebody outside has been given it: the
/// deliveries on record prove that nobody was, and a delivery on its way comes before or after in the ledger.
public final class Releases {

    /// How long after a release it can be taken back.
    public static final Duration REGRET = Duration.ofMinutes(1);

    private static final int MOST_AWAITING = 500;

    private final JdbcClient database;
    private final Ledger ledger;
    private final Gate gate;
    private final WaitingForOthers waiting;

    Releases(JdbcClient database, Ledger ledger, Gate gate, WaitingForOthers waiting) {
        this.database = database;
        this.ledger = ledger;
        this.gate = gate;
        this.waiting = waiting;
    }

    /// A version whose release nobody has confirmed.
    ///
    /// @param version as TAXII writes it
    /// @param account that brought it; null where no account did
    public record Awaiting(
            String objectId, String version, @Nullable String account, Instant since) {}

    /// What came of a word about a release.
    public enum Outcome {
        /// It is recorded, and the object is placed by it.
        DONE,
        /// No such object is held.
        NOT_HELD,
        /// No version of the object waits for a second person.
        NOTHING_WAITS,
        /// Whoever brought it cannot be the second person.
        SAME_PERSON,
        /// It was released longer ago than it can be taken back, or is not this organisation's to take back.
        TOO_LATE,
        /// Somebody outside has been given it.
        ALREADY_READ
    }

    /// What waits for a second person, the newest first.
    public List<Awaiting> awaiting() {
        return database.sql(
                        """
                        select v.object_id, v.version, convert_from(p.meta, 'UTF8')::json ->> 'account', e.recorded_at
                        from object_version v join ledger_entry e using (seq) join ledger_payload p using (seq)
                        where v.audience = any(?) order by v.seq desc limit ?\
                        """)
                .params(gate.heldBack(), MOST_AWAITING)
                .query((row, _) ->
                        new Awaiting(
                                row.getString(1),
                                Version.timestamp(row.getString(2)),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }

    /// Confirms the release of whatever waits of an object.
    ///
    /// @param by the second person
    public Outcome confirm(StixId object, Caller by) {
        return settle(object, ledger.record(transaction -> confirm(transaction, object, by)));
    }

    private Settled confirm(LedgerTransaction transaction, StixId object, Caller by)
            throws SQLException {
        List<Mine> held = versions(transaction.connection(), object);
        List<Mine> waits = held.stream().filter(one -> gate.isHeldBack(one.audience())).toList();
        if (held.isEmpty() || waits.isEmpty()) {
            return new Settled(
                    held.isEmpty() ? Outcome.NOT_HELD : Outcome.NOTHING_WAITS, List.of());
        }
        if (waits.stream().anyMatch(one -> by.account().equals(one.account()))) {
            return new Settled(Outcome.SAME_PERSON, List.of());
        }
        return move(transaction, object, waits, false, "confirmed", by);
    }

    /// Takes back what was released of an object within the last minute and nobody outside has been given; it then waits
    /// for a second person.
    public Outcome undo(StixId object, Caller by) {
        return settle(object, ledger.record(transaction -> undo(transaction, object, by)));
    }

    private Settled undo(LedgerTransaction transaction, StixId object, Caller by)
            throws SQLException {
        Connection connection = transaction.connection();
        List<Mine> held = versions(connection, object);
        if (held.isEmpty()) {
            return new Settled(Outcome.NOT_HELD, List.of());
        }
        Instant since = transaction.now().minus(REGRET);
        List<Mine> fresh =
                held.stream()
                        .filter(one -> !gate.isHeldBack(one.audience()))
                        .filter(one -> gate.isOwn(one.source()))
                        .filter(one -> !one.releasedAt().isBefore(since))
                        .toList();
        if (fresh.isEmpty()) {
            return new Settled(Outcome.TOO_LATE, List.of());
        }
        long from = fresh.stream().mapToLong(Mine::releasedIn).min().orElseThrow();
        if (isGiven(connection, fresh.stream().map(Mine::seq).toList(), from)) {
            return new Settled(Outcome.ALREADY_READ, List.of());
        }
        return move(transaction, object, fresh, true, "taken_back", by);
    }

    /// A version of the object.
    ///
    /// @param releasedIn the entry by which it was released: its own, or the one that confirmed it
    private record Mine(
            long seq,
            int audience,
            String source,
            @Nullable String account,
            long releasedIn,
            Instant releasedAt) {}

    private record Settled(Outcome outcome, List<Integer> collections) {}

    private Outcome settle(StixId object, Settled settled) {
        if (settled.outcome() == Outcome.DONE) {
            waiting.follow(object, settled.collections());
        }
        return settled.outcome();
    }

    private Settled move(
            LedgerTransaction transaction,
            StixId object,
            List<Mine> versions,
            boolean heldBack,
            String deed,
            Caller by)
            throws SQLException {
        Connection connection = transaction.connection();
        List<Long> seqs = versions.stream().map(Mine::seq).toList();
        String account = by.account() + " of " + by.organisation();
        ObjectNode meta =
                Json.mapper()
                        .createObjectNode()
                        .put("deed", deed)
                        .put("object", object.toString())
                        .put("by", account);
        ArrayNode entries = meta.putArray("versions");
        seqs.forEach(entries::add);
        ArrayNode brought = meta.putArray("brought_by");
        versions.forEach(one -> brought.add(one.account()));
        long entry =
                transaction.append(
                        EntryKind.RELEASE, meta.toString().getBytes(StandardCharsets.UTF_8));
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into release_deed (seq, object_id, deed, versions, account, recorded)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, entry);
            insert.setString(2, object.toString());
            insert.setString(3, deed);
            insert.setArray(4, connection.createArrayOf("bigint", seqs.toArray(Long[]::new)));
            insert.setString(5, account);
            insert.setObject(6, transaction.now().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
        Places places = Places.of(seqs, gate, connection);
        List<Placement> after = gate.placeHeldBack(places.objects(), heldBack, connection);
        return new Settled(
                Outcome.DONE, places.move(after, gate, deed + " in entry " + entry, transaction));
    }

    private static List<Mine> versions(Connection connection, StixId object) throws SQLException {
        List<Mine> versions = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select v.seq, v.audience, v.source, convert_from(p.meta, 'UTF8')::json ->> 'account',
                            coalesce(d.seq, e.seq), coalesce(d.recorded, e.recorded_at)
                        from object_version v join ledger_entry e using (seq) join ledger_payload p using (seq)
                            left join lateral (select d.seq, d.recorded from release_deed d
                                where d.object_id = v.object_id and d.deed = 'confirmed' and v.seq = any(d.versions)
                                order by d.seq desc limit 1) d on true
                        where v.object_id = ? order by v.seq\
                        """)) {
            select.setString(1, object.toString());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions.add(
                            new Mine(
                                    row.getLong(1),
                                    row.getInt(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getLong(5),
                                    row.getObject(6, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return versions;
    }

    /// Whether one of these versions is on a page that was given to somebody after that entry.
    private static boolean isGiven(Connection connection, List<Long> seqs, long after)
            throws SQLException {
        Set<Long> sought = new TreeSet<>(seqs);
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select p.body from delivery d join ledger_payload p using (seq) where d.seq > ?")) {
            select.setLong(1, after);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (Deliveries.numbers(row.getBytes(1)).stream().anyMatch(sought::contains)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
