package org.kerege.node.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.Versions;
import org.kerege.stix.upgrade.Upgrade;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.Validator;
import org.kerege.stix.validation.Verdict;

/// The one way in. Whatever brings objects, they are read once, judged once, numbered by the gate and recorded
/// through the ledger; each is answered with its own verdict, good ones are taken in beside bad ones.
public final class Intake {

    /// Most objects recorded in one piece of work; longer submissions are recorded piece by piece. What refers to an
    /// object of a later piece is placed twice, so pieces are as long as other writers can well wait for.
    private static final int PIECE = 5_000;

    /// Most bytes of relations kept back until the objects that they relate have been recorded.
    private static final int DEFERRED_BYTES = 32 << 20;

    /// Most bytes of objects in one piece of work, apart from its last object.
    private static final int PIECE_BYTES = 16 << 20;

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
        } catch (MalformedStix | IOException e) {
            submission.finish();
            throw e;
        }
        return submission.finish();
    }

    /// Takes in what has been read already.
    ///
    /// @throws DiskFull when there is no room for more; what came before has been taken in
    public Verdicts admit(Collection collection, Source source, List<BundleReader.Item> items) {
        Submission submission = new Submission(collection, source);
        items.forEach(submission::take);
        return submission.finish();
    }

    /// A valid object that the gate has not placed yet.
    private record Judged(
            int index, StixObject object, byte[] digest, @Nullable Original original) {}

    /// One document on its way in. While a piece of it is recorded the next one is read and judged.
    private final class Submission {

        private final Collection collection;
        private final Source source;
        private final List<Verdicts.Verdict> verdicts = new ArrayList<>();
        private final List<Judged> waiting = new ArrayList<>();
        private final List<Judged> deferred = new ArrayList<>();
        private long waitingBytes;
        private long deferredBytes;
        private @Nullable FutureTask<List<Verdicts.Verdict>> underWay;

        Submission(Collection collection, Source source) {
            this.collection = collection;
            this.source = source;
        }

        void take(BundleReader.Item item) {
            switch (item) {
                case BundleReader.Item.Refused(int index, MalformedStix why) ->
                        refuse(index, null, String.valueOf(why.getMessage()), List.of());
                case BundleReader.Item.Read(int index, StixObject object) -> judge(index, object);
            }
            if (waiting.size() >= PIECE || waitingBytes >= PIECE_BYTES) {
                flush();
            }
        }

        private void judge(int index, StixObject object) {
            if (!Upgrade.isDue(object) || isGoodAsItStands(object)) {
                if (accepts(index, object, List.of(object), "")) {
                    keep(index, object, null);
                }
                return;
            }
            try {
                Upgrade upgrade = Upgrade.of(object);
                if (accepts(index, object, upgrade.objects(), " (after the upgrade to STIX 2.1)")) {
                    Original original = new Original(object.bytes(), upgrade.changes());
                    waitingBytes += object.bytes().length;
                    upgrade.objects().forEach(one -> keep(index, one, original));
                }
            } catch (MalformedStix e) {
                refuse(index, object, String.valueOf(e.getMessage()), List.of());
            }
        }

        /// Some objects that say they are of STIX 2.0 are valid STIX 2.1 but for that word; TAXII serves them as 2.0.
        private boolean isGoodAsItStands(StixObject object) {
            return object.json().has("spec_version") && validator.validate(object.json()).valid();
        }

        /// Whether the objects that one place of the document stands for are all valid; refuses it where not.
        private boolean accepts(
                int index, StixObject named, List<StixObject> objects, String afterwards) {
            for (StixObject object : objects) {
                Verdict verdict = validator.validate(object.json());
                if (!verdict.valid()) {
                    Finding first = verdict.errors().getFirst();
                    refuse(
                            index,
                            named,
                            first.pointer() + ": " + first.message() + afterwards,
                            verdict.errors());
                    return false;
                }
            }
            return true;
        }

        private void keep(int index, StixObject object, @Nullable Original original) {
            waiting.add(new Judged(index, object, Versions.digestBytes(object), original));
            waitingBytes += object.bytes().length;
        }

        private void refuse(
                int index, @Nullable StixObject object, String message, List<Finding> findings) {
            Timestamp version = object == null ? null : object.version();
            verdicts.add(
                    new Verdicts.Verdict(
                            index,
                            object == null ? null : object.id().toString(),
                            version == null ? null : version.toString(),
                            Verdicts.Outcome.REFUSED,
                            message,
                            findings));
        }

        /// Records what waits, apart from relations that can wait until what they relate has come.
        private void flush() {
            List<Judged> piece = new ArrayList<>(waiting.size());
            for (Judged one : waiting) {
                if (relates(one.object()) && deferredBytes < DEFERRED_BYTES) {
                    deferred.add(one);
                    deferredBytes += one.object().bytes().length;
                } else {
                    piece.add(one);
                }
            }
            waiting.clear();
            waitingBytes = 0;
            start(piece);
        }

        private static boolean relates(StixObject object) {
            return object.type().equals("relationship") || object.type().equals("sighting");
        }

        private void start(List<Judged> piece) {
            await();
            if (piece.isEmpty()) {
                return;
            }
            FutureTask<List<Verdicts.Verdict>> task = new FutureTask<>(() -> record(piece));
            underWay = task;
            Thread.ofVirtual().name("intake-piece").start(task);
        }

        private void await() {
            FutureTask<List<Verdicts.Verdict>> task = underWay;
            underWay = null;
            if (task == null) {
                return;
            }
            try {
                verdicts.addAll(task.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreUnavailable("interrupted while objects were recorded", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException why) {
                    throw why;
                }
                throw new StoreUnavailable("objects could not be recorded", e.getCause());
            }
        }

        private List<Verdicts.Verdict> record(List<Judged> piece) {
            disk.require();
            Gate.Placed placed =
                    gate.place(
                            piece.stream().map(Judged::object).toList(),
                            source.organisation(),
                            source.deposited(),
                            collection.destination());
            return waitingForOthers
                    .settleAround(
                            placed,
                            () -> objects.add(collection, source, candidates(piece, placed)))
                    .verdicts();
        }

        private static List<Candidate> candidates(List<Judged> piece, Gate.Placed placed) {
            List<Candidate> candidates = new ArrayList<>(piece.size());
            for (int i = 0; i < piece.size(); i++) {
                Judged one = piece.get(i);
                candidates.add(
                        new Candidate(
                                one.index(),
                                one.object(),
                                one.digest(),
                                placed.references().get(i),
                                placed.firstHand().get(i),
                                placed.placements().get(i).audience(),
                                placed.placements().get(i).closure(),
                                one.original(),
                                null));
            }
            return candidates;
        }

        /// Records what is left and answers for the whole document.
        Verdicts finish() {
            List<Judged> rest = new ArrayList<>(deferred);
            rest.addAll(waiting);
            for (int from = 0; from < rest.size(); from += PIECE) {
                start(List.copyOf(rest.subList(from, Math.min(rest.size(), from + PIECE))));
            }
            await();
            return Verdicts.inOrder(verdicts);
        }
    }
}
