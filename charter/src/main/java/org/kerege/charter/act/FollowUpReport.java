package org.kerege.charter.act;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What members did at home about what they decided together: the report to the next session, counted from their acts.
public final class FollowUpReport {

    private static final String IMPLEMENTED = "implemented";

    private FollowUpReport() {}

    /// `{"decisions": [{"act", "title", "due", "members": {member: {"status", "act", "evidence", "text", "overdue"}},
    /// "counts": {status: number}, "overdue": [member]}]}`, decisions in the order of adoption. A member that said nothing
    /// has status `nothing`; it is overdue when the decision's day is over and it has not reported implementation.
    ///
    /// @param at the time for which delay is asked
    public static ObjectNode of(AllianceState state, Instant at) {
        ObjectNode report = Json.mapper().createObjectNode();
        var list = report.putArray("decisions");
        LocalDate today = LocalDate.ofInstant(at, state.rotation().rules().handover().zone());
        for (ObjectNode decision : state.decisions) {
            if (decision.path("result").asString("").equals("adopted")) {
                list.add(report(state, decision, today));
            }
        }
        return report;
    }

    /// What is overdue at `at`: the report that a session finds when it is called. `[{"act", "title", "due", "overdue":
    /// [member], "counts"}]`, the decisions with a day and a member that is late.
    static ArrayNode overdue(AllianceState state, Instant at) {
        ArrayNode late = Json.mapper().createArrayNode();
        LocalDate today = LocalDate.ofInstant(at, state.rotation().rules().handover().zone());
        for (ObjectNode decision : overdueOrDue(state)) {
            ObjectNode report = report(state, decision, today);
            if (!report.path("overdue").isEmpty()) {
                report.remove("members");
                late.add(report);
            }
        }
        return late;
    }

    /// Adopted decisions with a day by which members carry them out, that some have not.
    static List<ObjectNode> overdueOrDue(AllianceState state) {
        List<ObjectNode> open = new ArrayList<>();
        for (ObjectNode decision : state.decisions) {
            if (decision.path("due").isString()
                    && decision.path("result").asString("").equals("adopted")) {
                Map<String, ObjectNode> said =
                        state.followUps.getOrDefault(decision.path("act").asString(""), Map.of());
                for (String member : bound(state, decision)) {
                    ObjectNode own = said.get(member);
                    if (own == null || !own.path("status").asString("").equals(IMPLEMENTED)) {
                        open.add(decision);
                        break;
                    }
                }
            }
        }
        return open;
    }

    private static ObjectNode report(AllianceState state, ObjectNode decision, LocalDate today) {
        String act = decision.path("act").asString("");
        String due = decision.path("due").asString("");
        boolean over = !due.isEmpty() && LocalDate.parse(due).isBefore(today);
        ObjectNode report = Json.mapper().createObjectNode();
        report.put("act", act);
        report.set("title", decision.path("title"));
        report.set("due", decision.path("due"));
        ObjectNode members = report.putObject("members");
        ObjectNode counts = Json.mapper().createObjectNode();
        var overdue = Json.mapper().createArrayNode();
        Map<String, ObjectNode> said = state.followUps.getOrDefault(act, Map.of());
        for (String member : bound(state, decision)) {
            ObjectNode own = said.get(member);
            String status = own == null ? "nothing" : own.path("status").asString("");
            boolean late = over && !status.equals(IMPLEMENTED);
            ObjectNode line = members.putObject(member).put("status", status).put("overdue", late);
            if (own != null) {
                for (String name : List.of("act", "evidence", "text")) {
                    if (own.has(name)) {
                        line.set(name, own.path(name));
                    }
                }
            }
            String dissent = dissent(state, decision, member);
            if (dissent != null) {
                line.put("reservation", dissent);
            }
            counts.put(status, counts.path(status).asInt(0) + 1);
            if (late) {
                overdue.add(member);
            }
        }
        report.set("counts", counts);
        report.set("overdue", overdue);
        return report;
    }

    /// The text with which a member reserved its position.
    private static @Nullable String dissent(
            AllianceState state, ObjectNode decision, String member) {
        Proposal proposal = state.proposals.get(decision.path("proposal").asString(""));
        return proposal == null ? null : proposal.reservations.get(member);
    }

    /// Whom a decision binds, by its trace; all members where it was adopted by silence.
    private static List<String> bound(AllianceState state, ObjectNode decision) {
        List<String> bound = new ArrayList<>();
        for (JsonNode member : decision.at("/trace/0/bound")) {
            bound.add(member.asString(""));
        }
        return bound.isEmpty() ? List.copyOf(state.votingMembers()) : bound;
    }
}
