package org.kerege.conformance;

import java.util.Set;
import java.util.TreeSet;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.PatternInspection;
import tools.jackson.databind.JsonNode;

/// `patterns-parse.json`: what is a pattern of STIX 2.1 and what is none; for many that are, which object types,
/// paths, operators and qualifiers they have.
public final class PatternsParseCorpus implements Corpus {

    @Override
    public String file() {
        return "patterns-parse.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            if (one.path("ambiguous").asBoolean(false)) {
                tally.skipped("ambiguous");
            } else {
                judge(one, tally);
            }
        }
    }

    private static void judge(JsonNode one, Tally tally) {
        String id = one.path("id").asString("?");
        boolean valid = one.path("valid").asBoolean(false);
        try {
            Pattern pattern = Pattern.parse(one.path("pattern").asString(""));
            if (!valid) {
                tally.failed(id, "was read, is no pattern");
            } else if (one.has("inspect")) {
                tally.expect(
                        id,
                        expected(one.path("inspect")),
                        actual(PatternInspection.of(pattern.expression())));
            } else {
                tally.passed();
            }
        } catch (MalformedPattern e) {
            if (valid) {
                tally.failed(id, "was refused: " + e.getMessage());
            } else {
                tally.passed();
            }
        }
    }

    /// What can be told in one form of both sides: types, operators, qualifiers' kinds, and per type the paths
    /// with their operators.
    private static Set<String> expected(JsonNode inspect) {
        Set<String> facts = new TreeSet<>();
        inspect.path("types").forEach(type -> facts.add("type " + type.asString()));
        inspect.path("observation_operators")
                .forEach(operator -> facts.add("operator " + operator.asString()));
        inspect.path("qualifiers")
                .forEach(qualifier ->
                        facts.add("qualifier " + qualifier.asString().split(" ", 2)[0]));
        inspect.path("comparisons")
                .properties()
                .forEach(entry ->
                        entry.getValue()
                                .forEach(comparison ->
                                        facts.add(
                                                entry.getKey()
                                                        + ":"
                                                        + steps(comparison.path(0))
                                                        + " "
                                                        + comparison.path(1).asString())));
        return facts;
    }

    private static String steps(JsonNode path) {
        StringBuilder steps = new StringBuilder();
        path.forEach(step -> steps.append('/').append(step.asString()));
        return steps.toString();
    }

    private static Set<String> actual(PatternInspection inspection) {
        Set<String> facts = new TreeSet<>();
        inspection.operators().forEach(operator -> facts.add("operator " + operator));
        inspection.qualifiers().forEach(qualifier -> facts.add("qualifier " + qualifier));
        for (PatternInspection.Comparison comparison : inspection.comparisons()) {
            // The tool that recorded the corpus does not look at EXISTS.
            if (!comparison.operator().endsWith("EXISTS")) {
                facts.add("type " + comparison.type());
                facts.add(
                        "%s:/%s %s"
                                .formatted(
                                        comparison.type(),
                                        String.join("/", comparison.steps()),
                                        comparison.operator()));
            }
        }
        return facts;
    }
}
