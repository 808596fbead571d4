package org.kerege.node.council;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kerege.node.desk.Shown;
import tools.jackson.databind.JsonNode;

/// A decision with its trace, as a page shows it.
///
/// @param result `adopted`, `rejected`, `broken` or `put-to-session`
/// @param due day by which members carry it out; empty where it says nothing
/// @param traces one for each rule that it came under
public record TakenDecision(
        String title, String result, String at, String due, List<Trace> traces) {

    private static final Set<String> RULES =
            Set.of(
                    "Consensus",
                    "ConsensusWithoutProceduralVeto",
                    "LimitedFormat",
                    "SimpleMajority",
                    "QualifiedMajority",
                    "DoubleMajority",
                    "AtLeast",
                    "CouncilKeys",
                    "silence");

    /// How one rule was applied.
    ///
    /// @param rule its name, one that has a text; empty for another
    /// @param wording the rule with all its figures
    public record Trace(
            String rule,
            String wording,
            List<Counted> counted,
            List<Clause> clauses,
            List<String> bound) {}

    /// A voter.
    ///
    /// @param as `for`, `against`, `abstain` or `absent`
    public record Counted(String member, String as, String why) {}

    /// A condition of the rule.
    ///
    /// @param figures what was found and what was needed
    public record Clause(String name, boolean holds, String figures) {}

    static TakenDecision of(JsonNode decision) {
        List<Trace> traces = new ArrayList<>();
        JsonNode trace = decision.path("trace");
        if (trace.isArray()) {
            trace.forEach(one -> traces.add(trace(one)));
        } else if (trace.isObject()) {
            traces.add(silence(trace));
        }
        return new TakenDecision(
                text(decision, "title"),
                text(decision, "result"),
                text(decision, "at"),
                text(decision, "due"),
                traces);
    }

    private static Trace trace(JsonNode trace) {
        String wording = text(trace, "rule");
        List<Counted> counted = new ArrayList<>();
        trace.path("counted")
                .forEach(one ->
                        counted.add(
                                new Counted(
                                        text(one, "member"), text(one, "as"), text(one, "why"))));
        List<Clause> clauses = new ArrayList<>();
        trace.path("clauses")
                .forEach(one ->
                        clauses.add(
                                new Clause(
                                        text(one, "name"),
                                        one.path("holds").asBoolean(false),
                                        text(one, "figures"))));
        List<String> bound = new ArrayList<>();
        trace.path("bound").forEach(one -> bound.add(Shown.text(one.asString(""))));
        String rule = wording.replaceAll("\\[.*", "");
        return new Trace(RULES.contains(rule) ? rule : "", wording, counted, clauses, bound);
    }

    /// A silence names its times; all of them were kept, whatever came of it.
    private static Trace silence(JsonNode trace) {
        List<Clause> clauses = new ArrayList<>();
        trace.properties()
                .forEach(one -> {
                    if (!one.getKey().equals("rule")) {
                        clauses.add(
                                new Clause(
                                        one.getKey().replace('_', ' '),
                                        true,
                                        Shown.text(one.getValue().asString(""))));
                    }
                });
        return new Trace("silence", text(trace, "rule"), List.of(), clauses, List.of());
    }

    private static String text(JsonNode from, String property) {
        return Shown.text(from.path(property).asString(""));
    }
}
