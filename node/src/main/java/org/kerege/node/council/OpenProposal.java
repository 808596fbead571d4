package org.kerege.node.council;

import java.util.ArrayList;
import java.util.List;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Shown;
import tools.jackson.databind.JsonNode;

/// A proposal that is not decided yet, as a page shows it.
///
/// @param votes each member's position as it stands
/// @param deadline of the silence procedure that runs; empty where none does
/// @param toSession when it goes to a session for want of receipts
/// @param withoutReceipt members with a vote for whom silence does not speak
public record OpenProposal(
        String title,
        String member,
        List<Vote> votes,
        String deadline,
        String toSession,
        List<String> withoutReceipt) {

    /// A position as it stands.
    ///
    /// @param as `for`, `against` or `abstain`
    public record Vote(String member, String as) {}

    static boolean isOpen(JsonNode proposal) {
        return proposal.path("result").isNull()
                || proposal.path("result").asString("").equals("put-to-session");
    }

    static OpenProposal of(JsonNode proposal, CharterView view) {
        List<Vote> votes = new ArrayList<>();
        proposal.path("votes")
                .properties()
                .forEach(one ->
                        votes.add(new Vote(Shown.text(one.getKey()), one.getValue().asString(""))));
        JsonNode silence = proposal.path("silence");
        List<String> without = new ArrayList<>();
        if (silence.isObject()) {
            for (CharterView.Member member : view.members()) {
                if (member.standing().equals("member")
                        && !proposal.path("receipts").has(member.id())) {
                    without.add(Shown.text(member.id()));
                }
            }
        }
        return new OpenProposal(
                Shown.text(proposal.path("title").asString("")),
                Shown.text(proposal.path("member").asString("")),
                votes,
                silence.path("deadline").asString(""),
                silence.path("to_session").asString(""),
                without);
    }
}
