package org.kerege.node.agreement;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.tlog.VerifierKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The agreements of a node, replayed from its ledger; nothing else is kept. The store is looked at again at most once a
/// second, and at once after a paper was entered here. Thread-safe.
public final class Agreements {

    private static final Logger LOG = LoggerFactory.getLogger(Agreements.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final String NEWER =
            """
            select e.seq, e.recorded_at, p.meta, p.body from ledger_entry e join ledger_payload p on p.seq = e.seq
            where e.kind = %d and e.seq > ? order by e.seq
            """
                    .formatted(EntryKind.AGREEMENT.number());

    private final DataSource database;

    // Guarded by this.
    private final Map<UUID, Agreement> byId = new LinkedHashMap<>();
    private long lastSeq = -1;

    private volatile Seen seen = new Seen(List.of(), 0, System.nanoTime() - LOOK_AGAIN.toNanos());

    /// @param looked reading of the machine's monotonic clock
    private record Seen(List<Agreement> all, long epoch, long looked) {}

    public Agreements(DataSource database) {
        this.database = database;
    }

    /// All agreements there ever were, oldest first.
    public List<Agreement> all() {
        return current().all();
    }

    /// Grows with every paper that is entered.
    public long epoch() {
        return current().epoch();
    }

    public Optional<Agreement> find(UUID agreement) {
        return all().stream().filter(one -> one.agreement().equals(agreement)).findFirst();
    }

    /// The agreement that decides about an organisation at an instant: the one in force, else the latest that once was.
    ///
    /// @return empty when none with it ever began
    public Optional<Agreement> with(StixId organisation, Instant at) {
        return deciding(at).entrySet().stream()
                .filter(one -> one.getKey().equals(organisation))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// An organisation as the other side of the latest agreement that was accepted, whatever became of that since.
    public Optional<Party> knownParty(StixId identity) {
        return all().stream()
                .filter(one -> one.acceptance() != null)
                .flatMap(one -> Stream.ofNullable(one.otherParty()))
                .filter(one -> one.identity().equals(identity))
                .reduce((_, later) -> later);
    }

    /// For each organisation with which an agreement began before `at`, the one that decides about it.
    public Map<StixId, Agreement> deciding(Instant at) {
        Map<StixId, Agreement> deciding = new LinkedHashMap<>();
        for (Agreement one : all()) {
            Party other = one.otherParty();
            Agreement.State state = one.stateAt(at);
            if (other == null
                    || one.acceptance() == null
                    || one.terms().from().isAfter(at)
                    || state == Agreement.State.PLANNED) {
                continue;
            }
            Agreement before = deciding.get(other.identity());
            if (before == null
                    || before.stateAt(at) != Agreement.State.IN_FORCE
                    || state == Agreement.State.IN_FORCE) {
                deciding.put(other.identity(), one);
            }
        }
        return deciding;
    }

    /// When an answer of [#deciding] changes next after `at`, by what is known; null for never.
    public @Nullable Instant nextChange(Instant at) {
        List<Instant> changes = new ArrayList<>();
        for (Agreement one : all()) {
            Instant next = one.nextChange(at);
            if (next != null) {
                changes.add(next);
            }
        }
        return changes.stream().min(Comparator.naturalOrder()).orElse(null);
    }

    /// Enters a paper in the ledger, where it follows what is there.
    ///
    /// @param own identity of this node's organisation
    /// @param by who entered it
    /// @param lostKey a key that a person has confirmed; null where there is none
    /// @return for the ledger's writer; answers the agreement as it then stands, or throws [AgreementRefused]
    public Work<Agreement> entering(
            Paper paper, StixId own, String by, @Nullable VerifierKey lostKey, Instant now) {
        return transaction -> {
            Agreement after = requireFollows(paper, own, lostKey, now);
            append(transaction, paper, own, by, lostKey);
            return after;
        };
    }

    /// The agreement as it would stand with a paper.
    ///
    /// @throws AgreementRefused when it does not follow what is there
    public synchronized Agreement requireFollows(
            Paper paper, StixId own, @Nullable VerifierKey lostKey, Instant now) {
        lookAgainNow();
        return next(paper, own, lostKey, now);
    }

    private Agreement next(Paper paper, StixId own, @Nullable VerifierKey lostKey, Instant now) {
        Agreement before = byId.get(paper.agreement());
        if (before != null) {
            return before.after(paper, lostKey, now);
        }
        if (paper instanceof Paper.Invitation invitation) {
            return Agreement.begin(own, invitation);
        }
        throw new AgreementRefused(
                AgreementRefused.Fault.UNKNOWN,
                "there is no agreement " + paper.agreement() + " here");
    }

    private static void append(
            LedgerTransaction transaction,
            Paper paper,
            StixId own,
            String by,
            @Nullable VerifierKey lostKey) {
        ObjectNode meta =
                Json.mapper()
                        .createObjectNode()
                        .put("agreement", paper.agreement().toString())
                        .put("own", own.toString())
                        .put("by", by);
        if (lostKey != null) {
            meta.put("lost_key", lostKey.toString());
        }
        transaction.append(
                EntryKind.AGREEMENT,
                meta.toString().getBytes(StandardCharsets.UTF_8),
                paper.source().bytes());
    }

    /// Looks at the store now, whenever it was looked at last.
    public synchronized void lookAgainNow() {
        boolean more = readNewer();
        List<Agreement> all = more ? List.copyOf(byId.values()) : seen.all();
        seen = new Seen(all, seen.epoch() + (more ? 1 : 0), System.nanoTime());
    }

    private Seen current() {
        Seen now = seen;
        if (isFresh(now)) {
            return now;
        }
        synchronized (this) {
            if (!isFresh(seen)) {
                lookAgainNow();
            }
            return seen;
        }
    }

    private static boolean isFresh(Seen seen) {
        return System.nanoTime() - seen.looked() < LOOK_AGAIN.toNanos();
    }

    private boolean readNewer() {
        long from = lastSeq;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(NEWER)) {
            statement.setLong(1, from);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lastSeq = row.getLong(1);
                    replay(
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            Json.mapper().readTree(row.getBytes(3)),
                            row.getBytes(4));
                }
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the agreements cannot be read now", e);
        }
        return lastSeq != from;
    }

    private void replay(Instant recorded, JsonNode meta, byte[] body) {
        try {
            Paper paper = Paper.read(body);
            VerifierKey lostKey =
                    meta.has("lost_key") ? Party.key(meta.path("lost_key").asString()) : null;
            StixId own = StixId.parse(meta.path("own").asString(""));
            byId.put(paper.agreement(), next(paper, own, lostKey, recorded));
        } catch (MalformedStix | AgreementRefused e) {
            LOG.warn("event=agreement_unreadable entry={} reason=\"{}\"", lastSeq, e.getMessage());
        }
    }
}
