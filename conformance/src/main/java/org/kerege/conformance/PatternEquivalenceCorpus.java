package org.kerege.conformance;

import org.kerege.pattern.Dialect;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.equivalence.PatternEquivalence;
import org.kerege.pattern.equivalence.TooManyTerms;
import tools.jackson.databind.JsonNode;

/// `pattern-equivalence.json`: pairs of patterns that match the same observations, and pairs that do not. Some
/// repeat a qualifier, so patterns are read as the grammar of OASIS reads them.
public final class PatternEquivalenceCorpus implements Corpus {

    @Override
    public String file() {
        return "pattern-equivalence.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            String id = one.path("id").asString("?");
            if (one.path("ambiguous").asBoolean(false)) {
                tally.skipped("ambiguous");
                continue;
            }
            try {
                tally.expect(
                        id,
                        one.path("equivalent").asBoolean(false),
                        PatternEquivalence.equivalent(
                                expression(one.path("pattern_1")),
                                expression(one.path("pattern_2"))));
            } catch (MalformedPattern | TooManyTerms e) {
                tally.failed(id, String.valueOf(e.getMessage()));
            }
        }
    }

    private static ObservationExpression expression(JsonNode text) {
        return Pattern.parse(text.asString(""), Dialect.OASIS_GRAMMAR).expression();
    }
}
