package org.kerege.conformance;

import org.kerege.stix.Confidence;
import org.kerege.stix.MalformedStix;
import tools.jackson.databind.JsonNode;

/// Confidence to and from five scales. Source: STIX 2.1 appendix A.
final class ConfidenceCorpus implements Corpus {

    @Override
    public String file() {
        return "confidence.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            String expected =
                    one.path("error").asBoolean(false) ? "error" : one.path("output").asString();
            tally.expect(one.path("id").asString(), expected, actual(one));
        }
    }

    private static String actual(JsonNode one) {
        try {
            Confidence scale = Confidence.named(one.path("scale").asString());
            JsonNode input = one.path("input");
            return one.path("direction").asString().equals("from_value")
                    ? scale.label(input.asInt())
                    : Integer.toString(scale.value(input.asString()));
        } catch (MalformedStix e) {
            return "error";
        }
    }
}
