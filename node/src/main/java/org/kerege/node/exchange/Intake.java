package org.kerege.node.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.stix.BundleReader;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.Versions;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.Validator;
import org.kerege.stix.validation.Verdict;

/// The one way in. Whatever brings objects, they are read once, judged once, numbered by the gate and recorded
/// through the ledger; each is answered with its own verdict, good ones are taken in beside bad ones.
public final class Intake {

    /// Most objects recorded in one piece of work; longer submissions are recorded piece by piece.
    public static final int PIECE = 1_000;

    private final Validator validator;
    private final Gate gate;
    private final Objects objects;
    private final WaitingForOthers waitingForOthers;
    private final FreeDisk disk;

    Intake(
            Validator validator,
            Gate gate,
            Objects objects,
            WaitingForOthers waitingForOthers,
            FreeDisk disk) {
        this.validator = validator;
        this.gate = gate;
        this.objects = objects;
        this.waitingForOthers = waitingForOthers;
        this.disk = disk;
    }

    /// Takes in a document of objects. When this returns, all that is accepted is durable.
    ///
    /// @throws MalformedStix when the document's frame is broken; what came before the break has been taken in
    /// @throws DiskFull when there is no room for more; what came before has been taken in
    public Verdicts admit(Collection collection, Source source, InputStream document)
            throws IOException {
        Submission submission = new Submission(collection, source);
        try {
            BundleReader.read(document, submission::take);
        } finally {
            submission.flush();
        }
        return submission.verdicts();
    }

    /// Takes in what has been read already.
    ///
    /// @throws DiskFull when there is no room for more; what came before has been taken in
    public Verdicts admit(Collection collection, Source source, List<BundleReader.Item> items) {
        Submission submission = new Submission(collection, source);
        items.forEach(submission::take);
        submission.flush();
        return submission.verdicts();
    }

    /// A valid object that the gate has not placed yet.
    private record Judged(int index, StixObject object, byte[] digest) {}

    private final class Submission {

        private final Collection collection;
        private final Source source;
        private final List<Judged> waiting = new ArrayList<>();
        private final List<Verdicts.Verdict> verdicts = new ArrayList<>();

        Submission(Collection collection, Source source) {
            this.collection = collection;
            this.source = source;
        }

        void take(BundleReader.Item item) {
            switch (item) {
                case BundleReader.Item.Refused(int index, MalformedStix why) ->
                        verdicts.add(
                                refused(
                                        index,
                                        null,
                                        null,
                                        String.valueOf(why.getMessage()),
                                        List.of()));
                case BundleReader.Item.Read(int index, StixObject object) -> judge(index, object);
            }
            if (waiting.size() == PIECE) {
                flush();
            }
        }

        private void judge(int index, StixObject object) {
            Verdict verdict = validator.validate(object.json());
            if (!verdict.valid()) {
                Finding first = verdict.errors().getFirst();
                verdicts.add(
                        refused(
                                index,
                                object.id().toString(),
                                object.version() == null ? null : object.version().toString(),
                                first.pointer() + ": " + first.message(),
                                verdict.errors()));
                return;
            }
            waiting.add(new Judged(index, object, Versions.digestBytes(object)));
        }

        void flush() {
            if (!waiting.isEmpty()) {
                disk.require();
                List<Judged> piece = List.copyOf(waiting);
                waiting.clear();
                Gate.Placed placed =
                        gate.place(
                                piece.stream().map(Judged::object).toList(),
                                source.organisation(),
                                source.deposited(),
                                collection.defaultMarking());
                verdicts.addAll(
                        objects.add(collection, source, candidates(piece, placed.placements())));
                waitingForOthers.settle(
                        piece.stream().map(one -> one.object().id()).toList(), placed.missing());
            }
        }

        private static List<Candidate> candidates(List<Judged> piece, List<Placement> placements) {
            List<Candidate> candidates = new ArrayList<>(piece.size());
            for (int i = 0; i < piece.size(); i++) {
                Judged one = piece.get(i);
                candidates.add(
                        new Candidate(
                                one.index(),
                                one.object(),
                                one.digest(),
                                placements.get(i).audience(),
                                placements.get(i).closure(),
                                null));
            }
            return candidates;
        }

        Verdicts verdicts() {
            verdicts.sort(Comparator.comparingInt(Verdicts.Verdict::index));
            return new Verdicts(verdicts);
        }
    }

    private static Verdicts.Verdict refused(
            int index,
            @Nullable String id,
            @Nullable String version,
            String message,
            List<Finding> findings) {
        return new Verdicts.Verdict(
                index, id, version, Verdicts.Outcome.REFUSED, message, findings);
    }
}
