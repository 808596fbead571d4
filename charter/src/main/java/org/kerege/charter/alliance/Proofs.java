package org.kerege.charter.alliance;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.ActEntry;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.WitnessPolicy;
import org.kerege.tlog.Witnessed;

/// What proofs show under one witness policy. Each is judged once: a proof is some ten signatures, and a node that
/// learns of one more act has judged all others before. Not thread-safe.
public final class Proofs {

    /// By the digest of the act; an act's proofs are told apart as the objects that they are.
    private final Map<String, IdentityHashMap<LogProof, Judged>> judged = new HashMap<>();

    /// One of the two is null.
    private record Judged(@Nullable Witnessed witnessed, @Nullable String failure) {}

    /// The earliest checkpoint of a quorum that contains the act; null while there is none.
    ///
    /// @param failures gains why proofs are not believed
    @Nullable Witnessed earliest(ProvenAct proven, WitnessPolicy policy, Set<String> failures) {
        String digest = proven.act().digest();
        IdentityHashMap<LogProof, Judged> known =
                judged.computeIfAbsent(digest, _ -> new IdentityHashMap<>(2));
        Witnessed first = null;
        for (LogProof proof : proven.proofs()) {
            Judged one = known.computeIfAbsent(proof, fresh -> judge(digest, fresh, policy));
            Witnessed witnessed = one.witnessed();
            if (one.failure() != null) {
                failures.add(one.failure());
            } else if (witnessed != null
                    && (first == null || witnessed.since().isBefore(first.since()))) {
                first = witnessed;
            }
        }
        return first;
    }

    private static Judged judge(String digest, LogProof proof, WitnessPolicy policy) {
        try {
            return new Judged(proof.verify(ActEntry.leaf(digest, proof.extra()), policy), null);
        } catch (LogProof.Refused | MalformedCharter e) {
            return new Judged(null, e.getMessage());
        }
    }
}
