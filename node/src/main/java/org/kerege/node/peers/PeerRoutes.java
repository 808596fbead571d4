package org.kerege.node.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Paper;
import org.kerege.node.agreement.Party;
import org.kerege.node.agreement.SignedObject;
import org.kerege.node.agreement.Terms;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Agreements with other nodes, for people of this node's own organisation; `docs/peers.md` has the requests.
@RestController
@RequestMapping("/peers")
final class PeerRoutes {

    private static final int MAX_BYTES = 256 << 10;
    private static final int LONGEST_VALIDITY_DAYS = 366;

    private final Dialogue dialogue;
    private final Agreements agreements;
    private final PeerStates states;
    private final Recalls recalls;
    private final DeliveredObjects deliveries;
    private final Gate gate;
    private final Clock clock;

    PeerRoutes(
            Dialogue dialogue,
            Agreements agreements,
            PeerStates states,
            Recalls recalls,
            DeliveredObjects deliveries,
            Gate gate,
            Clock clock) {
        this.dialogue = dialogue;
        this.agreements = agreements;
        this.states = states;
        this.recalls = recalls;
        this.deliveries = deliveries;
        this.gate = gate;
        this.clock = clock;
    }

    /// Agreements and how the exchange under each is doing.
    @GetMapping
    @Callers({Role.ADMINISTRATOR, Role.AUDITOR, Role.RELEASER, Role.ANALYST})
    ResponseEntity<?> list(@AuthenticationPrincipal Caller caller) {
        if (!gate.isOwn(caller.organisation())) {
            return outside();
        }
        ArrayNode all = Json.mapper().createArrayNode();
        for (Agreement one : agreements.all()) {
            ObjectNode json = Views.agreement(one, clock.instant());
            states.describe(one, json);
            all.add(json);
        }
        return Answers.json(200, all);
    }

