package org.kerege.node.peers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.tlog.SigningKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a node answers for about a recall: what became of its own copies, and what those answered to whom it had passed
/// them on. It is said again, later `modified`, whenever one of these answers.
///
/// @param recall identifier of the recall that it answers
/// @param ground under which a copy is kept; null where none is
/// @param until when the copy that is kept is erased
/// @param passedOn those to whom this node had given the object
record Receipt(
        SignedObject source,
        StixId recall,
        StixId object,
        Outcome outcome,
        @Nullable String ground,
        @Nullable Instant until,
        List<Onward> passedOn) {

    static final String TYPE = "recall-receipt";

    private static final int MOST_ONWARD = 10_000;

    Receipt {
        passedOn = List.copyOf(passedOn);
    }

    /// What became of a node's copies.
    enum Outcome {
        ERASED,
        /// The recalled versions are erased; a later one is held.
        SUPERSEDED,
        /// Out of every collection and hunt, but not erased.
        KEPT,
        /// Another source's claim to the same version stays.
        CLAIMED,
        NEVER_HELD,
        /// Answered already, to another who passed the same recall on.
        ALREADY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One to whom the object was given.
    ///
    /// @param answer null while it has not answered
    record Onward(String organisation, StixId identity, @Nullable Receipt answer) {}

    /// Reads a receipt with those inside it; whether signatures hold is asked of each source.
    ///
    /// @throws MalformedStix when it is none
    static Receipt read(SignedObject source) {
        return read(source, 0);
    }

    private static final int DEEPEST = 16;

    private static Receipt read(SignedObject source, int depth) {
        if (depth > DEEPEST) {
            throw new MalformedStix("/passed_on", "at most " + DEEPEST + " deep", "is deeper");
        }
        JsonNode list = source.json().path("passed_on");
        if (list.size() > MOST_ONWARD) {
            throw new MalformedStix("/passed_on", "at most " + MOST_ONWARD, "has more");
        }
        List<Onward> passedOn = new ArrayList<>();
        for (JsonNode one : list) {
            Receipt answer =
                    one.path("answer") instanceof ObjectNode inside
                            ? read(SignedObject.of(inside, Set.of(TYPE)), depth + 1)
                            : null;
            StixId identity = StixId.parse(one.path("identity").asString(""));
            if (answer != null && !answer.source().author().equals(identity)) {
                throw new MalformedStix(
                        "/passed_on", "an answer is its organisation's own", "is another's");
            }
            passedOn.add(new Onward(one.path("organisation").asString("?"), identity, answer));
        }
        return new Receipt(
                source,
                StixId.parse(source.text("recall_ref")),
                StixId.parse(source.text("object_ref")),
                outcome(source.text("outcome")),
                source.optionalText("ground"),
                source.optionalInstant("until"),
                passedOn);
    }

    private static Outcome outcome(String word) {
        for (Outcome one : Outcome.values()) {
            if (one.word().equals(word)) {
                return one;
            }
        }
        throw new MalformedStix("/outcome", "an outcome of a recall", "is " + word);
    }

    /// What stands in a receipt beside who signed it.
    record Content(
            Recall recall,
            Outcome outcome,
            int versions,
            @Nullable String ground,
            @Nullable Instant until,
            List<Onward> passedOn) {}

    /// Signs a receipt. Those of one node to one recall are versions of one object.
    static Receipt sign(SigningKey key, StixId own, Content content, Instant created, Instant at) {
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("recall_ref", content.recall().id().toString())
                        .put("object_ref", content.recall().object().toString())
                        .put("outcome", content.outcome().word())
                        .put("versions", content.versions());
        Views.putText(json, "ground", content.ground());
        Views.putTime(json, "until", content.until());
        ArrayNode list = json.putArray("passed_on");
        for (Onward one : content.passedOn()) {
            ObjectNode onward =
                    list.addObject()
                            .put("organisation", one.organisation())
                            .put("identity", one.identity().toString());
            Receipt answer = one.answer();
            if (answer != null) {
                onward.set("answer", answer.source().json());
            }
        }
        StixId id =
                new StixId(
                        TYPE,
                        UUID.nameUUIDFromBytes(
                                (content.recall().id() + " " + own)
                                        .getBytes(StandardCharsets.UTF_8)));
        return read(SignedObject.sign(key, id, own, created, at, json));
    }

    /// When it was said, as its author says.
    Instant at() {
        return source.instant("modified");
    }

    /// Names of those below who have not answered, each with the way to it.
    List<String> open() {
        List<String> open = new ArrayList<>();
        for (Onward one : passedOn) {
            Receipt answer = one.answer();
            if (answer == null) {
                open.add(one.organisation());
            } else {
                answer.open().forEach(name -> open.add(one.organisation() + " > " + name));
            }
        }
        return open;
    }
}
