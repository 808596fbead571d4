package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.node.gate.ReferenceRows;
import org.kerege.node.ledger.CopyRows;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.Work;
import org.kerege.stix.Json;

/// Records the valid objects of one submission in one collection: versions that are new become entries of the
/// ledger and rows of the projections; what is held already is recognised. Two look-ups and three COPYs serve
/// the whole submission, however many objects it has.
final class Admission implements Work<List<Verdicts.Verdict>> {

    private final Collection collection;
    private final Source source;
    private final List<Candidate> candidates;

    Admission(Collection collection, Source source, List<Candidate> candidates) {
        this.collection = collection;
        this.source = source;
        this.candidates = candidates;
    }

    /// A version of an object that some source has claimed.
    private record Claim(long seq, String version, byte[] digest, String source, boolean served) {}

    /// An addition of an object in this collection.
    private record Added(String version, String specVersion) {

        boolean before(Added other) {
            int bySpec = specVersion.compareTo(other.specVersion);
            return bySpec < 0 || (bySpec == 0 && version.compareTo(other.version) < 0);
        }
    }

    @Override
    public List<Verdicts.Verdict> run(LedgerTransaction transaction) throws SQLException {
        String[] ids = candidates.stream().map(Candidate::id).distinct().toArray(String[]::new);
        Map<String, List<Claim>> claims = claims(transaction, ids);
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
                                "closure"));
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
        Set<String> overtaken = new TreeSet<>();
        Instant dateAdded = firstDate(transaction);
        List<Verdicts.Verdict> verdicts = new ArrayList<>(candidates.size());

        for (Candidate candidate : candidates) {
            List<Claim> held = claims.computeIfAbsent(candidate.id(), _ -> new ArrayList<>(1));
            Claim same = sameContent(held, candidate, transaction.now());
            String version =
                    same != null
                            ? same.version()
                            : Version.of(candidate.object(), transaction.now());
            Claim rival = same != null ? null : rival(held, version);
            if (rival != null && rival.source().equals(source.organisation())) {
                verdicts.add(conflict(candidate, version, rival));
                continue;
            }
            long seq;
            if (same != null) {
                seq = same.seq();
            } else {
                seq = append(transaction, candidate);
                addVersion(versions, candidate, seq, version);
                references.add(seq, candidate.object());
                held.add(
                        new Claim(
                                seq,
                                version,
                                candidate.digest(),
                                source.organisation(),
                                rival == null));
            }
            if (rival != null) {
                verdicts.add(
                        verdict(
                                candidate,
                                version,
                                Verdicts.Outcome.CLAIM_KEPT,
                                "kept beside another source's content for the same version"));
                continue;
            }
            List<Added> before = added.computeIfAbsent(candidate.id(), _ -> new ArrayList<>(1));
            Added now = new Added(version, candidate.object().specVersion());
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
                overtaken.add(candidate.id());
            }
            before.add(now);
            Instant date = candidate.dateAdded() == null ? dateAdded : candidate.dateAdded();
            dateAdded = dateAdded.plus(1, ChronoUnit.MICROS);
            additions
                    .row()
                    .integer(collection.number())
                    .timestamp(date)
                    .bigint(seq)
                    .text(candidate.id())
                    .text(version)
                    .text(candidate.object().type())
                    .text(candidate.object().specVersion())
                    .integer(candidate.audience())
                    .integer(candidate.closure())
                    .bool(superseded);
            verdicts.add(verdict(candidate, version, Verdicts.Outcome.ADDED, "added"));
        }
        versions.send(transaction.connection());
        references.send(transaction.connection());
        additions.send(transaction.connection());
        keepLastDate(transaction, dateAdded.minus(1, ChronoUnit.MICROS));
        markOvertaken(transaction, overtaken);
        return verdicts;
    }

    private static @Nullable Claim sameContent(List<Claim> held, Candidate candidate, Instant now) {
        boolean versioned = candidate.object().version() != null;
        String version = versioned ? Version.of(candidate.object(), now) : "";
        for (Claim claim : held) {
            if (claim.served()
                    && Arrays.equals(claim.digest(), candidate.digest())
                    && (!versioned || claim.version().equals(version))) {
                return claim;
            }
        }
        return null;
    }

    private static @Nullable Claim rival(List<Claim> held, String version) {
        for (Claim claim : held) {
            if (claim.served() && claim.version().equals(version)) {
                return claim;
            }
        }
        return null;
    }

    private static Verdicts.Verdict conflict(Candidate candidate, String version, Claim held) {
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
        String meta =
                Json.mapper()
                        .createObjectNode()
                        .put("collection", collection.id().toString())
                        .put("source", source.organisation())
                        .put("channel", source.channel())
                        .put("account", source.account())
                        .toString();
        return transaction.append(
                EntryKind.OBJECT,
                meta.getBytes(StandardCharsets.UTF_8),
                candidate.object().bytes());
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
                .integer(candidate.closure());
    }

    private static Map<String, List<Claim>> claims(LedgerTransaction transaction, String[] ids)
            throws SQLException {
        Map<String, List<Claim>> claims = new HashMap<>();
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                select object_id, seq, version, digest, source,
                                       seq = min(seq) over (partition by object_id, version)
                                from object_version where object_id = any(?)\
                                """)) {
            select.setArray(1, transaction.connection().createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    claims.computeIfAbsent(row.getString(1), _ -> new ArrayList<>(1))
                            .add(
                                    new Claim(
                                            row.getLong(2),
                                            row.getString(3),
                                            row.getBytes(4),
                                            row.getString(5),
                                            row.getBoolean(6)));
                }
            }
        }
        return claims;
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

    /// The first free date of the collection: now, or just after the last addition.
    private Instant firstDate(LedgerTransaction transaction) throws SQLException {
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement("select last_added from collection where number = ?")) {
            select.setInt(1, collection.number());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                OffsetDateTime last = row.getObject(1, OffsetDateTime.class);
                Instant now = transaction.now();
                return last.toInstant().isBefore(now)
                        ? now
                        : last.toInstant().plus(1, ChronoUnit.MICROS);
            }
        }
    }

    /// The last date outlives a removal of its object, so that no date is given twice.
    private void keepLastDate(LedgerTransaction transaction, Instant last) throws SQLException {
        try (PreparedStatement update =
                transaction
                        .connection()
                        .prepareStatement(
                                "update collection set last_added = greatest(last_added, ?) where number = ?")) {
            update.setObject(1, last.atOffset(ZoneOffset.UTC));
            update.setInt(2, collection.number());
            update.executeUpdate();
        }
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
