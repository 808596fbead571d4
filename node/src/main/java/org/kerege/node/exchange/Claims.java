package org.kerege.node.exchange;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.LedgerTransaction;

/// What sources have claimed versions of some objects to say. Of several claims to one version the creator's is
/// served, else the first that was held; the others are kept beside it.
final class Claims {

    private final Map<String, List<Claim>> byObject = new HashMap<>();

    private Claims() {}

    /// One source's content for one version of an object.
    ///
    /// @param digest SHA-256 of its canonical JSON
    /// @param firstHand whether the source is the creator
    record Claim(
            long seq,
            String version,
            byte[] digest,
            String source,
            int audience,
            boolean firstHand) {

        /// Whether this one is served and not the other, of the same version.
        private boolean leads(Claim other) {
            return firstHand == other.firstHand ? seq < other.seq : firstHand;
        }

        private boolean newer(Claim other) {
            int byVersion = version.compareTo(other.version);
            return byVersion > 0 || (byVersion == 0 && leads(other));
        }
    }

    /// All claims that are held of these objects.
    static Claims of(String[] ids, LedgerTransaction transaction) throws SQLException {
        Claims claims = new Claims();
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                "select object_id, seq, version, digest, source, audience, first_hand"
                                        + " from object_version where object_id = any(?)")) {
            select.setArray(1, transaction.connection().createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    claims.add(
                            row.getString(1),
                            new Claim(
                                    row.getLong(2),
                                    row.getString(3),
                                    row.getBytes(4),
                                    row.getString(5),
                                    row.getInt(6),
                                    row.getBoolean(7)));
                }
            }
        }
        return claims;
    }

    void add(String id, Claim claim) {
        byObject.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(claim);
    }

    /// The claim that says what the candidate says: the one that is served, else its own source's. An object without
    /// versions is the same whenever it was taken in.
    @Nullable Claim same(Candidate candidate, Source source) {
        String version =
                candidate.object().version() == null
                        ? null
                        : Version.of(Objects.requireNonNull(candidate.object().version()));
        for (Claim claim : held(candidate.id())) {
            if (Arrays.equals(claim.digest(), candidate.digest())
                    && (version == null || claim.version().equals(version))
                    && (claim.source().equals(source.organisation())
                            || isServed(candidate.id(), claim))) {
                return claim;
            }
        }
        return null;
    }

    /// The claim of `source` itself to a version.
    @Nullable Claim own(String id, String version, Source source) {
        for (Claim claim : held(id)) {
            if (claim.version().equals(version) && claim.source().equals(source.organisation())) {
                return claim;
            }
        }
        return null;
    }

    /// The claim to a version that is served; null when there is none.
    @Nullable Claim served(String id, String version) {
        Claim served = null;
        for (Claim claim : held(id)) {
            if (claim.version().equals(version) && (served == null || claim.leads(served))) {
                served = claim;
            }
        }
        return served;
    }

    private boolean isServed(String id, Claim claim) {
        Claim served = served(id, claim.version());
        return served != null && served.seq() == claim.seq();
    }

    /// The objects whose newest version is not the one in `taken`.
    Set<String> displaced(Map<String, Claim> taken) {
        Set<String> displaced = new HashSet<>();
        byObject.forEach((id, claims) -> {
            Claim last = taken.get(id);
            if (last == null || claims.stream().anyMatch(claim -> claim.newer(last))) {
                displaced.add(id);
            }
        });
        return displaced;
    }

    private List<Claim> held(String id) {
        return byObject.getOrDefault(id, List.of());
    }
}
