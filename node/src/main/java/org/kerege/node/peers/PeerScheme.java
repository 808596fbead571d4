package org.kerege.node.peers;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Party;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.CallerScheme;
import org.kerege.node.identity.Role;

/// Lets nodes in that have an agreement with this one: to the collections that it gives them, while the agreement is in
/// force; and to the exchange of mail also afterwards, since recalls are answered to the end.
final class PeerScheme implements CallerScheme {

    private final Gate gate;
    private final Agreements agreements;
    private final Catalogue catalogue;
    private final PeerStates states;
    private final Clock clock;

    PeerScheme(
            Gate gate, Agreements agreements, Catalogue catalogue, PeerStates states, Clock clock) {
        this.gate = gate;
        this.agreements = agreements;
        this.catalogue = catalogue;
        this.states = states;
        this.clock = clock;
    }

    @Override
    public String name() {
        return PeerCall.SCHEME;
    }

    @Override
    public Answer prove(String credentials, String path) {
        PeerCall.Claimed claimed = PeerCall.read(credentials);
        Instant now = clock.instant();
        if (claimed == null
                || !claimed.call().isFresh(now)
                || !claimed.call().to().equals(gate.organisations().identity(gate.own()))) {
            return Answer.NOBODY;
        }
        Agreement agreement = agreements.find(claimed.call().agreement()).orElse(null);
        Party other = agreement == null ? null : agreement.otherParty();
        if (agreement == null
                || other == null
                || agreement.acceptance() == null
                || !claimed.isSignedBy(other.key())) {
            return Answer.NOBODY;
        }
        boolean mail = path.startsWith(PeerMailRoute.PATH);
        String refusal = mail ? null : refusal(agreement, other, path, now);
        return refusal == null
                ? Answer.of(
                        new Caller(
                                account(agreement),
                                agreement.other(),
                                Set.of(Role.READER),
                                given(Objects.requireNonNull(agreement.ownParty()))))
                : Answer.refused(refusal);
    }

    /// The account as which another node calls.
    private static String account(Agreement agreement) {
        return "node of " + agreement.other();
    }

    /// The agreement under which another node calls; empty where the caller is no such node.
    Optional<Agreement> agreementOf(Caller caller) {
        return agreements
                .with(gate.organisations().identity(caller.organisation()), clock.instant())
                .filter(one -> caller.account().equals(account(one)));
    }

    private @Nullable String refusal(Agreement agreement, Party other, String path, Instant now) {
        Agreement.State state = agreement.stateAt(now);
        if (state != Agreement.State.IN_FORCE) {
            return switch (state) {
                case INVITED, PLANNED ->
                        "the agreement with "
                                + agreement.other()
                                + " begins on "
                                + agreement.terms().from();
                case SUSPENDED ->
                        "the agreement with "
                                + agreement.other()
                                + " is suspended: "
                                + agreement.reasonAt(now);
                case ENDED, IN_FORCE ->
                        "the agreement with "
                                + agreement.other()
                                + " ended on "
                                + agreement.end()
                                + (agreement.reasonAt(now) == null
                                        ? ""
                                        : ": " + agreement.reasonAt(now));
            };
        }
        String quarantine = states.quarantine(other.identity());
        if (quarantine != null) {
            return "quarantined: " + quarantine;
        }
        return path.startsWith("/peers/")
                        || path.startsWith("/taxii2")
                        || path.contains("/collections")
                        || path.chars().filter(c -> c == '/').count() <= 2
                ? null
                : "a node reads collections and exchanges mail, and nothing else";
    }

    private Set<UUID> given(Party own) {
        Set<UUID> given = new HashSet<>();
        for (String alias : own.gives()) {
            Places.called(catalogue, alias).forEach(one -> given.add(one.id()));
        }
        return given;
    }
}
