package org.kerege.conformance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.match.Observations;
import org.kerege.pattern.match.PatternMatcher;
import org.kerege.pattern.match.Undecided;
import org.kerege.stix.MalformedStix;
import tools.jackson.databind.JsonNode;

/// `patterns-match.json`: which observations a pattern matches. Patterns are read as STIX 2.1; one that is none
/// matches nothing.
public final class PatternsMatchCorpus implements Corpus {

    @Override
    public String file() {
        return "patterns-match.json";
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
        Optional<List<String>> match;
        try {
            match =
                    new PatternMatcher(Pattern.parse(one.path("pattern").asString("")))
                            .firstMatch(Observations.of(one.path("observed_data")));
        } catch (MalformedPattern e) {
            if (one.path("pattern_valid").asBoolean(true)) {
                tally.failed(id, "was refused: " + e.getMessage());
                return;
            }
            match = Optional.empty();
        } catch (MalformedStix | Undecided e) {
            tally.failed(id, String.valueOf(e.getMessage()));
            return;
        }
        if (match.isPresent() != one.path("match").asBoolean(false)) {
            tally.failed(id, match.isPresent() ? "matched" : "did not match");
        } else if (one.has("matched_ids")) {
            Set<String> expected = new LinkedHashSet<>();
            one.path("matched_ids").forEach(node -> expected.add(node.asString()));
            tally.expect(id, expected, new LinkedHashSet<>(match.orElse(List.of())));
        } else if (one.has("matched_count")) {
            tally.expect(id, one.path("matched_count").asInt(), match.orElse(List.of()).size());
        } else {
            tally.passed();
        }
    }
}
