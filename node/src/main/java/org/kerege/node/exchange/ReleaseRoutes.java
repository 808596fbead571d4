package org.kerege.node.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Words about releases: confirming and taking back, for the people of the node's own organisation; asking the source for
/// a wider release, for every reader; answering, for the source.
///
/// To confirm or to take back is `{"object"}`; to ask is `{"object", "to", "reason"}`; to answer is `{"request",
/// "granted", "reason", "markings": [...]}`, with markings where it is granted.
@RestController
@RequestMapping(path = "/releases", produces = MediaType.APPLICATION_JSON_VALUE)
final class ReleaseRoutes {

    private static final int MAX_BYTES = 64 << 10;

    private final Releases releases;
    private final ReleaseRequests requests;
    private final Gate gate;

    ReleaseRoutes(Releases releases, ReleaseRequests requests, Gate gate) {
        this.releases = releases;
        this.requests = requests;
        this.gate = gate;
    }

    @GetMapping("/awaiting")
    @Callers({Role.RELEASER, Role.PUBLISHER, Role.AUDITOR})
    ResponseEntity<?> awaiting(@AuthenticationPrincipal Caller caller) {
        return inOwn(caller, () -> ResponseEntity.ok(releases.awaiting()));
    }

    @PostMapping("/confirm")
    @Callers(Role.RELEASER)
    ResponseEntity<?> confirm(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return said(
                body, json -> inOwn(caller, () -> answer(releases.confirm(object(json), caller))));
    }

    @PostMapping("/undo")
    @Callers({Role.RELEASER, Role.PUBLISHER})
    ResponseEntity<?> undo(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return said(body, json -> inOwn(caller, () -> answer(releases.undo(object(json), caller))));
    }

    @GetMapping("/requests")
    @Callers(Role.READER)
    ResponseEntity<?> requests(@AuthenticationPrincipal Caller caller) {
        return ResponseEntity.ok(
                Map.of("asked", requests.askedBy(caller), "to_answer", requests.askedOf(caller)));
    }

    @PostMapping("/requests")
    @Callers(Role.READER)
    ResponseEntity<?> ask(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return said(
                body,
                json ->
                        ResponseEntity.status(201)
                                .body(
                                        Map.of(
                                                "request",
                                                requests.ask(
                                                        object(json),
                                                        text(json, "to"),
                                                        text(json, "reason"),
                                                        caller))));
    }

    @PostMapping("/requests/answer")
    @Callers({Role.RELEASER, Role.PUBLISHER})
    ResponseEntity<?> answer(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        return said(
                body,
                json -> {
                    if (!json.path("request").isIntegralNumber()
                            || !json.path("granted").isBoolean()) {
                        throw new IllegalArgumentException(
                                "an answer needs the number 'request' and 'granted', true or false");
                    }
                    List<String> markings = new ArrayList<>();
                    json.path("markings").forEach(one -> markings.add(one.asString("")));
                    return ResponseEntity.ok(
                            requests.answer(
                                    json.path("request").asLong(),
                                    json.path("granted").asBoolean(),
                                    text(json, "reason"),
                                    markings,
                                    caller));
                });
    }

    private ResponseEntity<?> inOwn(Caller caller, Supplier<ResponseEntity<?>> answer) {
        return gate.isOwn(caller.organisation())
                ? answer.get()
                : Problems.answer(403, "releases are decided in the node's own organisation alone");
    }

    private static ResponseEntity<?> said(
            InputStream body, Function<JsonNode, ResponseEntity<?>> answer) throws IOException {
        byte[] read = body.readNBytes(MAX_BYTES + 1);
        if (read.length > MAX_BYTES) {
            return Problems.answer(413, "a request has at most " + MAX_BYTES + " bytes");
        }
        try {
            return answer.apply(Json.mapper().readTree(read));
        } catch (JacksonException e) {
            return Problems.answer(400, "a request is one JSON object");
        } catch (MalformedStix | IllegalArgumentException e) {
            return Problems.answer(400, String.valueOf(e.getMessage()));
        } catch (ReleaseRequests.Refused e) {
            return Problems.answer(
                    switch (e.why()) {
                        case NOT_THERE -> 404;
                        case OWN_OBJECT, ANSWERED, NO_NEW_VERSION -> 409;
                        case TOO_MANY -> 429;
                    },
                    String.valueOf(e.getMessage()));
        }
    }

    private static ResponseEntity<?> answer(Releases.Outcome outcome) {
        return switch (outcome) {
            case DONE -> ResponseEntity.ok(Map.of("outcome", "done"));
            case NOT_HELD -> Problems.answer(404, "no such object is held here");
            case NOTHING_WAITS ->
                    Problems.answer(409, "no version of it waits for a second person");
            case SAME_PERSON ->
                    Problems.answer(409, "whoever brought it cannot be the second person");
            case TOO_LATE ->
                    Problems.answer(
                            409,
                            "it was not released by this organisation within the last "
                                    + Releases.REGRET.toSeconds()
                                    + " seconds");
            case ALREADY_READ -> Problems.answer(409, "somebody outside has been given it already");
        };
    }

    private static StixId object(JsonNode json) {
        return StixId.parse(text(json, "object"));
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("a request needs the text '" + name + "'");
        }
        return value.stringValue();
    }
}
