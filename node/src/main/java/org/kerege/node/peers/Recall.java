package org.kerege.node.peers;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.Timestamp;
import org.kerege.tlog.SigningKey;
import tools.jackson.databind.node.ObjectNode;

/// That an object is to be taken off: told by whoever gave it to somebody, to that somebody. A node that has passed the
/// object on tells those whom it gave it by a recall of its own, with the first one inside.
///
/// @param object what is recalled
/// @param upTo the last version that is recalled; null for all there are
/// @param answerBy when the answer is overdue
/// @param original the recall that this one passes on; null where it is the first
record Recall(
        SignedObject source,
        StixId object,
        Cause cause,
        String why,
        @Nullable Timestamp upTo,
        Instant answerBy,
        @Nullable Recall original) {

    static final String TYPE = "recall";

    /// Why an object is recalled.
    enum Cause {
        /// Its creator revoked it for good.
        REVOKED,
        /// It is not to be used or kept any more.
        WITHDRAWN,
        /// A later version takes its place.
        CORRECTED,
        /// A later version has a stricter marking.
        TIGHTENED,
        /// Its time is over.
        EXPIRED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws IllegalArgumentException when there is no such cause
        static Cause of(String word) {
            for (Cause one : values()) {
                if (one.word().equals(word)) {
                    return one;
                }
            }
            throw new IllegalArgumentException(
                    "a cause is revoked, withdrawn, corrected, tightened or expired, not " + word);
        }
    }

    /// Reads a recall; whether its signature holds is asked of its source.
    ///
    /// @throws MalformedStix when it is none
    static Recall read(SignedObject source) {
        Recall original = null;
        if (source.json().path("original") instanceof ObjectNode inside) {
            original = read(SignedObject.of(inside, Set.of(TYPE)));
            if (original.original() != null) {
                throw new MalformedStix("/original", "is the first recall", "passes on another");
            }
        }
        String upTo = source.optionalText("up_to");
        StixId object = StixId.parse(source.text("object_ref"));
        if (original != null && !original.object().equals(object)) {
            throw new MalformedStix("/original", "recalls the same object", "recalls another");
        }
        try {
            return new Recall(
                    source,
                    object,
                    Cause.of(source.text("cause")),
                    source.text("why"),
                    upTo == null ? null : Timestamp.parse(upTo),
                    source.instant("answer_by"),
                    original);
        } catch (IllegalArgumentException e) {
            throw new MalformedStix(
                    "/cause", "a cause of a recall", String.valueOf(e.getMessage()));
        }
    }

    /// Signs a recall.
    static Recall sign(
            SigningKey key,
            StixId own,
            StixId object,
            Cause cause,
            String why,
            @Nullable Timestamp upTo,
            Instant answerBy,
            @Nullable Recall original,
            Instant at) {
        ObjectNode content =
                Json.mapper()
                        .createObjectNode()
                        .put("object_ref", object.toString())
                        .put("cause", cause.word())
                        .put("why", why)
                        .put("answer_by", Timestamp.format(answerBy));
        if (upTo != null) {
            content.put("up_to", upTo.toString());
        }
        if (original != null) {
            content.set("original", original.source().json());
        }
        return read(SignedObject.sign(key, SignedObject.newId(TYPE), own, at, at, content));
    }

    StixId id() {
        return source.id();
    }

    /// The first of the chain.
    Recall root() {
        return original == null ? this : original;
    }
}
