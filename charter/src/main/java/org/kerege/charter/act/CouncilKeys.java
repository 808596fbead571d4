package org.kerege.charter.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerege.charter.Fields;
import org.kerege.charter.rule.Position;
import org.kerege.stix.Json;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether the council's keys support the replacement of one of them, counted in the set before and in the set after, as
/// The Update Framework does for its root keys. Before: members that voted for by a key that is valid still. After: the
/// same without the member whose key is replaced, which counts by its new key's proof of possession.
///
/// @param before members that support it by their present keys
/// @param after members that support it by the keys that will be theirs
/// @param needed how many must in either set
record CouncilKeys(List<String> before, List<String> after, int needed) {

    static CouncilKeys of(AllianceState state, Proposal proposal, JsonNode measure, Instant at) {
        Fields fields = Fields.of(measure, "");
        String member = fields.text("member");
        List<String> before = new ArrayList<>();
        for (Map.Entry<String, Proposal.Vote> vote : proposal.votes.entrySet()) {
            if (vote.getValue().position() == Position.FOR
                    && state.speaksFor(vote.getValue().key(), vote.getKey(), at)) {
                before.add(vote.getKey());
            }
        }
        List<String> after = new ArrayList<>(before);
        after.remove(member);
        VerifierKey key = Content.key(fields);
        if (Possession.holds(fields.optionalText("proof"), key, state.alliance(), member)) {
            after.add(member);
        }
        return new CouncilKeys(before, after, state.councilThreshold());
    }

    boolean suffices() {
        return before.size() >= needed && after.size() >= needed;
    }

    /// As one rule of a decision's trace.
    ObjectNode trace() {
        ObjectNode trace = Json.mapper().createObjectNode().put("rule", "CouncilKeys");
        trace.putArray("counted");
        trace.putArray("clauses")
                .add(clause("keys before", before))
                .add(clause("keys after", after));
        trace.putArray("bound");
        return trace;
    }

    private ObjectNode clause(String name, List<String> members) {
        return Json.mapper()
                .createObjectNode()
                .put("name", name)
                .put("holds", members.size() >= needed)
                .put("figures", members.size() + " " + members + " of " + needed + " needed");
    }
}
