package org.kerege.node.peers;

import java.time.Instant;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.desk.Shown;
import tools.jackson.databind.node.ObjectNode;

/// An agreement and how the exchange under it is doing, for the page; texts are ready to be shown, empty for none.
public record PeerSheet(
        String organisation,
        String state,
        String tier,
        String ceiling,
        String purpose,
        String from,
        String until,
        String reason,
        String lastGood,
        String problem,
        String quarantine,
        long refused,
        String lastRefusal,
        int waiting) {

    static PeerSheet of(Agreement agreement, PeerStates states, Instant now) {
        ObjectNode json = Views.agreement(agreement, now);
        states.describe(agreement, json);
        return new PeerSheet(
                text(json, "organisation"),
                text(json, "state"),
                text(json, "tier"),
                text(json, "ceiling"),
                text(json, "purpose"),
                text(json, "from"),
                text(json, "until"),
                text(json, "reason"),
                text(json, "last_good"),
                text(json, "problem"),
                text(json, "quarantine"),
                json.path("refused").asLong(0),
                text(json, "last_refusal"),
                json.path("mail_waiting").asInt(0));
    }

    private static String text(ObjectNode json, String name) {
        return Shown.text(json.path(name).asString(""));
    }
}
