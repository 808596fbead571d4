package org.kerege.node.exchange;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader.Item;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.validation.Finding;

/// What became of the objects of one submission, in its order.
public record Verdicts(List<Verdict> all) {

    public Verdicts {
        all = List.copyOf(all);
    }

    static final String ADDED = "added";

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

        /// Whether it says that something was held before.
        public boolean tellsOfHeld() {
            return outcome == Outcome.DUPLICATE || outcome == Outcome.CLAIM_KEPT;
        }

        /// The same as if nothing had been held before.
        ///
        /// @param submitted version that the object named; null where it names none and so has that of its arrival
        /// @param arrived when it came
        Verdict asNew(@Nullable Timestamp submitted, Instant arrived) {
            Timestamp its = submitted == null ? Timestamp.of(arrived) : submitted;
            return new Verdict(
                    index,
                    objectId,
                    Version.timestamp(Version.of(its)),
                    Outcome.ADDED,
                    ADDED,
                    findings);
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

    /// The same without telling of what was held before and is hidden from whoever sent it.
    ///
    /// @param items as they were sent
    /// @param hidden whether an object is
    public Verdicts hiding(List<Item> items, Predicate<String> hidden, Instant arrived) {
        Map<Integer, Timestamp> submitted = new HashMap<>();
        for (Item item : items) {
            if (item instanceof Item.Read(int index, StixObject object)
                    && object.version() != null) {
                submitted.put(index, object.version());
            }
        }
        return new Verdicts(
                all.stream()
                        .map(one ->
                                one.tellsOfHeld() && hidden.test(String.valueOf(one.objectId()))
                                        ? one.asNew(submitted.get(one.index()), arrived)
                                        : one)
                        .toList());
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
