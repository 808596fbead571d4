package org.kerege.charter.act;

import java.time.Instant;
import java.util.ArrayList;
import org.kerege.charter.Fields;

/// What each kind of act does, and who may do it. Every deed refuses before it changes anything.
final class Deeds {

    private final AllianceState state;
    private final Entitlement entitled;
    private final Founding founding;
    private final Keys keys;
    private final Sessions sessions;
    private final Proposals proposals;
    private final Silences silences;
    private final Handovers handovers;
    private final Statements statements;

    Deeds(AllianceState state) {
        this.state = state;
        this.entitled = new Entitlement(state);
        this.founding = new Founding(state);
        this.keys = new Keys(state);
        this.sessions = new Sessions(state, entitled);
        this.proposals = new Proposals(state, entitled, sessions, keys);
        this.silences = new Silences(state, entitled, proposals);
        this.handovers = new Handovers(state, entitled);
        this.statements = new Statements(state);
    }

    void found(Act act, Instant at) {
        founding.found(act, at);
    }

    /// Does what `act` says.
    ///
    /// @param party who signed
    /// @return whether the kind is known
    boolean apply(Act act, Party party, Instant at) {
        boolean records =
                act.kind().equals(Kind.MANDATE_RECORD)
                        || entitled.maySignForChair(party, act.kind());
        if (party.mandate() != null && !records) {
            throw Refusal.notEntitled(
                    "the key of a mandate or office signs its records, and what its office names");
        }
        if (!act.kind().equals(Kind.SIGN_CHARTER)) {
            entitled.requireInForce(party);
        }
        Fields content = Fields.of(act.content(), "/content");
        switch (act.kind()) {
            case Kind.SIGN_CHARTER -> founding.sign(party, at);
            case Kind.WITHDRAW -> {
                state.changeRotation(
                        AllianceState.rotationChange("withdrawal", party.member()), at);
                state.stand(party.member(), AllianceState.Standing.WITHDRAWN, at);
            }
            case Kind.SESSION_REQUESTED -> sessions.request(act, content, party, at);
            case Kind.CONVENE -> sessions.convene(act, content, party, at);
            case Kind.CREDENTIALS -> sessions.credentials(act, content, party);
            case Kind.AGENDA -> sessions.agenda(act, content, party, at);
            case Kind.PRESENCE -> sessions.presence(act, content, party, at);
            case Kind.POSITION -> sessions.position(act, content, party);
            case Kind.RECORD -> sessions.minutes(act, content, party, at);
            case Kind.SESSION_CLOSED -> sessions.close(act, content, party, at);
            case Kind.PROPOSE -> proposals.propose(act, content, party, at);
            case Kind.VOTE -> proposals.vote(act, content, party);
            case Kind.DECISION -> proposals.decide(act, content, party, at);
            case Kind.RESERVATION ->
                    proposals.known(content).reservations.put(party.member(), content.text("text"));
            case Kind.SILENCE_OPENED -> silences.open(act, content, party, at);
            case Kind.SILENCE_EXTENDED -> silences.extend(content, party, at);
            case Kind.SILENCE_SUSPENDED -> silences.suspend(content, party, at);
            case Kind.RECEIPT -> silences.receipt(content, party, at);
            case Kind.OBJECTION -> silences.object(content, party, at);
            case Kind.SILENCE_CONCLUDED -> silences.conclude(act, content, at);
            case Kind.PROGRAMME -> handovers.programme(act, content, party, at);
            case Kind.ITEM_ACCEPTED -> handovers.accept(content, party, at);
            case Kind.DOSSIER_CLOSED -> handovers.close(act, content, party);
            case Kind.KEY_ADDED -> keys.add(content, party, at);
            case Kind.KEY_ROTATED -> keys.rotate(content, party, at);
            case Kind.KEY_REVOKED -> keys.end(content.text("key"), party.member(), at);
            case Kind.JOINT_STATEMENT -> statements.state(act, content, party, at);
            case Kind.STATEMENT_JOINED -> statements.join(content, party, at);
            case Kind.FOLLOW_UP -> statements.followUp(act, content, party);
            case Kind.MANDATE_RECORD -> recordMandate(act, party, at);
            case Kind.ADOPT_CHARTER ->
                    throw Refusal.malformed("this alliance has adopted its charter already");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void recordMandate(Act act, Party party, Instant at) {
        String mandate = party.mandate();
        if (mandate == null) {
            throw Refusal.notEntitled("only the key of a mandate or office records what it does");
        }
        state.mandateRecords
                .computeIfAbsent(mandate, _ -> new ArrayList<>())
                .add(act.content().deepCopy().put("act", act.digest()).put("at", at.toString()));
    }
}
