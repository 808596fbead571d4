package org.kerege.node.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.AgreementRefused;
import org.kerege.node.agreement.Paper;
import org.kerege.node.agreement.Party;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The exchange of mail between two nodes: one question and one answer carry both ways. Whatever comes twice changes
/// nothing; what is refused is refused alone, with the reason, and told.
final class Post {

    /// Largest question or answer, in bytes.
    static final int MAX_BYTES = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final Set<String> TYPES = Set.of(Paper.TYPE, Recall.TYPE, Receipt.TYPE);

    private final Mailbox mailbox;
    private final PeerStates states;
    private final Dialogue dialogue;
    private final Recalls recalls;

    Post(Mailbox mailbox, PeerStates states, Dialogue dialogue, Recalls recalls) {
        this.mailbox = mailbox;
        this.states = states;
        this.dialogue = dialogue;
        this.recalls = recalls;
    }

    /// Carries a question to another node and its answer back.
    @FunctionalInterface
    interface Wire {
        /// Asks, and waits for the answer.
        ///
        /// @throws java.io.IOException when the other node cannot be reached or refuses
        JsonNode ask(Agreement agreement, ObjectNode question)
                throws java.io.IOException, InterruptedException;
    }

    /// Asks the other side, until both have what the other had for them.
    void exchange(Agreement agreement, Wire wire) throws java.io.IOException, InterruptedException {
        Party other = Objects.requireNonNull(agreement.otherParty());
        boolean more = true;
        while (more) {
            List<Mailbox.Item> ours = mailbox.waiting(other.identity(), 0);
            long had = states.mail(other.identity());
            JsonNode answer = wire.ask(agreement, envelope(ours).put("have", had).put("wait", 0));
            Map<Long, String> refusals = refusals(answer, ours);
            mailbox.taken(other.identity(), ours, refusals);
            mailbox.takenUpTo(other.identity(), answer.path("have").asLong(0));
            for (Mailbox.Item one : ours) {
                String why = refusals.get(one.number());
                if (why != null && one.id().type().equals(Recall.TYPE)) {
                    recalls.refusedBy(agreement, one.id(), why);
                }
            }
            int theirs = take(agreement, answer);
            states.mail(other.identity(), answer.path("last").asLong(had));
            more =
                    theirs > 0
                            || ours.size() == Mailbox.MOST
                            || mailbox.waiting(other.identity()) > 0;
        }
        states.good(other.identity());
    }

    /// Answers the other side's question.
    ObjectNode answer(Agreement agreement, JsonNode question) {
        Party other = Objects.requireNonNull(agreement.otherParty());
        long have = question.path("have").asLong(0);
        mailbox.takenUpTo(other.identity(), have);
        ArrayNode refused = Json.mapper().createArrayNode();
        take(agreement, question, refused);
        states.mail(other.identity(), question.path("last").asLong(0));
        ObjectNode answer = envelope(mailbox.waiting(other.identity(), have));
        answer.put("have", states.mail(other.identity()));
        answer.set("refused", refused);
        return answer;
    }

    private int take(Agreement agreement, JsonNode envelope) {
        return take(agreement, envelope, Json.mapper().createArrayNode());
    }

    /// Takes what an envelope holds; what is refused is added to `refused`.
    ///
    /// @return how many objects there were
    int take(Agreement agreement, JsonNode envelope, ArrayNode refused) {
        Party other = Objects.requireNonNull(agreement.otherParty());
        int count = 0;
        for (JsonNode one : envelope.path("objects")) {
            count++;
            String id = one.path("id").asString("");
            try {
                if (!(one instanceof ObjectNode object)) {
                    throw new MalformedStix("/objects", "holds objects", "holds something else");
                }
                take(agreement, SignedObject.of(object, TYPES));
            } catch (MalformedStix | AgreementRefused | RecallRefused e) {
                String why = String.valueOf(e.getMessage());
                LOG.warn(
                        "event=mail_refused peer=\"{}\" object={} reason=\"{}\"",
                        agreement.other(),
                        id,
                        why);
                states.refused(other.identity(), 1, id + ": " + why);
                refused.addObject().put("id", id).put("why", why);
            }
        }
        return count;
    }

    private void take(Agreement agreement, SignedObject object) {
        switch (object.id().type()) {
            case Recall.TYPE -> recalls.take(agreement, object);
            case Receipt.TYPE -> recalls.answered(agreement, object);
            case Paper.TYPE -> {
                Paper paper = Paper.read(object);
                if (paper instanceof Paper.Invitation) {
                    throw new MalformedStix(
                            "/step", "an invitation comes as a file", "came by mail");
                }
                try {
                    dialogue.take(
                            paper,
                            new Dialogue.OwnSide(List.of(), null, null),
                            null,
                            "node of " + agreement.other());
                } catch (AgreementRefused e) {
                    // What was entered before came again, by another way or after a crash.
                    if (e.fault() != AgreementRefused.Fault.REPLAYED) {
                        throw e;
                    }
                }
            }
            default -> throw new IllegalStateException("types are " + TYPES);
        }
    }

    private static ObjectNode envelope(List<Mailbox.Item> items) {
        ObjectNode envelope = Json.mapper().createObjectNode();
        ArrayNode objects = envelope.putArray("objects");
        items.forEach(one -> objects.add(Json.mapper().readTree(one.body())));
        return items.isEmpty() ? envelope : envelope.put("last", items.getLast().number());
    }

    private static Map<Long, String> refusals(JsonNode answer, List<Mailbox.Item> ours) {
        Map<String, String> byId = new LinkedHashMap<>();
        for (JsonNode one : answer.path("refused")) {
            byId.put(one.path("id").asString(""), one.path("why").asString("refused"));
        }
        Map<Long, String> refusals = new LinkedHashMap<>();
        for (Mailbox.Item one : ours) {
            String why = byId.get(one.id().toString());
            if (why != null) {
                refusals.put(one.number(), why);
            }
        }
        return refusals;
    }
}
