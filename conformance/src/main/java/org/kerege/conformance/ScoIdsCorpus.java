package org.kerege.conformance;

import org.kerege.stix.ScoIds;
import org.kerege.stix.StixId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Observables with the identifier that their properties give. Source: STIX 2.1 §2.9.
final class ScoIdsCorpus implements Corpus {

    @Override
    public String file() {
        return "sco-ids.json";
    }

    @Override
    public void run(JsonNode cases, Tally tally) {
        for (JsonNode one : cases) {
            String id = one.path("id").asString();
            StixId actual = ScoIds.idOf((ObjectNode) one.path("sco"));
            if (one.has("expected_id")) {
                tally.expect(id, one.path("expected_id").asString(), actual.toString());
            } else {
                tally.expect(
                        id, one.path("expected_uuid_version").asInt(), actual.uuid().version());
            }
        }
    }
}
