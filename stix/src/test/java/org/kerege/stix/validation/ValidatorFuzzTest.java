package org.kerege.stix.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Any bytes: they are no JSON, or they get a verdict. The inputs beside the test run with every build; with
/// JAZZER_FUZZ=1 more are sought.
class ValidatorFuzzTest {

    private static final Validator STANDARD = new Validator(Policy.STANDARD, PatternCheck.NONE);
    private static final Validator STRICT =
            new Validator(
                    new Policy(Policy.STANDARD.checks(), true, true, true, true, true),
                    PatternCheck.NONE);

    @FuzzTest(maxDuration = "2m")
    void judges_whatever_can_be_read(byte[] input) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(input);
        } catch (JacksonException | NumberFormatException e) {
            // The JSON library lets the second one escape for exponents that no decimal can hold.
            return;
        }
        Verdict verdict = STANDARD.validate(tree);
        assertThat(verdict.valid()).isEqualTo(verdict.errors().isEmpty());
        Verdict strict = STRICT.validate(tree);
        assertThat(strict.errors().size()).isGreaterThanOrEqualTo(verdict.errors().size());
    }
}
