package org.kerege.conformance;

import java.util.HashSet;
import java.util.Set;
import org.kerege.stix.validation.PatternCheck;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;
import org.kerege.stix.validation.Verdict;
import tools.jackson.databind.JsonNode;

/// Objects with their verdict under the options of a stricter or laxer policy.
public final class StixPolicyCorpus implements Corpus {

    private final PatternCheck patterns;

    /// @param patterns how the patterns of indicators are read
    public StixPolicyCorpus(PatternCheck patterns) {
        this.patterns = patterns;
    }

    @Override
    public String file() {
        return "stix-policy.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            if (one.path("ambiguous").asBoolean(false)) {
                tally.skipped("ambiguous");
                continue;
            }
            Policy policy = policy(one.path("options"));
            Verdict verdict = new Validator(policy, patterns).validate(one.path("object"));
            boolean expected = one.path("valid").asBoolean(false);
            if (verdict.valid() == expected) {
                tally.passed();
            } else {
                tally.failed(
                        one.path("id").asString("?"),
                        "expected valid %s; errors %s, warnings %s"
                                .formatted(expected, verdict.errors(), verdict.warnings()));
            }
        }
    }

    private static Policy policy(JsonNode options) {
        return new Policy(
                        Policy.STANDARD.checks(),
                        options.path("warnings_as_errors").asBoolean(false),
                        options.path("strict_types").asBoolean(false),
                        options.path("strict_properties").asBoolean(false),
                        options.path("enforce_refs").asBoolean(false),
                        options.path("interop").asBoolean(false))
                .choosing(texts(options.path("disabled")), texts(options.path("enabled")));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
