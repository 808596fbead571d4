package org.kerege.node.peers;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Party;
import org.kerege.node.agreement.SignedObject;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.node.exchange.Erasure;
import org.kerege.node.exchange.Version;
import org.kerege.node.exchange.Withdrawal;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Recalls, there and back: what is taken off here, who is told, and what each of them answers for.
///
/// A recall follows the deliveries. Whoever is recalled from takes the object off in the transaction that enters the
/// recall, finds in its own ledger to whom it gave the object, tells them, and answers at once; it answers again whenever
/// one of them does, with that one's signed answer inside. So the first one sees by name who is left, however far the
/// object went.
public final class Recalls {

    private final Credence credence;
    private final Gate gate;
    private final Agreements agreements;
    private final Ledger ledger;
    private final DataSource database;
    private final Catalogue catalogue;
    private final Changes changes;
    private final Mailbox mailbox;
    private final PeerKeys keys;
    private final Consumer<List<Erasure.Erased>> erasures;
    private final Clock clock;

    /// @param erasures keeps what was erased for the day when a backup is put back
    Recalls(
            Gate gate,
            Agreements agreements,
            Ledger ledger,
            DataSource database,
            Catalogue catalogue,
            Changes changes,
            Mailbox mailbox,
            PeerKeys keys,
            Consumer<List<Erasure.Erased>> erasures,
            Clock clock) {
        this.credence = new Credence(agreements, gate, JdbcClient.create(database));
        this.gate = gate;
        this.agreements = agreements;
        this.ledger = ledger;
        this.database = database;
        this.catalogue = catalogue;
        this.changes = changes;
        this.mailbox = mailbox;
        this.keys = keys;
        this.erasures = erasures;
        this.clock = clock;
    }

    /// What came of one piece of work on recalls.
    ///
    /// @param told whose mail has something new
    private record Done(Recall recall, Withdrawal.Outcome outcome, Set<StixId> told) {}

    /// Recalls an object from everybody to whom this node gave it.
    ///
    /// @param upTo the last version concerned; null for all
    /// @param by who decided it
    Recall give(
            StixId object,
            Recall.Cause cause,
            String why,
            @Nullable Timestamp upTo,
            Instant answerBy,
            String by) {
        Instant now = now();
        Recall recall =
                Recall.sign(keys.current(), own(), object, cause, why, upTo, answerBy, null, now);
        finish(
                ledger.record(transaction -> {
                    List<String> recipients = recipients(transaction, recall, List.of());
                    append(transaction, recall, by);
                    Withdrawal.Outcome outcome = withdrawal(recall, null, false).run(transaction);
                    RecallBook book = RecallBook.in(transaction.connection());
                    book.enter(recall, null, null, now);
                    Set<StixId> told = tell(transaction, book, recall, recipients, now);
                    return new Done(recall, outcome, told);
                }));
        return recall;
    }

    /// Takes a recall that a peer brings, and answers it.
    ///
    /// @throws RecallRefused when it is not what its bringer may say
    Receipt take(Agreement from, SignedObject object) {
        Recall recall = Recall.read(object);
        Party bringer = Objects.requireNonNull(from.otherParty());
        Credence.requireBy(recall.source(), bringer, "recall");
        credence.requireOriginal(recall);
        RecallBook.Entered before = reading().find(recall.id()).orElse(null);
        if (before != null) {
            return again(before, bringer);
        }
        if (recall.source().instant("created").isAfter(now().plus(5, ChronoUnit.MINUTES))) {
            throw new RecallRefused("wrong-time", "it says that it was made later than now");
        }
        finish(ledger.record(transaction -> take(transaction, recall, from, bringer)));
        return Objects.requireNonNull(reading().find(recall.id()).orElseThrow().answer());
    }

