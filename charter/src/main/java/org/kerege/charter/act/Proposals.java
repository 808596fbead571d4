package org.kerege.charter.act;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.charter.rule.DecisionRule;
import org.kerege.charter.rule.Fraction;
import org.kerege.charter.rule.Matter;
import org.kerege.charter.rule.Outcome;
import org.kerege.charter.rule.Position;
import org.kerege.charter.rule.Quorum;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Proposals, the votes on them and the acts that close them.
final class Proposals {

    private final AllianceState state;
    private final Entitlement entitled;
    private final Sessions sessions;
    private final Keys keys;

    Proposals(AllianceState state, Entitlement entitled, Sessions sessions, Keys keys) {
        this.state = state;
        this.entitled = entitled;
        this.sessions = sessions;
        this.keys = keys;
    }

    void propose(Act act, Fields content, Party party, Instant at) {
        entitled.requireVote(party);
        Matter matter =
                "procedure".equals(content.optionalText("matter"))
                        ? Matter.PROCEDURE
                        : Matter.SUBSTANCE;
        Proposal proposal =
                new Proposal(act.digest(), party.member(), content.text("title"), matter, at);
        proposal.due = content.has("due") ? content.read("due", LocalDate::parse, "a day") : null;
        for (Fields.Item item : content.items("measures", Content.MAX_ITEMS)) {
            Fields.of(item.value(), item.pointer()).text("kind");
            proposal.measures.add(item.value());
        }
        if (proposal.measures.size() > 1
                && proposal.measures.stream().anyMatch(Proposal::standsAlone)) {
            throw Refusal.malformed(
                    "a suspension or exclusion, and a change of keys, is decided by itself");
        }
        state.proposals.put(act.digest(), proposal);
    }

    /// A proposal, whether or not it is open.
    Proposal known(Fields content) {
        Proposal proposal = state.proposals.get(content.text("proposal"));
        if (proposal == null) {
            throw Refusal.malformed("there is no such proposal");
        }
        return proposal;
    }

    /// A proposal that can still be decided.
    Proposal open(Fields content) {
        Proposal proposal = known(content);
        if (proposal.result != null && !proposal.result.equals(Proposal.TO_SESSION)) {
            throw Refusal.notEntitled("the proposal is closed: " + proposal.result);
        }
        return proposal;
    }

    void vote(Act act, Fields content, Party party) {
        entitled.requireVote(party);
        Proposal proposal = open(content);
        Position position =
                switch (content.text("position")) {
                    case "for" -> Position.FOR;
                    case "against" -> Position.AGAINST;
                    case "abstain" -> Position.ABSTAIN;
                    default -> throw Refusal.malformed("a position is for, against or abstain");
                };
        proposal.votes.put(
                party.member(), new Proposal.Vote(act.digest(), position, party.key().name()));
    }

    /// Closes a proposal. The closing act lists the votes that it counts; it may not leave out one that was witnessed
    /// before it, nor list one that is no member's last.
    void decide(Act act, Fields content, Party party, Instant at) {
        Proposal proposal = open(content);
        Session session = content.has("session") ? sessions.open(content) : null;
        boolean leads =
                party.member().equals(state.chair(at))
                        || (session != null && sessions.isHost(session, party));
        if (!leads && mayAnyoneClose(proposal, at)) {
            entitled.requireVote(party);
        } else if (!leads) {
            entitled.requireChair(party, at);
        }
        requirePack(content);
        Map<String, Position> positions = positions(proposal, content);
        ArrayNode trace = Json.mapper().createArrayNode();
        boolean adopted = true;
        String concerned = concerned(proposal, at);
        for (DecisionRule rule : rules(proposal)) {
            Outcome outcome =
                    rule.decide(state.voters(session, at, concerned), positions, proposal.matter);
            adopted &= outcome.adopted();
            trace.add(trace(rule, outcome));
        }
        for (JsonNode measure : proposal.measures) {
            if (measure.path("kind").asString("").equals(Measures.REPLACE_KEY)) {
                CouncilKeys support = CouncilKeys.of(state, proposal, measure, at);
                adopted &= support.suffices();
                trace.add(support.trace());
            }
        }
        if (!adopted && !leads) {
            // Nobody but the chair ends a matter that others may still bring to its majority.
            throw Refusal.notEntitled(
                    "it is not adopted yet: " + trace.get(trace.size() - 1).path("clauses"));
        }
        if (session != null) {
            session.acts.add(act.digest());
        }
        conclude(act, proposal, adopted ? "adopted" : "rejected", at, trace);
    }

