package org.kerege.node.agreement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.AgreementRefused.Fault;
import org.kerege.stix.StixId;
import org.kerege.tlog.VerifierKey;

/// An agreement as the papers say it, in the order in which they were entered. It does not change; a further paper makes
/// another one.
public final class Agreement {

    /// How far the clock of the other side may be ahead of ours.
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final int MOST_PAPERS = 1_000;

    private final StixId own;
    private final Paper.Invitation invitation;
    private final Paper.@Nullable Acceptance acceptance;
    private final List<Paper.Change> changes;
    private final VerifierKey inviterKey;
    private final @Nullable VerifierKey invitedKey;
    private final Set<String> digests;

    private Agreement(
            StixId own,
            Paper.Invitation invitation,
            Paper.@Nullable Acceptance acceptance,
            List<Paper.Change> changes,
            VerifierKey inviterKey,
            @Nullable VerifierKey invitedKey,
            Set<String> digests) {
        this.own = own;
        this.invitation = invitation;
        this.acceptance = acceptance;
        this.changes = List.copyOf(changes);
        this.inviterKey = inviterKey;
        this.invitedKey = invitedKey;
        this.digests = Set.copyOf(digests);
    }

    /// Where an agreement stands at an instant.
    public enum State {
        /// Waits for the other side.
        INVITED,
        /// Accepted; begins later.
        PLANNED,
        IN_FORCE,
        SUSPENDED,
        /// Ended by one side, or its time is over.
        ENDED
    }

    /// Begins with an invitation, ours or theirs.
    ///
    /// @param own identity of this node's organisation
    /// @throws AgreementRefused when it is not signed by the key that it presents
    static Agreement begin(StixId own, Paper.Invitation invitation) {
        requireSigned(invitation, invitation.party().key());
        return new Agreement(
                own,
                invitation,
                null,
                List.of(),
                invitation.party().key(),
                null,
                Set.of(invitation.source().digest()));
    }

    /// The agreement after a further paper.
    ///
    /// @param lostKey a key that a person has confirmed for a side that lost its own; null where there is none
    /// @param now by this node's clock
    /// @throws AgreementRefused when the paper does not follow
    Agreement after(Paper paper, @Nullable VerifierKey lostKey, Instant now) {
        if (digests.contains(paper.source().digest())) {
            throw new AgreementRefused(Fault.REPLAYED, "this paper was entered before");
        }
        if (digests.size() >= MOST_PAPERS) {
            throw new AgreementRefused(
                    Fault.OUT_OF_TURN, "an agreement has at most " + MOST_PAPERS + " papers");
        }
        return switch (paper) {
            case Paper.Invitation _ ->
                    throw new AgreementRefused(
                            Fault.REPLAYED, "there is an invitation to this agreement already");
            case Paper.Acceptance answer -> accepted(answer, now);
            case Paper.Change change -> changed(change, now);
            case Paper.Rotation rotation -> rotated(rotation, lostKey);
        };
    }

    private Agreement accepted(Paper.Acceptance answer, Instant now) {
        if (acceptance != null) {
            throw new AgreementRefused(Fault.REPLAYED, "the invitation has been accepted before");
        }
        if (!answer.invitation().equals(invitation.source().digest())) {
            throw new AgreementRefused(Fault.UNKNOWN, "it accepts another invitation");
        }
        requireSigned(answer, answer.party().key());
        if (answer.party().identity().equals(invitation.party().identity())) {
            throw new AgreementRefused(Fault.FORGED, "nobody accepts an invitation of their own");
        }
        if (!answer.party().organisation().equals(invitation.invited())) {
            throw new AgreementRefused(
                    Fault.NOT_FOR_US,
                    "the invitation is for "
                            + invitation.invited()
                            + " and is accepted by "
                            + answer.party().organisation());
        }
        if (!now.isBefore(invitation.answerBy())
                || !answer.source().instant("created").isBefore(invitation.answerBy())) {
            throw new AgreementRefused(
                    Fault.EXPIRED, "it could be accepted until " + invitation.answerBy());
        }
        return new Agreement(
                own, invitation, answer, changes, inviterKey, answer.party().key(), with(answer));
    }

    private Agreement changed(Paper.Change change, Instant now) {
        StixId author = change.source().author();
        requireSigned(change, keyOf(author));
        if (changes.stream().anyMatch(one -> one.deed() == Paper.Deed.END)) {
            throw new AgreementRefused(Fault.OUT_OF_TURN, "the agreement was ended already");
        }
        Instant made = change.source().instant("created");
        if (made.isAfter(now.plus(CLOCKS))) {
            throw new AgreementRefused(Fault.WRONG_TIME, "it says that it was made at " + made);
        }
        if (change.at().isBefore(made.minus(CLOCKS))) {
            throw new AgreementRefused(
                    Fault.WRONG_TIME, "it reaches back to " + change.at() + ", before it was made");
        }
        boolean suspended = suspendedBy(Instant.MAX).contains(author);
        if ((change.deed() == Paper.Deed.SUSPEND) == suspended && change.deed() != Paper.Deed.END) {
            throw new AgreementRefused(
                    Fault.OUT_OF_TURN,
                    suspended
                            ? "its author has suspended it already"
                            : "its author has not suspended it");
        }
        List<Paper.Change> all = new ArrayList<>(changes);
        all.add(change);
        return new Agreement(
                own, invitation, acceptance, all, inviterKey, invitedKey, with(change));
    }

