package org.kerege.charter.act;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// A session from its convening on.
final class Session {

    final String digest;
    final JsonNode content;
    JsonNode agenda = NullNode.instance;

    /// Until when each delegation is accredited.
    final Map<String, Instant> credentials = new TreeMap<>();

    final Set<String> present = new TreeSet<>();
    final Set<String> absent = new TreeSet<>();

    Session(String digest, JsonNode content) {
        this.digest = digest;
        this.content = content;
    }

    /// Whether `member` may speak and vote here; where no credentials were handed in at all, all may.
    boolean accredits(String member, Instant at) {
        if (credentials.isEmpty()) {
            return true;
        }
        Instant until = credentials.get(member);
        return until != null && at.isBefore(until);
    }
}
