package org.kerege.node.peers;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.Timestamp;
import org.kerege.stix.marking.Tlp;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;

/// Recalls, for people of this node's own organisation; `docs/peers.md` has the requests.
@RestController
@RequestMapping("/recalls")
final class RecallRoutes {

    private static final int MAX_BYTES = 64 << 10;
    private static final int MOST_DAYS = 366;

    private final RecallOrder order;
    private final Recalls recalls;
    private final Gate gate;
    private final Clock clock;

    RecallRoutes(RecallOrder order, Recalls recalls, Gate gate, Clock clock) {
        this.order = order;
        this.recalls = recalls;
        this.gate = gate;
        this.clock = clock;
    }

    /// Recalls given and taken, the latest first, each with who has not answered.
    @GetMapping
    @Callers({Role.PUBLISHER, Role.RELEASER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
    ResponseEntity<?> list(@AuthenticationPrincipal Caller caller) {
        if (!gate.isOwn(caller.organisation())) {
            return outside();
        }
        ArrayNode all = Json.mapper().createArrayNode();
        recalls.sheets().forEach(one -> all.add(one.json()));
        return Answers.json(200, all);
    }

    @PostMapping
    @Callers({Role.PUBLISHER, Role.RELEASER})
    ResponseEntity<?> give(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                request -> {
                    int days = request.path("days").asInt((int) RecallOrder.TO_ANSWER.toDays());
                    if (days < 1 || days > MOST_DAYS) {
                        throw new IllegalArgumentException(
                                "recipients have 1 to " + MOST_DAYS + " days to answer");
                    }
                    Recall recall =
                            order.give(
                                    StixId.parse(Answers.text(request, "object")),
                                    Recall.Cause.of(request.path("cause").asString("withdrawn")),
                                    Answers.text(request, "why"),
                                    marking(request.path("marking").asString("")),
                                    Duration.ofDays(days),
                                    caller.account() + " of " + caller.organisation());
                    return Answers.json(
                            201,
                            RecallSheet.of(
                                            recalls.reading(),
                                            recalls.reading().find(recall.id()).orElseThrow(),
                                            clock.instant())
                                    .json());
                });
    }

    /// Keeps an object from erasure for a ground in law.
    @PostMapping("/holds")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> hold(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return asked(
                caller,
                body,
                request -> {
                    StixId object = StixId.parse(Answers.text(request, "object"));
                    recalls.hold(
                            object,
                            Answers.text(request, "ground"),
                            Timestamp.parse(Answers.text(request, "until")).instant(),
                            caller.account() + " of " + caller.organisation());
                    return Answers.json(
                            201, Json.mapper().createObjectNode().put("object", object.toString()));
                });
    }

    private static @Nullable Tlp marking(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return Tlp.labelled(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no marking '" + text + "'"));
    }

    private ResponseEntity<?> asked(Caller caller, InputStream body, Answers.Deed deed)
            throws IOException {
        return gate.isOwn(caller.organisation()) ? Answers.to(body, MAX_BYTES, deed) : outside();
    }

    private static ResponseEntity<?> outside() {
        return Problems.answer(403, "recalls are a matter of the node's own organisation");
    }
}
