package org.kerege.charter.act;

import java.time.Duration;
import java.time.Instant;
import org.kerege.charter.Fields;
import org.kerege.charter.rule.Quorum;
import org.kerege.charter.rule.SilenceProcedure;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

/// Silence procedures: opened, prolonged, suspended and opened again by the chair; receipts and objections by the members;
/// how one ended follows from the record, whoever states it.
final class Silences {

    private final AllianceState state;
    private final Entitlement entitled;
    private final Proposals proposals;

    Silences(AllianceState state, Entitlement entitled, Proposals proposals) {
        this.state = state;
        this.entitled = entitled;
        this.proposals = proposals;
    }

    /// Opens a procedure; again after one that was suspended or broken, with receipts and objections of its own.
    void open(Act act, Fields content, Party party, Instant at) {
        entitled.requireChair(party, at);
        Proposal proposal = proposals.known(content);
        boolean again = Proposal.BROKEN.equals(proposal.result);
        if (!again) {
            proposals.open(content);
        }
        if (proposal.silence != null && !again) {
            throw Refusal.malformed("a silence procedure on this proposal was opened before");
        }
        if (proposal.measures.stream().anyMatch(Proposal::standsAlone)) {
            throw Refusal.malformed(
                    "a suspension or exclusion, and a change of keys, is not decided by silence");
        }
        if (state.votingMembers().size() < Quorum.FLOOR) {
            throw Refusal.notEntitled("no member decides alone, in silence no more than aloud");
        }
        Proposal.Silence silence =
                new Proposal.Silence(
                        act.digest(),
                        at,
                        Content.localInstant(content, "deadline"),
                        Duration.ofHours(content.number("notice_hours", 0, 10_000)),
                        Content.localInstant(content, "to_session"));
        requireOrder(silence, at);
        proposal.begin(silence);
    }

    /// Gives everybody more time. Nobody loses any: what has ended already stays so.
    void extend(Fields content, Party party, Instant at) {
        entitled.requireChair(party, at);
        Proposal proposal = proposals.open(content);
        Proposal.Silence now = running(proposal, at);
        Proposal.Silence longer =
                new Proposal.Silence(
                        now.act(),
                        now.opened(),
                        Content.localInstant(content, "deadline"),
                        now.notice(),
                        Content.localInstant(content, "to_session"));
        requireOrder(longer, at);
        if (longer.deadline().isBefore(now.deadline())
                || longer.toSession().isBefore(now.toSession())) {
            throw Refusal.malformed("an extension only moves times later");
        }
        proposal.silence = longer;
    }

    /// Stops a procedure without a result; it may be opened again.
    void suspend(Fields content, Party party, Instant at) {
        entitled.requireChair(party, at);
        Proposal proposal = proposals.open(content);
        running(proposal, at);
        proposal.end("suspended at " + at);
    }

    private Proposal.Silence running(Proposal proposal, Instant at) {
        SilenceProcedure procedure = proposal.procedure(state.votingMembers());
        Proposal.Silence silence = proposal.silence;
        if (silence == null || !(procedure.at(at) instanceof SilenceProcedure.Status.Running)) {
            throw Refusal.notEntitled("the silence has ended: " + procedure.at(at));
        }
        return silence;
    }

    private static void requireOrder(Proposal.Silence silence, Instant at) {
        if (!silence.deadline().isAfter(at) || silence.toSession().isBefore(silence.deadline())) {
            throw Refusal.malformed("the times of the silence procedure are not in order");
        }
    }

    /// What a member received is the procedure: an acknowledgement from before it was opened is none.
    void receipt(Fields content, Party party, Instant at) {
        procedure(content).receipts.putIfAbsent(party.member(), at);
    }

    void object(Fields content, Party party, Instant at) {
        procedure(content).objections.putIfAbsent(party.member(), at);
    }

    private Proposal procedure(Fields content) {
        Proposal proposal = proposals.open(content);
        if (proposal.silence == null) {
            throw Refusal.malformed("no silence procedure is open on this proposal");
        }
        return proposal;
    }

    void conclude(Act act, Fields content, Instant at) {
        Proposal proposal = proposals.open(content);
        SilenceProcedure procedure = proposal.procedure(state.votingMembers());
        ObjectNode trace = Json.mapper().createObjectNode().put("rule", "silence");
        trace.put("deadline", procedure.deadline().toString());
        switch (procedure.at(at)) {
            case SilenceProcedure.Status.Running(var without) ->
                    throw Refusal.notEntitled(
                            "the silence runs still; without receipt: " + without);
            case SilenceProcedure.Status.Adopted(var when, var _) -> {
                trace.put("complete", when.toString());
                proposals.conclude(act, proposal, "adopted", at, trace);
            }
            case SilenceProcedure.Status.Broken(var when, var by) -> {
                trace.put("broken", when.toString()).put("by", by.toString());
                proposals.conclude(act, proposal, Proposal.BROKEN, at, trace);
            }
            case SilenceProcedure.Status.PutToSession(var when, var without) -> {
                trace.put("to_session", when.toString()).put("without_consent", without.toString());
                proposals.conclude(act, proposal, Proposal.TO_SESSION, at, trace);
            }
        }
    }
}
