package org.kerege.charter.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// A session from its convening to its close.
final class Session {

    final String digest;
    final JsonNode content;
    final Instant convened;

    /// The member that convened it because the chair did not, and leads it beside the chair; null where the chair did.
    final @Nullable String host;

    JsonNode agenda = NullNode.instance;

    /// Until when each delegation is accredited.
    final Map<String, Instant> credentials = new TreeMap<>();

    final Set<String> present = new TreeSet<>();
    final Set<String> absent = new TreeSet<>();
    final Set<String> observers = new TreeSet<>();
    final List<ObjectNode> positions = new ArrayList<>();
    JsonNode minutes = NullNode.instance;

    /// What had been done about earlier decisions when the session was called.
    JsonNode followUp = NullNode.instance;

    /// The acts that make it up, in the order in which they took effect.
    final Set<String> acts = new LinkedHashSet<>();

    /// The act that closed it and fixed the set; null while it is open.
    @Nullable String closedBy;

    Session(String digest, JsonNode content, Instant convened, @Nullable String host) {
        this.digest = digest;
        this.content = content;
        this.convened = convened;
        this.host = host;
    }

    /// Whether `member` may speak and vote here; where no credentials were handed in at all, all may.
    boolean accredits(String member, Instant at) {
        if (credentials.isEmpty()) {
            return true;
        }
        Instant until = credentials.get(member);
        return until != null && at.isBefore(until);
    }

    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("act", digest).put("host", host).put("convened", convened.toString());
        json.set("content", content);
        json.set("agenda", agenda);
        ObjectNode until = json.putObject("credentials");
        credentials.forEach((member, at) -> until.put(member, at.toString()));
        addAll(json.putArray("present"), present);
        addAll(json.putArray("absent"), absent);
        addAll(json.putArray("observers"), observers);
        positions.forEach(json.putArray("positions")::add);
        json.set("record", minutes);
        json.set("follow_up", followUp);
        addAll(json.putArray("acts"), acts);
        return json.put("closed_by", closedBy);
    }

    private static void addAll(ArrayNode list, Set<String> texts) {
        texts.forEach(list::add);
    }
}
