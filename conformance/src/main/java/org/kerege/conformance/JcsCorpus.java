package org.kerege.conformance;

import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Documents and numbers with their canonical form. Source: RFC 8785 and its appendix B.
final class JcsCorpus implements Corpus {

    @Override
    public String file() {
        return "jcs.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            String id = one.path("id").asString();
            String expected =
                    one.path("error").asBoolean(false) ? "error" : one.path("canonical").asString();
            tally.expect(id, expected, actual(one));
        }
    }

    private static String actual(JsonNode one) {
        try {
            JsonNode bits = one.get("ieee754_hex");
            return bits != null
                    ? CanonicalJson.number(
                            Double.longBitsToDouble(Long.parseUnsignedLong(bits.stringValue(), 16)))
                    : CanonicalJson.text(Json.mapper().readTree(one.path("input_text").asString()));
        } catch (MalformedStix | JacksonException e) {
            return "error";
        }
    }
}
