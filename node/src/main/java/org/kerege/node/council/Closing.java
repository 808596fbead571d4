package org.kerege.node.council;

import java.util.ArrayList;
import java.util.List;
import org.kerege.charter.alliance.Verification;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a closing act must list, from the acts that are here.
final class Closing {

    private Closing() {}

    /// Lists the votes in force on the proposal that `decision` closes.
    ///
    /// @return the digests listed
    static List<String> listVotes(ObjectNode decision, Verification verification) {
        return list(decision, "votes", verification, "proposals", "proposal", "vote_acts");
    }

    /// Lists the acts of the session that `closing` closes.
    ///
    /// @return the digests listed
    static List<String> listActs(ObjectNode closing, Verification verification) {
        return list(closing, "acts", verification, "sessions", "session", "acts");
    }

    private static List<String> list(
            ObjectNode closing,
            String property,
            Verification verification,
            String things,
            String thing,
            String parts) {
        String closed = closing.path(thing).asString("");
        List<String> digests = new ArrayList<>();
        for (JsonNode one : verification.replay().state().json().path(things)) {
            if (one.path("act").asString("").equals(closed)) {
                one.path(parts).forEach(act -> digests.add(act.asString("")));
            }
        }
        digests.forEach(closing.putArray(property)::add);
        return digests;
    }
}
