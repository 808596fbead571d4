package org.kerege.node.charter;

import java.time.Instant;
import java.util.Locale;
import org.kerege.charter.rotation.Tenure;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

/// A tenure as JSON: `{"member", "from", "until", "basis"}`; `member` is null for a vacancy, `from` before the first
/// term, `until` where no end is known.
final class ChairJson {

    private ChairJson() {}

    static ObjectNode of(Tenure tenure) {
        Instant until = tenure.until();
        return Json.mapper()
                .createObjectNode()
                .put("member", tenure.member())
                .put("from", tenure.from().equals(Instant.MIN) ? null : tenure.from().toString())
                .put("until", until == null ? null : until.toString())
                .put("basis", tenure.basis().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
