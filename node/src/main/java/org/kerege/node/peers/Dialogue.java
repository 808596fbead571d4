package org.kerege.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Standing;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.AgreementRefused;
import org.kerege.node.agreement.AgreementRefused.Fault;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Paper;
import org.kerege.node.agreement.Party;
import org.kerege.node.agreement.Terms;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.Organisations;
import org.kerege.node.ledger.Ledger;
import org.kerege.stix.StixId;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;

/// What this node agrees with others: makes papers and takes those of the other side. Each is entered in the ledger
/// before it is answered or handed out.
public final class Dialogue {

    private final Gate gate;
    private final Agreements agreements;
    private final Ledger ledger;
    private final Catalogue catalogue;
    private final Charter charter;
    private final Mailbox mailbox;
    private final PeerKeys keys;
    private final @Nullable String certificate;
    private final Clock clock;

    /// @param certificate SHA-256 of this node's TLS certificate's public key; null where it speaks plain HTTP
    Dialogue(
            Gate gate,
            Agreements agreements,
            Ledger ledger,
            Catalogue catalogue,
            Charter charter,
            Mailbox mailbox,
            PeerKeys keys,
            @Nullable String certificate,
            Clock clock) {
        this.gate = gate;
        this.agreements = agreements;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.charter = charter;
        this.mailbox = mailbox;
        this.keys = keys;
        this.certificate = certificate;
        this.clock = clock;
    }

    /// What this side brings to an agreement.
    ///
    /// @param gives aliases of the collections that the other side may read
    /// @param address at which the other side reaches this node; null where it is only called from here
    /// @param act digest of the council's act that admits the other side; null where there is no charter
    public record OwnSide(List<String> gives, @Nullable URI address, @Nullable String act) {
        public OwnSide {
            gives = List.copyOf(gives);
        }
    }

    /// An agreement after a paper was taken, and our paper that answers it.
    public record Taken(Agreement agreement, @Nullable Paper answer) {}

    /// Invites another organisation.
    ///
    /// @param validity how long the invitation can be accepted
    /// @throws AgreementRefused when a charter is in force and has not admitted it
    /// @throws IllegalArgumentException when a collection is not here
    public Paper.Invitation invite(
            String organisation, Terms terms, OwnSide side, Duration validity, String by) {
        Instant now = now();
        requireOther(organisation, null);
        requireAct(organisation, terms, side.act(), now);
        Paper.Invitation invitation =
                Paper.invite(
                        keys.current(),
                        own(side),
                        organisation,
                        terms,
                        now.plus(validity),
                        side.act(),
                        now);
        enter(invitation, by, null);
        return invitation;
    }

    /// Takes a paper of the other side. An invitation is accepted by it.
    ///
    /// @param side what this side brings, where the paper is an invitation
    /// @param lostKey the other side's new key, confirmed by a person, where it lost its key; null otherwise
    /// @throws AgreementRefused when it is forged, altered, replayed, expired, for somebody else, or does not follow
    public Taken take(Paper paper, OwnSide side, @Nullable VerifierKey lostKey, String by) {
        return switch (paper) {
            case Paper.Invitation invitation -> accept(invitation, side, by);
            case Paper.Acceptance acceptance -> {
                Agreement agreement = agreements.requireFollows(paper, ownId(), null, now());
                Party other = acceptance.party();
                requireOther(other.organisation(), other.identity());
                requireAct(
                        other.organisation(),
                        agreement.terms(),
                        agreement.invitation().act(),
                        now());
                yield new Taken(enter(paper, by, null), null);
            }
            case Paper.Change _ -> new Taken(enter(paper, by, null), null);
            case Paper.Rotation _ -> new Taken(enter(paper, by, lostKey), null);
        };
    }

    private Taken accept(Paper.Invitation invitation, OwnSide side, String by) {
        Instant now = now();
        if (!invitation.invited().equals(gate.own())) {
            throw new AgreementRefused(
                    Fault.NOT_FOR_US, "the invitation is for " + invitation.invited());
        }
        Party inviter = invitation.party();
        requireOther(inviter.organisation(), inviter.identity());
        requireAct(inviter.organisation(), invitation.terms(), side.act(), now);
        Agreement begun = agreements.requireFollows(invitation, ownId(), null, now);
        if (begun.stateAt(now) == Agreement.State.ENDED) {
            throw new AgreementRefused(
                    Fault.EXPIRED, "it could be accepted until " + invitation.answerBy());
        }
        Paper.Acceptance answer =
                Paper.accept(keys.current(), own(side), invitation, side.act(), now);
        enter(invitation, by, null);
        return new Taken(enter(answer, by, null), answer);
    }