    private Agreement rotated(Paper.Rotation rotation, @Nullable VerifierKey lostKey) {
        StixId author = rotation.source().author();
        VerifierKey before = keyOf(author);
        requireSigned(rotation, rotation.key());
        String handover = rotation.before();
        boolean handedOver =
                handover != null
                        && KeyHandover.verifies(
                                before, agreement(), rotation.key().toString(), handover);
        if (!handedOver && (lostKey == null || !rotation.key().equals(lostKey))) {
            throw new AgreementRefused(
                    Fault.FORGED,
                    "the key before did not sign for the new one; where it is lost, have the new key confirmed by"
                            + " another way and name it");
        }
        boolean inviter = author.equals(invitation.party().identity());
        return new Agreement(
                own,
                invitation,
                acceptance,
                changes,
                inviter ? rotation.key() : inviterKey,
                inviter ? invitedKey : rotation.key(),
                with(rotation));
    }

    private static void requireSigned(Paper paper, VerifierKey key) {
        if (!paper.source().isSignedBy(key)) {
            throw new AgreementRefused(
                    Fault.FORGED,
                    "it is not signed by " + key.name() + ", or was changed after it was signed");
        }
    }

    private Set<String> with(Paper paper) {
        Set<String> all = new HashSet<>(digests);
        all.add(paper.source().digest());
        return all;
    }

    private VerifierKey keyOf(StixId author) {
        if (author.equals(invitation.party().identity())) {
            return inviterKey;
        }
        if (acceptance != null && author.equals(acceptance.party().identity())) {
            return Objects.requireNonNull(invitedKey);
        }
        throw new AgreementRefused(Fault.FORGED, author + " is no side of this agreement");
    }

    public UUID agreement() {
        return invitation.agreement();
    }

    public Terms terms() {
        return invitation.terms();
    }

    public Paper.Invitation invitation() {
        return invitation;
    }

    /// Null while the invitation waits for its answer.
    public Paper.@Nullable Acceptance acceptance() {
        return acceptance;
    }

    /// What was changed, in the order of entry.
    public List<Paper.Change> changes() {
        return changes;
    }

    public boolean isInvitationOurs() {
        return invitation.party().identity().equals(own);
    }

    /// Name of the other side.
    public String other() {
        return isInvitationOurs() ? invitation.invited() : invitation.party().organisation();
    }

    /// The other side with the key that it signs with now; null while it has not answered.
    public @Nullable Party otherParty() {
        if (!isInvitationOurs()) {
            return invitation.party().with(inviterKey);
        }
        return acceptance == null
                ? null
                : acceptance.party().with(Objects.requireNonNull(invitedKey));
    }

    /// This node's side; null while it has not answered.
    public @Nullable Party ownParty() {
        if (isInvitationOurs()) {
            return invitation.party();
        }
        return acceptance == null ? null : acceptance.party();
    }

    /// Digest of the council's act that either side cites; null where none does.
    public @Nullable String act() {
        String cited = invitation.act();
        return cited == null && acceptance != null ? acceptance.act() : cited;
    }

    public State stateAt(Instant at) {
        Instant end = end();
        if (end != null && !at.isBefore(end)) {
            return State.ENDED;
        }
        if (acceptance == null) {
            return at.isBefore(invitation.answerBy()) ? State.INVITED : State.ENDED;
        }
        if (at.isBefore(terms().from())) {
            return State.PLANNED;
        }
        return suspendedBy(at).isEmpty() ? State.IN_FORCE : State.SUSPENDED;
    }

    /// First instant at which it is over; null when none is known.
    public @Nullable Instant end() {
        Instant until = terms().until();
        for (Paper.Change change : changes) {
            if (change.deed() == Paper.Deed.END && (until == null || change.at().isBefore(until))) {
                until = change.at();
            }
        }
        return until;
    }

    /// Why it is as it is at an instant, in the words of whoever changed it last; null where nobody did.
    public @Nullable String reasonAt(Instant at) {
        return changes.stream()
                .filter(change -> !change.at().isAfter(at))
                .max(Comparator.comparing(Paper.Change::at))
                .map(Paper.Change::why)
                .orElse(null);
    }

    private Set<StixId> suspendedBy(Instant at) {
        Set<StixId> suspended = new HashSet<>();
        changes.stream()
                .filter(change -> !change.at().isAfter(at))
                .forEach(change -> {
                    StixId author = change.source().author();
                    if (change.deed() == Paper.Deed.SUSPEND) {
                        suspended.add(author);
                    } else {
                        suspended.remove(author);
                    }
                });
        return suspended;
    }

    /// When its state changes next after `at`, by what is known; null for never.
    public @Nullable Instant nextChange(Instant at) {
        List<Instant> instants = new ArrayList<>(List.of(terms().from()));
        changes.forEach(change -> instants.add(change.at()));
        Instant end = end();
        if (end != null) {
            instants.add(end);
        }
        return instants.stream()
                .filter(one -> one.isAfter(at))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
