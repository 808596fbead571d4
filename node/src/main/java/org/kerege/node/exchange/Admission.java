package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kerege.node.gate.ReferenceRows;
import org.kerege.node.ledger.CopyRows;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;
import org.kerege.stix.upgrade.Change;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Records the valid objects of one submission in one collection: versions that are new become entries of the
/// ledger and rows of the projections; what is held already is recognised. Two look-ups and three COPYs serve
/// the whole submission, however many objects it has.
final class Admission implements Work<Admission.Admitted> {

    private final Collection collection;
    private final Source source;
    private final List<Candidate> candidates;

    /// What most entries say beside their object: whence it came.
    private final byte[] plainMeta;

    /// Entries of what was received, one however many objects were made from it.
    private final IdentityHashMap<Original, Long> received = new IdentityHashMap<>();

    Admission(Collection collection, Source source, List<Candidate> candidates) {
        this.collection = collection;
        this.source = source;
        this.candidates = candidates;
        this.plainMeta = meta().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// What one submission came to.
    ///
    /// @param entries numbers of the entries it made
    /// @param recorded identifiers of the objects of which there is a new version
    /// @param displaced identifiers whose newest version is not the one that the gate took for it when it placed
    ///     the submission: it was refused, is older, or is held in another place
    record Admitted(
            List<Verdicts.Verdict> verdicts,
            SeqRange entries,
            Set<String> recorded,
            Set<String> displaced) {}

    /// Numbers of entries that follow each other, `end` not included.
    record SeqRange(long begin, long end) {}

    /// An addition of an object in this collection.
    private record Added(String version, String specVersion) {

        boolean before(Added other) {
            int bySpec = specVersion.compareTo(other.specVersion);
            return bySpec < 0 || (bySpec == 0 && version.compareTo(other.version) < 0);
        }
    }

    @Override
    public Admitted run(LedgerTransaction transaction) throws SQLException {
        String[] ids = candidates.stream().map(Candidate::id).distinct().toArray(String[]::new);
        Barred barred = Barred.of(ids, transaction);
        Claims claims = Claims.of(ids, transaction);
        Map<String, List<Added>> added = added(transaction, ids);
        CopyRows versions =
                new CopyRows(
                        "object_version",
                        List.of(
                                "seq",
                                "object_id",
                                "version",
                                "type",
                                "spec_version",
                                "source",
                                "creator",
                                "digest",
                                "audience",
                                "closure",
                                "first_hand"));
        CopyRows additions =
                new CopyRows(
                        "addition",
                        List.of(
                                "collection",
                                "date_added",
                                "seq",
                                "object_id",
                                "version",
                                "type",
                                "spec_version",
                                "audience",
                                "closure",
                                "superseded"));
        ReferenceRows references = new ReferenceRows();
        Placings placings = new Placings();
        Set<String> overtaken = new TreeSet<>();
        Set<String> recorded = new HashSet<>();
        Map<String, Claims.Claim> taken = new HashMap<>();
        long begin = transaction.nextSeq();
        Instant dateAdded =
                CollectionDates.last(transaction, collection.number()).plus(1, ChronoUnit.MICROS);
        List<Verdicts.Verdict> verdicts = new ArrayList<>(candidates.size());

        for (Candidate candidate : candidates) {
            String id = candidate.id();
            String bar = barred.against(candidate, source);
            if (bar != null) {
                verdicts.add(
                        verdict(
                                candidate,
                                Version.of(candidate.object(), transaction.now()),
                                Verdicts.Outcome.REFUSED,
                                bar));
                continue;
            }
            Claims.Claim same = claims.same(candidate, source);
            String version =
                    same != null
                            ? same.version()
                            : Version.of(candidate.object(), transaction.now());
            Claims.Claim own = claims.own(id, version, source);
            if (same == null && own != null) {
                taken.remove(id);
                verdicts.add(conflict(candidate, version, own));
                continue;
            }
            Claims.Claim rival = same == null ? claims.served(id, version) : null;
            Claims.Claim claim = same;
            if (claim == null) {
                claim =
                        new Claims.Claim(
                                append(transaction, candidate),
                                version,
                                candidate.digest(),
                                source.organisation(),
                                candidate.audience(),
                                candidate.firstHand());
                addVersion(versions, candidate, claim.seq(), version);
                placings.place(claim.seq(), candidate.placement(), candidate.firstHand());
                references.add(claim.seq(), candidate.object(), candidate.references());
                recorded.add(id);
                claims.add(id, claim);
            }
            if (claim.audience() == candidate.audience()) {
                taken.put(id, claim);
            } else {
                taken.remove(id);
            }
            Claims.Claim served = claims.served(id, version);
            if (served != null && served.seq() != claim.seq()) {
                verdicts.add(
                        verdict(
                                candidate,
                                version,
                                same == null
                                        ? Verdicts.Outcome.CLAIM_KEPT
                                        : Verdicts.Outcome.DUPLICATE,
                                "kept beside another source's content for the same version"));
                continue;
            }
            long seq = claim.seq();
            List<Added> before = added.computeIfAbsent(id, _ -> new ArrayList<>(1));
            Added now = new Added(version, candidate.object().specVersion());
            if (rival != null) {
                takeOut(transaction, rival);
                before.remove(now);
            }
            if (before.contains(now)) {
                verdicts.add(
                        verdict(
                                candidate,
                                version,
                                Verdicts.Outcome.DUPLICATE,
                                "held already; nothing changed"));
                continue;
            }
            boolean superseded = before.stream().anyMatch(now::before);
            if (before.stream().anyMatch(older -> older.before(now))) {
                overtaken.add(id);
            }
            before.add(now);
            Instant date = candidate.dateAdded() == null ? dateAdded : candidate.dateAdded();
            dateAdded = dateAdded.plus(1, ChronoUnit.MICROS);
            placings.add(date, seq, candidate.placement(), null);
            additions
                    .row()
                    .integer(collection.number())
                    .timestamp(date)
                    .bigint(seq)
                    .text(id)
                    .text(version)
                    .text(candidate.object().type())
                    .text(candidate.object().specVersion())
                    .integer(candidate.audience())
                    .integer(candidate.closure())
                    .bool(superseded);
            Original original = candidate.original();
            verdicts.add(
                    verdict(
                            candidate,
                            version,
                            Verdicts.Outcome.ADDED,
                            original == null
                                    ? Verdicts.ADDED
                                    : Verdicts.ADDED + ", " + original.report()));
        }
        versions.send(transaction.connection());
        references.send(transaction.connection());
        additions.send(transaction.connection());
        placings.record(transaction, collection.number(), null);
        CollectionDates.keepLast(
                transaction, collection.number(), dateAdded.minus(1, ChronoUnit.MICROS));
        markOvertaken(transaction, overtaken);
        return new Admitted(
                verdicts,
                new SeqRange(begin, transaction.nextSeq()),
                recorded,
                claims.displaced(taken));
    }

    /// The creator's own claim takes the place of the one that was served until now.
    private void takeOut(LedgerTransaction transaction, Claims.Claim rival) throws SQLException {
        try (PreparedStatement delete =
                transaction
                        .connection()
                        .prepareStatement(
                                "delete from addition where collection = ? and seq = ?")) {
            delete.setInt(1, collection.number());
            delete.setLong(2, rival.seq());
            if (delete.executeUpdate() == 0) {
                return;
            }
        }
        ObjectNode meta =
                meta().put("number", collection.number())
                        .put("because", "its creator claims this version");
        meta.putArray("entries").add(rival.seq());
        transaction.append(EntryKind.REMOVAL, meta.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Verdicts.Verdict conflict(
            Candidate candidate, String version, Claims.Claim held) {
        return verdict(
                candidate,
                version,
                Verdicts.Outcome.REFUSED,
                "this version is held with other content (SHA-256 of its canonical JSON "
                        + HexFormat.of().formatHex(held.digest())
                        + "); a change needs a later 'modified' (STIX 2.1 §3.6)");
    }

    private static Verdicts.Verdict verdict(
            Candidate candidate, String version, Verdicts.Outcome outcome, String message) {
        return new Verdicts.Verdict(
                candidate.index(),
                candidate.id(),
                Version.timestamp(version),
                outcome,
                message,
                List.of());
    }

    private long append(LedgerTransaction transaction, Candidate candidate) {
        Original original = candidate.original();
        byte[] meta =
                original == null
                        ? plainMeta
                        : madeFrom(
                                received.computeIfAbsent(
                                        original, one -> append(transaction, one)));
        return transaction.append(EntryKind.OBJECT, meta, candidate.object().bytes());
    }

    /// What the entry of an object says that was made from what entry `seq` holds.
    private byte[] madeFrom(long seq) {
        String number = ",\"received\":" + seq + "}";
        byte[] meta = Arrays.copyOf(plainMeta, plainMeta.length - 1 + number.length());
        byte[] tail = number.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, meta, plainMeta.length - 1, tail.length);
        return meta;
    }

    private long append(LedgerTransaction transaction, Original original) {
        ObjectNode meta = meta();
        ArrayNode changes = meta.putArray("changes");
        for (Change change : original.changes()) {
            ObjectNode one =
                    changes.addObject()
                            .put("pointer", change.pointer())
                            .put("kind", change.kind().name().toLowerCase(Locale.ROOT));
            if (change.kind() == Change.Kind.ASSUMED || change.kind() == Change.Kind.LOST) {
                one.put("message", change.message());
            }
        }
        return transaction.append(
                EntryKind.RECEIVED,
                meta.toString().getBytes(StandardCharsets.UTF_8),
                original.bytes());
    }

    private ObjectNode meta() {
        return Json.mapper()
                .createObjectNode()
                .put("collection", collection.id().toString())
                .put("source", source.organisation())
                .put("channel", source.channel())
                .put("account", source.account());
    }

    private void addVersion(CopyRows versions, Candidate candidate, long seq, String version) {
        versions.row()
                .bigint(seq)
                .text(candidate.id())
                .text(version)
                .text(candidate.object().type())
                .text(candidate.object().specVersion())
                .text(source.organisation())
                .text(candidate.object().text("created_by_ref"))
                .bytea(candidate.digest())
                .integer(candidate.audience())
                .integer(candidate.closure())
                .bool(candidate.firstHand());
    }

    private Map<String, List<Added>> added(LedgerTransaction transaction, String[] ids)
            throws SQLException {
        Map<String, List<Added>> added = new HashMap<>();
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                "select object_id, version, spec_version from addition"
                                        + " where collection = ? and object_id = any(?)")) {
            select.setInt(1, collection.number());
            select.setArray(2, transaction.connection().createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    added.computeIfAbsent(row.getString(1), _ -> new ArrayList<>(1))
                            .add(new Added(row.getString(2), row.getString(3)));
                }
            }
        }
        return added;
    }

    private void markOvertaken(LedgerTransaction transaction, Set<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                update addition a set superseded = true
                                where a.collection = ? and a.object_id = any(?) and not a.superseded
                                  and exists (select 1 from addition b
                                      where b.collection = a.collection and b.object_id = a.object_id
                                        and (b.spec_version, b.version) > (a.spec_version, a.version))\
                                """)) {
            update.setInt(1, collection.number());
            update.setArray(
                    2, transaction.connection().createArrayOf("text", ids.toArray(String[]::new)));
            update.executeUpdate();
        }
    }
}
