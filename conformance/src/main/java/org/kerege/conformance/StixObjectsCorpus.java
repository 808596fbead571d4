package org.kerege.conformance;

import java.util.Set;
import java.util.TreeSet;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.PatternCheck;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;
import org.kerege.stix.validation.Verdict;
import tools.jackson.databind.JsonNode;

/// Objects and bundles with their verdict under the standard's MUSTs. `level` and the numbers of warnings are
/// counted beside the score, see [#levelsAgreed()] and [#codesAgreed()]: they are those of one tool.
public final class StixObjectsCorpus implements Corpus {

    private final Validator validator;
    private int levelsAgreed;
    private int codesAgreed;
    private int compared;

    /// @param patterns how the patterns of indicators are read
    public StixObjectsCorpus(PatternCheck patterns) {
        this.validator = new Validator(Policy.STANDARD, patterns);
    }

    @Override
    public String file() {
        return "stix-objects.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            if (one.path("ambiguous").asBoolean(false)) {
                tally.skipped("ambiguous");
                validator.validate(one.path("object"));
                continue;
            }
            String id = one.path("id").asString("?");
            Verdict verdict = validator.validate(one.path("object"));
            boolean expected = one.path("valid").asBoolean(false);
            if (verdict.valid() == expected) {
                tally.passed();
                compareWarnings(one, verdict);
            } else {
                tally.failed(
                        id,
                        "expected valid %s; %s"
                                .formatted(
                                        expected,
                                        verdict.errors().isEmpty()
                                                ? "no error found"
                                                : verdict.errors().getFirst().message()));
            }
        }
    }

    /// Cases whose level (must-violation, should-warning, clean) is as expected.
    public int levelsAgreed() {
        return levelsAgreed;
    }

    /// Cases whose numbers of warnings are exactly those expected.
    public int codesAgreed() {
        return codesAgreed;
    }

    /// Cases whose level and numbers were compared: those with the expected verdict.
    public int compared() {
        return compared;
    }

    private void compareWarnings(JsonNode one, Verdict verdict) {
        compared++;
        String level =
                !verdict.errors().isEmpty()
                        ? "must-violation"
                        : verdict.warnings().isEmpty() ? "clean" : "should-warning";
        Set<String> expected = new TreeSet<>();
        one.path("warning_codes").forEach(code -> expected.add(code.asString()));
        Set<String> actual = new TreeSet<>();
        verdict.warnings().stream().map(Finding::code).forEach(actual::add);
        if (level.equals(one.path("level").asString(""))) {
            levelsAgreed++;
        }
        if (!verdict.errors().isEmpty() || expected.equals(actual)) {
            codesAgreed++;
        }
    }
}