    private Done take(LedgerTransaction transaction, Recall recall, Agreement from, Party bringer)
            throws SQLException {
        Instant now = now();
        RecallBook book = RecallBook.in(transaction.connection());
        boolean already =
                !book.brought(recall.root().id()).isEmpty()
                        || book.find(recall.root().id())
                                .filter(one -> one.bringer() == null)
                                .isPresent();
        List<String> onward =
                recipients(
                        transaction,
                        recall,
                        List.of(
                                from.other(),
                                gate.organisations().name(recall.root().source().author())));
        append(transaction, recall, "node of " + from.other());
        RecallBook.Hold hold = book.hold(recall.object(), now).orElse(null);
        Withdrawal.Outcome outcome =
                withdrawal(recall, credence.sourceOf(recall, from), hold == null).run(transaction);
        book.enter(recall, from.other(), null, now);
        Set<StixId> told = new LinkedHashSet<>();
        List<Receipt.Onward> open = List.of();
        if (outcome.versions() > 0 && !onward.isEmpty()) {
            Recall own =
                    Recall.sign(
                            keys.current(),
                            own(),
                            recall.object(),
                            recall.cause(),
                            recall.why(),
                            recall.upTo(),
                            recall.answerBy(),
                            recall.root(),
                            now);
            append(transaction, own, "node");
            book.enter(own, null, recall.id(), now);
            told.addAll(tell(transaction, book, own, onward, now));
            open = onward(book, own.id());
        }
        Receipt answer =
                Receipt.sign(
                        keys.current(),
                        own(),
                        new Receipt.Content(
                                recall,
                                outcome(outcome, hold != null, already),
                                outcome.versions(),
                                hold == null ? null : hold.ground(),
                                hold == null ? null : hold.until(),
                                open),
                        now,
                        now);
        say(transaction, book, recall, answer, bringer.identity(), now);
        told.add(bringer.identity());
        if (outcome.versions() > 0 && !outcome.others()) {
            for (RecallBook.Entered earlier : book.brought(recall.root().id())) {
                Receipt said = earlier.answer();
                if (said != null && said.outcome() == Receipt.Outcome.CLAIMED) {
                    told.addAll(
                            sayAgain(
                                    transaction,
                                    book,
                                    earlier.recall().id(),
                                    answer.outcome(),
                                    now));
                }
            }
        }
        return new Done(recall, outcome, told);
    }

    private static Receipt.Outcome outcome(Withdrawal.Outcome done, boolean held, boolean already) {
        if (done.versions() == 0) {
            return already
                    ? Receipt.Outcome.ALREADY
                    : done.others()
                            ? Receipt.Outcome.CLAIMED
                            : done.later()
                                    ? Receipt.Outcome.SUPERSEDED
                                    : Receipt.Outcome.NEVER_HELD;
        }
        if (held) {
            return Receipt.Outcome.KEPT;
        }
        return done.others()
                ? Receipt.Outcome.CLAIMED
                : done.later() ? Receipt.Outcome.SUPERSEDED : Receipt.Outcome.ERASED;
    }

    /// The same recall came again: its answer may have been lost on the way, so it is given again.
    private Receipt again(RecallBook.Entered before, Party bringer) {
        Receipt answer = before.answer();
        if (answer == null || !bringer.organisation().equals(before.bringer())) {
            throw new RecallRefused("replayed", "this recall was entered before");
        }
        mailbox.send(bringer.identity(), answer.source());
        return answer;
    }

    /// That somebody did not take one of our recalls: it stays open, with the reason.
    void refusedBy(Agreement agreement, StixId recall, String why) {
        reading().note(recall, agreement.other(), "refused there: " + why, now());
    }

