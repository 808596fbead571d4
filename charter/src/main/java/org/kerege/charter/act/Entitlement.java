package org.kerege.charter.act;

import java.time.Instant;
import org.kerege.charter.rotation.Tenure;

/// Who may do what at an instant of the replay.
final class Entitlement {

    private final AllianceState state;

    Entitlement(AllianceState state) {
        this.state = state;
    }

    /// Refuses whoever does not belong to an alliance whose charter is in force.
    void requireInForce(Party party) {
        if (state.inForce == null) {
            throw Refusal.notEntitled(
                    "the charter is not in force: "
                            + state.signed.size()
                            + " have signed it, "
                            + state.signaturesNeeded
                            + " are needed");
        }
        AllianceState.Member member = state.members.get(party.member());
        if (member != null && member.standing() == AllianceState.Standing.INVITED) {
            throw Refusal.notEntitled(party.member() + " has not signed the charter");
        }
    }

    boolean hasVote(String id) {
        AllianceState.Member member = state.members.get(id);
        return member != null && member.standing() == AllianceState.Standing.MEMBER;
    }

    void requireVote(Party party) {
        if (!hasVote(party.member())) {
            throw Refusal.notEntitled(party.member() + " has no vote");
        }
    }

    /// Whether a member holds the chair; while the chair is vacant each member with a vote may do what the chair does:
    /// else nobody could call the session that fills it.
    boolean chairs(String member, Instant at) {
        String chair = state.chair(at);
        return chair == null ? hasVote(member) : chair.equals(member);
    }

    void requireChair(Party party, Instant at) {
        if (!chairs(party.member(), at)) {
            String chair = state.chair(at);
            throw Refusal.notEntitled(
                    "the chair at "
                            + at
                            + " is "
                            + (chair == null ? "vacant" : chair)
                            + ", not "
                            + party.member());
        }
    }

    /// Refuses who is neither the chair nor the key of an office that may sign this kind for it.
    void requireChairOrOffice(Party party, String kind, Instant at) {
        if (!maySignForChair(party, kind)) {
            requireChair(party, at);
        }
    }

    /// Whether the decision that filled an office lets its key sign acts of a kind.
    boolean maySignForChair(Party party, String kind) {
        for (var office : state.offices.values()) {
            if (office.path("decision").asString("").equals(party.mandate())) {
                for (var may : office.path("may")) {
                    if (may.asString("").equals(kind)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Whether a member chairs now or holds the next term, and so may prepare it.
    boolean mayPrepare(String member, Instant at) {
        if (member.equals(state.chair(at))) {
            return true;
        }
        Tenure now = state.rotation().chairAt(at, at);
        Instant end = now.until();
        return end != null && member.equals(state.rotation().chairAt(end, at).member());
    }
}
