package org.kerege.node.exchange;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.validation.Finding;

/// What became of the objects of one submission, in its order.
public record Verdicts(List<Verdict> all) {

    public Verdicts {
        all = List.copyOf(all);
    }

    /// What became of one object.
    public enum Outcome {
        /// Taken in.
        ADDED,
        /// Held already with the same content; nothing changed.
        DUPLICATE,
        /// Another source claims the same version with other content; both are kept, the first is served.
        CLAIM_KEPT,
        /// Not taken in.
        REFUSED
    }

    /// What became of one object, and why.
    ///
    /// @param index position in the submission, from 0
    /// @param objectId as given, null where none could be read
    /// @param version as a timestamp, null where none could be read
    /// @param message one sentence for people
    /// @param findings what the validator said, errors first
    public record Verdict(
            int index,
            @Nullable String objectId,
            @Nullable String version,
            Outcome outcome,
            String message,
            List<Finding> findings) {

        public Verdict {
            findings = List.copyOf(findings);
        }

        public boolean accepted() {
            return outcome != Outcome.REFUSED;
        }
    }

    /// Verdicts on the places of a submission, one for each: where a place stood for several objects, as observed
    /// data of STIX 2.0 does, the one that was refused answers for all, else the last.
    static Verdicts inOrder(List<Verdict> verdicts) {
        Map<Integer, Verdict> byPlace = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            byPlace.merge(verdict.index(), verdict, (one, other) -> one.accepted() ? other : one);
        }
        return new Verdicts(List.copyOf(byPlace.values()));
    }

    public long count(Outcome outcome) {
        return all.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    public List<Verdict> refused() {
        return all.stream().filter(verdict -> !verdict.accepted()).toList();
    }

    public List<Verdict> accepted() {
        return all.stream().filter(Verdict::accepted).toList();
    }
}