    @PostMapping("/invitations")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> invite(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                request -> {
                    int days = request.path("days").asInt(30);
                    if (days < 1 || days > LONGEST_VALIDITY_DAYS) {
                        throw new IllegalArgumentException(
                                "an invitation holds for 1 to " + LONGEST_VALIDITY_DAYS + " days");
                    }
                    Paper paper =
                            dialogue.invite(
                                    Answers.text(request, "organisation"),
                                    terms(request),
                                    side(request),
                                    Duration.ofDays(days),
                                    who(caller));
                    return Answers.json(201, paper.source().json());
                });
    }

    private Terms terms(JsonNode request) {
        Instant from = time(request, "from");
        return new Terms(
                Terms.tier(Answers.text(request, "tier")),
                Terms.ceiling(Answers.text(request, "ceiling")),
                Answers.text(request, "purpose"),
                from == null ? clock.instant() : from,
                time(request, "until"));
    }

    /// Enters a paper that came as a file. Answers the agreement, and our paper that goes back where there is one.
    @PostMapping("/papers")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> take(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                request -> {
                    if (!(request.path("paper") instanceof ObjectNode object)) {
                        throw new IllegalArgumentException("a request needs the object 'paper'");
                    }
                    Paper paper = Paper.read(SignedObject.of(object, Set.of(Paper.TYPE)));
                    Dialogue.Taken taken =
                            dialogue.take(paper, side(request), lostKey(request), who(caller));
                    ObjectNode answer = Json.mapper().createObjectNode();
                    answer.set("agreement", Views.agreement(taken.agreement(), clock.instant()));
                    Paper ours = taken.answer();
                    if (ours != null) {
                        answer.set("answer", ours.source().json());
                    }
                    return Answers.json(201, answer);
                });
    }

    @PostMapping("/{agreement}/changes")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String agreement,
            InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                request -> {
                    Paper.Deed deed =
                            switch (Answers.text(request, "deed").toLowerCase(Locale.ROOT)) {
                                case "suspend" -> Paper.Deed.SUSPEND;
                                case "resume" -> Paper.Deed.RESUME;
                                case "end" -> Paper.Deed.END;
                                default ->
                                        throw new IllegalArgumentException(
                                                "'deed' is suspend, resume or end");
                            };
                    Paper paper =
                            dialogue.change(
                                    UUID.fromString(agreement),
                                    deed,
                                    time(request, "at"),
                                    Answers.text(request, "why"),
                                    who(caller));
                    return Answers.json(201, paper.source().json());
                });
    }

    /// Takes from a peer again after somebody has looked at why it was quarantined.
    @PostMapping("/{agreement}/trust")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> trust(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String agreement,
            InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                _ -> {
                    Party other =
                            agreements
                                    .find(UUID.fromString(agreement))
                                    .map(Agreement::otherParty)
                                    .orElseThrow(() ->
                                            new IllegalArgumentException(
                                                    "there is no accepted agreement " + agreement));
                    states.quarantine(other.identity(), null);
                    return Answers.json(
                            201,
                            Json.mapper()
                                    .createObjectNode()
                                    .put("organisation", other.organisation()));
                });
    }

    /// Makes a new key; answers a paper for each agreement.
    @PostMapping("/keys")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> rotate(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                request -> {
                    ArrayNode papers = Json.mapper().createArrayNode();
                    dialogue.rotate(request.path("lost").asBoolean(false), who(caller))
                            .forEach(paper -> papers.add(paper.source().json()));
                    return Answers.json(201, papers);
                });
    }

    /// What the other side was given and was not recalled from it.
    @GetMapping("/{agreement}/holdings")
    @Callers({Role.ADMINISTRATOR, Role.AUDITOR, Role.RELEASER})
    ResponseEntity<?> holdings(
            @AuthenticationPrincipal Caller caller, @PathVariable String agreement) {
        if (!gate.isOwn(caller.organisation())) {
            return outside();
        }
        Agreement found =
                agreements.all().stream()
                        .filter(one -> one.agreement().toString().equals(agreement))
                        .findFirst()
                        .orElse(null);
        if (found == null) {
            return Problems.answer(404, "there is no agreement " + agreement);
        }
        ArrayNode all = Json.mapper().createArrayNode();
        Set<String> erased = recalls.reading().erasedAt(found.other());
        for (DeliveredObjects.Holding one : deliveries.heldBy(found.other())) {
            if (erased.contains(one.object())) {
                continue;
            }
            all.addObject()
                    .put("object", one.object())
                    .put("version", one.version())
                    .put("since", Timestamp.format(one.since()));
        }
        return Answers.json(200, all);
    }

    private ResponseEntity<?> asked(Caller caller, InputStream body, Answers.Deed deed)
            throws IOException {
        return gate.isOwn(caller.organisation()) ? Answers.to(body, MAX_BYTES, deed) : outside();
    }

    private static ResponseEntity<?> outside() {
        return Problems.answer(403, "agreements are a matter of the node's own organisation");
    }

    private static String who(Caller caller) {
        return caller.account() + " of " + caller.organisation();
    }

    private static Dialogue.OwnSide side(JsonNode request) {
        List<String> gives =
                request.path("gives").valueStream().map(one -> one.asString("")).toList();
        String address = request.path("address").asString("");
        String act = request.path("act").asString("");
        return new Dialogue.OwnSide(
                gives, address.isEmpty() ? null : URI.create(address), act.isEmpty() ? null : act);
    }

    private static @Nullable VerifierKey lostKey(JsonNode request) {
        String text = request.path("lost_key").asString("");
        try {
            return text.isEmpty() ? null : VerifierKey.parse(text);
        } catch (MalformedLog e) {
            throw new IllegalArgumentException("'lost_key' is no key: " + e.getMessage(), e);
        }
    }

    private static @Nullable Instant time(JsonNode request, String name) {
        String text = request.path(name).asString("");
        try {
            return text.isEmpty() ? null : Timestamp.parse(text).instant();
        } catch (MalformedStix e) {
            throw new IllegalArgumentException("'" + name + "' is no time: " + text, e);
        }
    }
}