    /// Takes an answer to one of our recalls.
    ///
    /// @throws RecallRefused when it is not what its bringer can answer for; the recall stays open, with the reason
    void answered(Agreement from, SignedObject object) {
        Receipt receipt = Receipt.read(object);
        Party bringer = Objects.requireNonNull(from.otherParty());
        RecallBook.Copy copy =
                reading().copies(receipt.recall()).stream()
                        .filter(one -> one.identity().equals(bringer.identity()))
                        .findFirst()
                        .orElseThrow(() ->
                                new RecallRefused(
                                        "unknown",
                                        "no recall " + receipt.recall() + " was told to it"));
        try {
            Credence.requireBy(receipt.source(), bringer, "answer");
            credence.requireAnswer(
                    receipt,
                    reading().find(receipt.recall()).orElseThrow().recall(),
                    copy.answer());
        } catch (RecallRefused e) {
            reading()
                    .note(
                            receipt.recall(),
                            copy.organisation(),
                            String.valueOf(e.getMessage()),
                            now());
            throw e;
        }
        Set<StixId> told = ledger.record(transaction -> enter(transaction, receipt, copy));
        told.forEach(mailbox::announce);
    }

    private Set<StixId> enter(LedgerTransaction transaction, Receipt receipt, RecallBook.Copy copy)
            throws SQLException {
        Instant now = now();
        RecallBook book = RecallBook.in(transaction.connection());
        transaction.append(
                EntryKind.RECEIPT,
                meta("recall", receipt.recall().toString(), "from", copy.organisation()),
                receipt.source().bytes());
        book.answered(receipt.recall(), copy.organisation(), receipt, now);
        RecallBook.Entered ours = book.find(receipt.recall()).orElseThrow();
        return ours.passesOn() == null
                ? Set.of()
                : sayAgain(transaction, book, ours.passesOn(), null, now);
    }

    /// Answers a recall anew after something changed below or here.
    ///
    /// @param outcome what became of our copy; null where that stays as it was said
    private Set<StixId> sayAgain(
            LedgerTransaction transaction,
            RecallBook book,
            StixId brought,
            Receipt.@Nullable Outcome outcome,
            Instant now)
            throws SQLException {
        RecallBook.Entered entered = book.find(brought).orElseThrow();
        Receipt before = entered.answer();
        Party bringer = entered.bringer() == null ? null : party(entered.bringer());
        if (before == null || bringer == null) {
            return Set.of();
        }
        List<Receipt.Onward> passedOn = new ArrayList<>();
        for (RecallBook.Entered own : book.passingOn(brought)) {
            passedOn.addAll(onward(book, own.recall().id()));
        }
        Instant at = now.isAfter(before.at()) ? now : before.at().plusMillis(1);
        Receipt answer =
                Receipt.sign(
                        keys.current(),
                        own(),
                        new Receipt.Content(
                                entered.recall(),
                                outcome == null ? before.outcome() : outcome,
                                before.source().json().path("versions").asInt(),
                                outcome == null ? before.ground() : null,
                                outcome == null ? before.until() : null,
                                passedOn),
                        before.source().instant("created"),
                        at);
        say(transaction, book, entered.recall(), answer, bringer.identity(), now);
        return Set.of(bringer.identity());
    }

    private static List<Receipt.Onward> onward(RecallBook book, StixId own) {
        return book.copies(own).stream()
                .map(one -> new Receipt.Onward(one.organisation(), one.identity(), one.answer()))
                .toList();
    }

    private static void say(
            LedgerTransaction transaction,
            RecallBook book,
            Recall recall,
            Receipt answer,
            StixId bringer,
            Instant now)
            throws SQLException {
        transaction.append(
                EntryKind.RECEIPT,
                meta("recall", recall.id().toString(), "to", bringer.toString()),
                answer.source().bytes());
        book.answer(recall.id(), answer);
        Mailbox.send(transaction.connection(), bringer, answer.source(), now);
    }

    /// Keeps an object from being erased, for a ground in law; it is taken off all the same when it is recalled.
    void hold(StixId object, String ground, Instant until, String by) {
        if (!until.isAfter(now())) {
            throw new IllegalArgumentException("a hold lasts until a later time than now");
        }
        reading().hold(object, ground, until, by);
    }