    private static Map<String, Position> positions(Proposal proposal, Fields content) {
        Set<String> listed = new HashSet<>();
        for (Fields.Item item : content.items("votes", Content.MAX_ITEMS)) {
            listed.add(item.value().asString(""));
        }
        Map<String, Position> positions = new TreeMap<>();
        proposal.votes.forEach((member, vote) -> {
            if (!listed.remove(vote.act())) {
                throw Refusal.malformed("the closing act leaves out the vote of " + member);
            }
            positions.put(member, vote.position());
        });
        if (!listed.isEmpty()) {
            throw Refusal.malformed("the closing act lists what is no vote in force");
        }
        return positions;
    }

    /// A closing act that names the rules by which it counts must name the charter's.
    private void requirePack(Fields content) {
        String named = content.optionalText("pack");
        if (named != null && !named.equals(state.packDigest)) {
            throw Refusal.malformed("the closing act counts by other rules than the charter's");
        }
    }

    /// Nobody keeps the others from deciding about itself, and a stolen key must fall whoever chairs.
    private boolean mayAnyoneClose(Proposal proposal, Instant at) {
        return proposal.measures.stream().anyMatch(Proposal::changesKeys)
                || Objects.equals(proposal.concerned(), state.chair(at));
    }

    /// The member that has no say: whose standing is decided, or whose key may be in wrong hands.
    private @Nullable String concerned(Proposal proposal, Instant at) {
        for (JsonNode measure : proposal.measures) {
            if (measure.path("kind").asString("").equals(Measures.REVOKE_KEY)) {
                return keys.ownerOf(measure.path("key").asString(""), at);
            }
        }
        return proposal.concerned();
    }

    /// A proposal must satisfy the rule of each measure that it takes. A measure without a rule of its own, and a
    /// proposal without measures, come under the charter's general rule; where keys change, under the council's
    /// threshold.
    private Set<DecisionRule> rules(Proposal proposal) {
        DecisionRule general = Objects.requireNonNull(state.rule);
        Set<DecisionRule> rules = new LinkedHashSet<>();
        for (JsonNode measure : proposal.measures) {
            DecisionRule own = state.ruleByMeasure.get(measure.path("kind").asString(""));
            if (own == null && Proposal.changesKeys(measure)) {
                Fraction none = new Fraction(0, 1);
                own =
                        new DecisionRule.AtLeast(
                                new Quorum(none, none, Quorum.FLOOR), state.councilThreshold());
            }
            rules.add(own == null ? general : own);
        }
        if (rules.isEmpty()) {
            rules.add(general);
        }
        return rules;
    }

    private static ObjectNode trace(DecisionRule rule, Outcome outcome) {
        ObjectNode trace = Json.mapper().createObjectNode().put("rule", rule.toString());
        ArrayNode counted = trace.putArray("counted");
        for (Outcome.Counted one : outcome.counted()) {
            counted.addObject()
                    .put("member", one.member())
                    .put("as", one.as().name().toLowerCase(Locale.ROOT))
                    .put("why", one.why());
        }
        ArrayNode clauses = trace.putArray("clauses");
        for (Outcome.Clause clause : outcome.clauses()) {
            clauses.addObject()
                    .put("name", clause.name())
                    .put("holds", clause.holds())
                    .put("figures", clause.figures());
        }
        ArrayNode bound = trace.putArray("bound");
        outcome.bound().forEach(bound::add);
        return trace;
    }

    /// Ends a proposal and carries out what it takes where it was adopted.
    void conclude(Act act, Proposal proposal, String result, Instant at, JsonNode trace) {
        proposal.result = result;
        ObjectNode decision = Json.mapper().createObjectNode();
        decision.put("act", act.digest()).put("proposal", proposal.digest);
        decision.put("session", act.content().path("session").asString(null));
        decision.put("title", proposal.title).put("result", result).put("at", at.toString());
        decision.put("due", proposal.due == null ? null : proposal.due.toString());
        decision.put("pack", state.packDigest);
        decision.set("trace", trace);
        state.decisions.add(decision);
        if (result.equals("adopted")) {
            ArrayNode measures = decision.putArray("measures");
            List<@Nullable String> failures =
                    new Measures(state, at, act.digest()).carryOut(proposal.measures);
            for (int i = 0; i < failures.size(); i++) {
                measures.addObject()
                        .put("kind", proposal.measures.get(i).path("kind").asString(""))
                        .put("failed", failures.get(i));
            }
        }
    }
}
