package org.kerege.node.peers;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Party;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// A request that is held until there is something for its caller: an object that it may have, added after the time that
/// it names for a collection, or mail. What is withheld from the caller wakes nobody. After 25 seconds it is answered
/// in any case.
@RestController
final class HeldRoute {

    static final String PATH = "/peers/wait";

    /// How long a request is held.
    static final Duration HELD = Duration.ofSeconds(25);

    private static final int MAX_BYTES = 64 << 10;
    private static final int MOST_AT_ONCE = 2;
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Query ALL = Query.ALL.withVersions(Query.Versions.ALL);

    private final PeerScheme callers;
    private final Catalogue catalogue;
    private final Changes changes;
    private final ReadObjects read;
    private final Mailbox mailbox;
    private final Gate gate;
    private final Map<String, Semaphore> held = new ConcurrentHashMap<>();

    HeldRoute(
            PeerScheme callers,
            Catalogue catalogue,
            Changes changes,
            ReadObjects read,
            Mailbox mailbox,
            Gate gate) {
        this.callers = callers;
        this.catalogue = catalogue;
        this.changes = changes;
        this.read = read;
        this.mailbox = mailbox;
        this.gate = gate;
    }

    /// Answers `{"new": true}` as soon as there is something, else `{"new": false}`.
    @PostMapping(PATH)
    @Callers(Role.READER)
    ResponseEntity<?> hold(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        Agreement agreement = callers.agreementOf(caller).orElse(null);
        if (agreement == null) {
            return Problems.answer(404, "requests are held for nodes that have an agreement");
        }
        Semaphore places = held.computeIfAbsent(caller.account(), _ -> new Semaphore(MOST_AT_ONCE));
        if (!places.tryAcquire()) {
            return Problems.answer(
                    429, "at most " + MOST_AT_ONCE + " requests of a node are held at once");
        }
        try {
            return Answers.to(
                    body,
                    MAX_BYTES,
                    question ->
                            Answers.json(
                                    200,
                                    Json.mapper()
                                            .createObjectNode()
                                            .put("new", wait(agreement, question))));
        } finally {
            places.release();
        }
    }

    private boolean wait(Agreement agreement, JsonNode question) {
        Party own = Objects.requireNonNull(agreement.ownParty());
        Party other = Objects.requireNonNull(agreement.otherParty());
        Map<Collection, @Nullable Instant> since = new HashMap<>();
        for (String alias : own.gives()) {
            since.put(Places.collection(catalogue, alias), time(question.path("since"), alias));
        }
        Map<Collection, Long> seen = new HashMap<>();
        long end = System.nanoTime() + HELD.toNanos();
        try {
            while (System.nanoTime() < end) {
                if (mailbox.waiting(other.identity()) > 0) {
                    return true;
                }
                for (Map.Entry<Collection, @Nullable Instant> one : since.entrySet()) {
                    long count = changes.of(one.getKey());
                    Long before = seen.put(one.getKey(), count);
                    if ((before == null || before != count)
                            && isNew(agreement, one.getKey(), one.getValue())) {
                        return true;
                    }
                }
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean isNew(Agreement agreement, Collection collection, @Nullable Instant since) {
        Query after = new Query(since, ALL.ids(), ALL.types(), ALL.versions(), ALL.specVersions());
        return !read.entries(
                        collection, gate.view(agreement.other(), Channel.TAXII), after, null, 1)
                .items()
                .isEmpty();
    }

    private static @Nullable Instant time(JsonNode since, String alias) {
        String text = since.path(alias).asString("");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Timestamp.parse(text).instant();
        } catch (MalformedStix e) {
            throw new IllegalArgumentException("'since' has times by alias", e);
        }
    }
}
