package org.kerege.node.exchange;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Timestamp;

/// Which objects of a submission were recalled. What was recalled does not come in again by another way or from an old
/// copy: putting it back takes a later version by its creator, and after a revocation there is none.
final class Barred {

    private final Map<String, List<Bar>> byObject = new HashMap<>();

    private Barred() {}

    private record Bar(String source, String upTo, boolean revoked, String recall) {}

    /// The bars on these objects.
    static Barred of(String[] ids, LedgerTransaction transaction) throws SQLException {
        Barred barred = new Barred();
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                "select object_id, source, up_to, final, recall from recalled where object_id = any(?)")) {
            Array all = transaction.connection().createArrayOf("text", ids);
            select.setArray(1, all);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    barred.byObject
                            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>(1))
                            .add(
                                    new Bar(
                                            row.getString(2),
                                            row.getString(3),
                                            row.getBoolean(4),
                                            row.getString(5)));
                }
            }
        }
        return barred;
    }

    /// Why a candidate is not taken from a source; null where nothing bars it.
    @Nullable String against(Candidate candidate, Source source) {
        Timestamp time = candidate.object().version();
        String version = time == null ? "" : Version.of(time);
        for (Bar bar : byObject.getOrDefault(candidate.id(), List.of())) {
            if (!bar.source().isEmpty() && !bar.source().equals(source.organisation())) {
                continue;
            }
            if (version.compareTo(bar.upTo()) <= 0) {
                return "this version was recalled ("
                        + bar.recall()
                        + "); it comes back only as a later version";
            }
            if (bar.revoked() && !candidate.object().revoked()) {
                return "the object was revoked ("
                        + bar.recall()
                        + "), and a revoked object has no later versions (STIX 2.1 §3.6)";
            }
        }
        return null;
    }
}
