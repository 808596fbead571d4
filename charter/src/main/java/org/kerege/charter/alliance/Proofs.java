package org.kerege.charter.alliance;

import java.util.IdentityHashMap;
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

    private final IdentityHashMap<LogProof, Judged> judged = new IdentityHashMap<>();

    /// One of the two is null.
    private record Judged(@Nullable Witnessed witnessed, @Nullable String failure) {}

    /// The earliest checkpoint of a quorum that contains the act; null while there is none.
    ///
    /// @param failures gains why proofs are not believed
    @Nullable Witnessed earliest(ProvenAct proven, WitnessPolicy policy, Set<String> failures) {
        Witnessed first = null;
        for (LogProof proof : proven.proofs()) {
            Judged one =
                    judged.computeIfAbsent(
                            proof, fresh -> judge(proven.act().digest(), fresh, policy));
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
