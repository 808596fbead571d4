package org.kerege.charter.rule;

import java.util.Locale;
import org.kerege.charter.Fields;
import org.kerege.charter.MalformedCharter;
import tools.jackson.databind.JsonNode;

/// Decision rules as JSON; the format is in `docs/charter.md`.
public final class DecisionRuleFile {

    private static final int MAX_MEMBERS = 1_000;

    private DecisionRuleFile() {}

    /// Reads a rule.
    ///
    /// @param pointer where in its document
    /// @throws MalformedCharter when it is none
    public static DecisionRule read(JsonNode json, String pointer) {
        Fields fields = Fields.of(json, pointer);
        Quorum quorum =
                new Quorum(share(fields, "present"), share(fields, "voting"), least(fields));
        DecisionRule rule =
                switch (fields.text("kind")) {
                    case "consensus" -> new DecisionRule.Consensus(quorum);
                    case "consensus-without-procedural-veto" ->
                            new DecisionRule.ConsensusWithoutProceduralVeto(quorum);
                    case "limited-format" ->
                            new DecisionRule.LimitedFormat(
                                    quorum, fields.number("least", 1, MAX_MEMBERS));
                    case "simple-majority" -> new DecisionRule.SimpleMajority(quorum);
                    case "qualified-majority" ->
                            new DecisionRule.QualifiedMajority(
                                    quorum, required(fields, "share"), base(fields));
                    case "double-majority" ->
                            new DecisionRule.DoubleMajority(
                                    quorum,
                                    required(fields, "members"),
                                    required(fields, "weight"),
                                    fields.number("blocking", 1, MAX_MEMBERS));
                    case "at-least" ->
                            new DecisionRule.AtLeast(quorum, fields.number("k", 1, MAX_MEMBERS));
                    default ->
                            throw new MalformedCharter(
                                    fields.at("kind"),
                                    "is one of consensus, consensus-without-procedural-veto,"
                                            + " limited-format, simple-majority,"
                                            + " qualified-majority, double-majority, at-least");
                };
        fields.requireNoOther();
        return rule;
    }

    private static int least(Fields fields) {
        return fields.has("least_present")
                ? fields.number("least_present", Quorum.FLOOR, MAX_MEMBERS)
                : Quorum.FLOOR;
    }

    private static Fraction share(Fields fields, String name) {
        return fields.has(name) ? required(fields, name) : new Fraction(0, 1);
    }

    private static Fraction required(Fields fields, String name) {
        String text = fields.text(name);
        try {
            return Fraction.parse(text);
        } catch (MalformedCharter e) {
            throw new MalformedCharter(
                    fields.at(name), "'" + text + "' is not a share such as 2/3 or 55%");
        }
    }

    private static DecisionRule.Base base(Fields fields) {
        String text = fields.text("of");
        for (DecisionRule.Base base : DecisionRule.Base.values()) {
            if (base.name().toLowerCase(Locale.ROOT).equals(text)) {
                return base;
            }
        }
        throw new MalformedCharter(fields.at("of"), "is one of members, present, voting");
    }
}