    /// Erases what was kept and need not be kept any more, and answers its recalls anew.
    void endHolds() {
        Instant now = now();
        for (StixId object : reading().heldUntil(now)) {
            for (RecallBook.Entered one : reading().of(object)) {
                Receipt answer = one.answer();
                if (answer != null && answer.outcome() == Receipt.Outcome.KEPT) {
                    Agreement from = agreementWith(party(String.valueOf(one.bringer())));
                    finish(
                            ledger.record(transaction -> {
                                Withdrawal.Outcome done =
                                        withdrawal(
                                                        one.recall(),
                                                        credence.sourceOf(one.recall(), from),
                                                        true)
                                                .run(transaction);
                                Set<StixId> told =
                                        sayAgain(
                                                transaction,
                                                RecallBook.in(transaction.connection()),
                                                one.recall().id(),
                                                Receipt.Outcome.ERASED,
                                                now);
                                return new Done(one.recall(), done, told);
                            }));
                }
            }
            reading().endHold(object);
        }
    }

    /// The latest recalls, given and taken, each with everybody it concerns.
    public List<RecallSheet> sheets() {
        return RecallSheet.all(reading(), clock.instant());
    }

    /// The tables, to read.
    RecallBook reading() {
        return new RecallBook(database);
    }

    private Withdrawal withdrawal(Recall recall, @Nullable String source, boolean erase) {
        Timestamp upTo = recall.upTo();
        return new Withdrawal(
                recall.object(),
                source,
                upTo == null ? null : Version.of(upTo),
                recall.cause() == Recall.Cause.REVOKED,
                erase,
                recall.id().toString());
    }

    /// Names of those to whom this node gave a version that is recalled.
    private List<String> recipients(
            LedgerTransaction transaction, Recall recall, List<String> without) {
        Timestamp upTo = recall.upTo();
        DeliveredObjects deliveries =
                new DeliveredObjects(
                        JdbcClient.create(
                                new SingleConnectionDataSource(transaction.connection(), true)));
        return deliveries.of(recall.object()).stream()
                .filter(one -> upTo == null || Timestamp.parse(one.version()).compareTo(upTo) <= 0)
                .map(DeliveredObjects.Delivery::recipient)
                .distinct()
                .filter(name -> !without.contains(name) && !gate.isOwn(name))
                .toList();
    }

    private Set<StixId> tell(
            LedgerTransaction transaction,
            RecallBook book,
            Recall recall,
            List<String> recipients,
            Instant now)
            throws SQLException {
        Set<StixId> told = new LinkedHashSet<>();
        for (String name : recipients) {
            StixId identity = gate.organisations().identity(name);
            boolean peer = agreements.knownParty(identity).isPresent();
            book.addCopy(recall.id(), name, identity, peer, now);
            if (peer) {
                Mailbox.send(transaction.connection(), identity, recall.source(), now);
                told.add(identity);
            }
        }
        return told;
    }

    private void finish(Done done) {
        for (int number : done.outcome().collections()) {
            catalogue.collection(number).ifPresent(changes::changed);
        }
        if (!done.outcome().erased().isEmpty()) {
            erasures.accept(done.outcome().erased());
        }
        done.told().forEach(mailbox::announce);
    }

    private static void append(LedgerTransaction transaction, Recall recall, String by) {
        transaction.append(
                EntryKind.RECALL,
                meta("recall", recall.id().toString(), "by", by),
                recall.source().bytes());
    }

    private static byte[] meta(String name, String value, String other, String otherValue) {
        return Json.mapper()
                .createObjectNode()
                .put(name, value)
                .put(other, otherValue)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Party party(String name) {
        return agreements.knownParty(gate.organisations().identity(name)).orElse(null);
    }

    private Agreement agreementWith(@Nullable Party party) {
        return agreements.all().stream()
                .filter(one -> party != null && party.equals(one.otherParty()))
                .findFirst()
                .orElseThrow();
    }

    private StixId own() {
        return gate.organisations().identity(gate.own());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