    /// Ends, suspends or resumes an agreement; the other side is told by the next mail, and by the paper.
    ///
    /// @param at from when it holds; null for now
    public Paper.Change change(
            UUID agreement, Paper.Deed deed, @Nullable Instant at, String why, String by) {
        Instant now = now();
        Instant effective = at == null || at.isBefore(now) ? now : at;
        Paper.Change change =
                Paper.change(keys.current(), ownId(), agreement, deed, effective, why, now);
        tell(enter(change, by, null), change);
        return change;
    }

    /// Signs with a new key from now on, in every agreement that is not over.
    ///
    /// @param lost whether the key before is lost or in other hands; the other side then takes the new one only when a
    ///     person there confirms it
    /// @return one paper for each agreement
    public List<Paper.Rotation> rotate(boolean lost, String by) {
        Instant now = now();
        SigningKey before = keys.current();
        SigningKey after;
        try {
            after = keys.renew();
        } catch (IOException e) {
            throw new UncheckedIOException("the new key cannot be kept", e);
        }
        List<Paper.Rotation> papers = new ArrayList<>();
        for (Agreement one : agreements.all()) {
            if (one.stateAt(now) == Agreement.State.ENDED || one.ownParty() == null) {
                continue;
            }
            Paper.Rotation rotation =
                    Paper.rotate(after, lost ? null : before, ownId(), one.agreement(), now);
            tell(enter(rotation, by, lost ? after.verifier() : null), rotation);
            papers.add(rotation);
        }
        return papers;
    }

    private void tell(Agreement agreement, Paper paper) {
        Party other = agreement.otherParty();
        if (other != null) {
            mailbox.send(other.identity(), paper.source());
        }
    }

    private Agreement enter(Paper paper, String by, @Nullable VerifierKey lostKey) {
        Agreement after = ledger.record(agreements.entering(paper, ownId(), by, lostKey, now()));
        agreements.lookAgainNow();
        return after;
    }

    private Party own(OwnSide side) {
        for (String alias : side.gives()) {
            Places.collection(catalogue, alias);
        }
        return new Party(
                gate.own(),
                ownId(),
                keys.current().verifier(),
                side.address(),
                certificate,
                side.gives());
    }

    /// A name and an identity belong to each other, and neither is ours or a third organisation's.
    private void requireOther(String name, @Nullable StixId identity) {
        Organisations known = gate.organisations();
        if (name.equals(gate.own()) || ownId().equals(identity)) {
            throw new AgreementRefused(
                    Fault.OTHER_ORGANISATION, "it is this node's own organisation");
        }
        if (identity == null) {
            return;
        }
        boolean otherIdentity = known.knows(name) && !known.identity(name).equals(identity);
        String knownAs = known.name(identity);
        boolean otherName = !knownAs.equals(identity.toString()) && !knownAs.equals(name);
        if (otherIdentity || otherName) {
            throw new AgreementRefused(
                    Fault.OTHER_ORGANISATION,
                    identity
                            + " presents itself as "
                            + name
                            + ", which is known here as another organisation; members.yaml says which");
        }
    }

    /// Where a charter is in force the council admits members, observers and partners, and nobody else.
    private void requireAct(String organisation, Terms terms, @Nullable String act, Instant now) {
        CharterView view = charter.lookAgainNow();
        if (view == null || view.inForce() == null || terms.tier() == Standing.EXPERT) {
            return;
        }
        Instant from = terms.from().isBefore(now) ? now : terms.from();
        String standing = view.standingsAt(from).get(organisation);
        if (!Terms.word(terms.tier()).equals(standing)) {
            throw new AgreementRefused(
                    Fault.NO_ACT,
                    "by the charter "
                            + organisation
                            + " is "
                            + Objects.requireNonNullElse(standing, "nothing to the alliance")
                            + " at "
                            + from
                            + ", not "
                            + Terms.word(terms.tier()));
        }
        boolean cited =
                act != null
                        && view.acts().stream()
                                .anyMatch(one ->
                                        one.act().digest().equals(act) && one.isInForceAt(from));
        if (!cited) {
            throw new AgreementRefused(
                    Fault.NO_ACT,
                    "cite the act in force by which the council admits "
                            + organisation
                            + "; './kerege charter show' has its digest");
        }
    }

    private StixId ownId() {
        return gate.organisations().identity(gate.own());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
