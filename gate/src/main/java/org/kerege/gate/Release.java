package org.kerege.gate;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Reason.Code;
import org.kerege.stix.StixId;

/// The rule of release, for one instant: who may have an object of given terms. It is a pure function of the
/// roster, the request and the terms; nothing that is not allowed here is allowed anywhere.
///
/// The order of the questions decides which reason is given, and one thing more: what the channel must be
/// holds even for the source, everything after the source's own claim does not.
public record Release(
        Roster roster, Recipient recipient, Channel channel, Purpose purpose, Instant at) {

    /// Whether and why the recipient may have an object of these terms, references and parts aside.
    public Decision decide(Terms terms) {
        Label label = terms.label();
        Reason barred = barredByChannel(label);
        if (barred == null && isSource(terms)) {
            return Decision.release(Reason.of(Code.OWN_OBJECT));
        }
        if (barred == null) {
            barred = barredByConditions(label);
        }
        if (barred == null) {
            barred = barredByLists(label);
        }
        if (barred != null) {
            return Decision.withhold(barred);
        }
        return bySharing(terms);
    }

    /// Whether the recipient is the source of an object of these terms and put it here itself.
    public boolean isSource(Terms terms) {
        return terms.role() == Role.ORIGINATOR && isRecipient(terms.source());
    }

    private @Nullable Reason barredByChannel(Label label) {
        if (label.duties().contains(Duty.ENCRYPT_IN_TRANSIT)
                && !roster.encrypted().contains(channel)) {
            return Reason.of(Code.CHANNEL_NOT_ENCRYPTED, "channel", channel);
        }
        Tlp ceiling = roster.gateways().get(channel);
        if (ceiling != null && strictness(label).compareTo(ceiling) > 0) {
            return Reason.of(Code.CHANNEL_CEILING, "channel", channel, "ceiling", ceiling);
        }
        return null;
    }

    /// An embargo, an expiry and the wait for a review concern what leaves; whoever holds the object here reads it.
    private @Nullable Reason barredByConditions(Label label) {
        boolean holder = isRecipient(roster.own());
        for (Fault fault : label.faults()) {
            if (!holder || !fault.concernsLeavingAlone()) {
                return Reason.of(code(fault.kind()), "about", fault.about());
            }
        }
        Window window = label.window();
        Instant opens = window.opens();
        if (!holder && opens != null && window.embargoed(at)) {
            return Reason.of(Code.EMBARGOED, "until", opens);
        }
        Instant closes = window.closes();
        if (!holder && closes != null && window.expired(at)) {
            return Reason.of(Code.EXPIRED, "since", closes);
        }
        NavigableSet<Purpose> purposes = label.purposes();
        if (purposes != null && !purposes.contains(purpose)) {
            return Reason.of(Code.OTHER_PURPOSE, "purpose", purpose, "allowed", purposes);
        }
        return null;
    }

    private @Nullable Reason barredByLists(Label label) {
        if (label.release().nobody()) {
            return Reason.of(Code.NOBODY_LISTED);
        }
        for (Set<Party> list : label.release().lists()) {
            if (!roster.holds(list, recipient)) {
                return Reason.of(Code.NOT_ON_RELEASE_LIST);
            }
        }
        return null;
    }

    private Decision bySharing(Terms terms) {
        Label label = terms.label();
        Tlp tlp = label.tlp();
        Reason named = null;
        if (tlp == Tlp.RED) {
            named = namedPerson(label);
            if (named == null) {
                return Decision.withhold(Reason.of(namesNobody(label)));
            }
        }
        if (isRecipient(roster.own())) {
            return Decision.release(named == null ? Reason.of(Code.HOLDER) : named);
        }
        Reason barred = barredOutside(terms);
        if (barred != null) {
            return Decision.withhold(barred);
        }
        if (tlp == null) {
            return Decision.release(Reason.of(Code.ON_RELEASE_LIST));
        }
        Decision byColour = byColour(tlp, terms.role());
        return byColour.released() && named != null ? Decision.release(named) : byColour;
    }

    /// What keeps an object in this node's own organisation.
    private @Nullable Reason barredOutside(Terms terms) {
        Label label = terms.label();
        if (label.duties().contains(Duty.STAY_HOME) || !label.saysWho()) {
            return Reason.of(Code.UNMARKED);
        }
        if (terms.role() == Role.RELAY) {
            if (label.duties().contains(Duty.ORIGINATOR_CONTROL)) {
                return Reason.of(Code.ORIGINATOR_CONTROLS);
            }
            if (label.duties().contains(Duty.HIDE_PROVIDER)) {
                return Reason.of(Code.PROVIDER_HIDDEN);
            }
        }
        return null;
    }

    /// Each colour asks what the laxer one asks and something more; otherwise a stricter marking could let
    /// somebody in.
    private Decision byColour(Tlp tlp, Role role) {
        if (tlp == Tlp.CLEAR) {
            return Decision.release(Reason.of(Code.CLEAR_FOR_EVERYONE));
        }
        Standing standing = roster.standing(recipient.organisation());
        if (standing == Standing.SUSPENDED) {
            return Decision.withhold(Reason.of(Code.SUSPENDED));
        }
        if (role == Role.RELAY && tlp.compareTo(Tlp.AMBER) <= 0) {
            if (roster.isClientOfOwn(recipient.organisation())) {
                return Decision.release(Reason.of(Code.CLIENT_OF_HOLDER));
            }
        }
        if (role == Role.RELAY && tlp != Tlp.GREEN) {
            return Decision.withhold(
                    tlp == Tlp.AMBER
                            ? Reason.of(Code.RELAYED_AMBER)
                            : Reason.of(Code.RELAYED_AMBER_STRICT, "marking", tlp));
        }
        if (!roster.holds(roster.community(), recipient)) {
            return Decision.withhold(Reason.of(Code.OUTSIDE_COMMUNITY, "marking", tlp));
        }
        Tlp ceiling = roster.ceiling(recipient.organisation());
        if (tlp.compareTo(ceiling) > 0) {
            return Decision.withhold(
                    Reason.of(Code.TIER_CEILING, "standing", standing, "ceiling", ceiling));
        }
        if (tlp == Tlp.GREEN) {
            return Decision.release(Reason.of(Code.IN_COMMUNITY));
        }
        return roster.holds(roster.circle(), recipient)
                ? Decision.release(Reason.of(Code.CHOSEN_BY_SOURCE, "marking", tlp))
                : Decision.withhold(Reason.of(Code.OUTSIDE_CIRCLE, "marking", tlp));
    }

    /// RED is for the persons that every list names; being of a named organisation or tier is not enough.
    private @Nullable Reason namedPerson(Label label) {
        StixId person = recipient.person();
        if (person == null || !label.release().limits()) {
            return null;
        }
        Party named = new Party.Person(person);
        return label.release().lists().stream().allMatch(list -> list.contains(named))
                ? Reason.of(Code.NAMED_PERSON)
                : null;
    }

    private static Code namesNobody(Label label) {
        boolean names =
                label.release().lists().stream()
                        .flatMap(Set::stream)
                        .anyMatch(Party.Person.class::isInstance);
        return names ? Code.PERSON_NOT_NAMED : Code.NO_PERSON_NAMED;
    }

    private boolean isRecipient(@Nullable StixId organisation) {
        return organisation != null && organisation.equals(recipient.organisation());
    }

    /// What counts against a channel's ceiling. A release list without TLP says who, not how strict; were it
    /// counted as strict, adding TLP:CLEAR would open a channel.
    private static Tlp strictness(Label label) {
        return label.tlp() == null ? Tlp.CLEAR : label.tlp();
    }

    private static Code code(Fault.Kind kind) {
        return switch (kind) {
            case UNKNOWN_MARKING -> Code.UNKNOWN_MARKING;
            case CIRCULAR_MARKING -> Code.CIRCULAR_MARKING;
            case TOO_MANY_MARKINGS -> Code.TOO_MANY_MARKINGS;
            case PERSON_NOT_REVIEWED -> Code.PERSON_NOT_REVIEWED;
            case NOT_CONFIRMED -> Code.NOT_CONFIRMED;
        };
    }
}
