package org.kerege.node.peers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Party;
import org.kerege.node.agreement.Terms;
import org.kerege.stix.Json;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ObjectNode;

/// Agreements as routes and commands tell them.
final class Views {

    private Views() {}

    static ObjectNode agreement(Agreement one, Instant now) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("agreement", one.agreement().toString()).put("organisation", one.other());
        json.put("state", one.stateAt(now).name().toLowerCase(java.util.Locale.ROOT));
        Terms terms = one.terms();
        json.put("tier", Terms.word(terms.tier())).put("ceiling", terms.ceiling().toString());
        json.put("purpose", terms.purpose()).put("from", Timestamp.format(terms.from()));
        putTime(json, "until", one.end());
        if (one.acceptance() == null) {
            putTime(json, "answer_by", one.invitation().answerBy());
        }
        json.put("invited_by", one.isInvitationOurs() ? "us" : "them");
        Party own = one.ownParty();
        if (own != null) {
            own.gives().forEach(json.putArray("we_give")::add);
        }
        Party other = one.otherParty();
        if (other != null) {
            other.gives().forEach(json.putArray("they_give")::add);
            json.put("identity", other.identity().toString()).put("key", other.key().toString());
            if (other.address() != null) {
                json.put("address", other.address().toString());
            }
        }
        putText(json, "act", one.act());
        putText(json, "reason", one.reasonAt(now));
        return json;
    }

    static void putTime(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, Timestamp.format(time));
        }
    }

    static void putText(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }
}
