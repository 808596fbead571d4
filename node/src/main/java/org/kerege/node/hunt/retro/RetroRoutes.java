package org.kerege.node.hunt.retro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.PersonReviews;
import org.kerege.node.gate.Gate;
import org.kerege.node.hunt.CurrentIndicators;
import org.kerege.node.hunt.Indicator;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.pattern.MalformedPattern;
import org.kerege.readers.retained.RetainedEvents;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hunting back for the analysts of the node's own organisation, and how long its events may be kept.
///
/// A hunt is `{"why", "indicators": ["indicator--…"], "objects": [{…}], "since", "until"}`: indicators that the node
/// holds, or given as objects. The answer has a line of JSON for each match, as `./kerege hunt --json` has, and one with
/// the totals. A window is `{"days", "why"}`.
@RestController
@RequestMapping("/hunt")
final class RetroRoutes {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MOST_INDICATORS = 1_000;
    private static final int LONGEST_REASON = 1_000;
    private static final int SHOWN = 200;

    /// Characters of matches in an answer beyond which further ones are counted alone.
    private static final int MOST_CHARS = 16 << 20;

    private final RetroHunts hunts;
    private final Window window;
    private final RetainedEvents retained;
    private final CurrentIndicators current;
    private final PersonReviews reviews;
    private final Gate gate;

    RetroRoutes(
            RetroHunts hunts,
            Window window,
            RetainedEvents retained,
            CurrentIndicators current,
            PersonReviews reviews,
            Gate gate) {
        this.hunts = hunts;
        this.window = window;
        this.retained = retained;
        this.current = current;
        this.reviews = reviews;
        this.gate = gate;
    }

    @PostMapping("/retro")
    @Callers(Role.ANALYST)
    ResponseEntity<?> hunt(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "events are hunted in the node's own organisation alone");
        }
        if (window.kept().isZero()) {
            return Problems.answer(409, "this node keeps no events; set hunt.keep-days");
        }
        byte[] read = body.readNBytes(MAX_BYTES + 1);
        if (read.length > MAX_BYTES) {
            return Problems.answer(413, "a hunt is asked for with at most " + MAX_BYTES + " bytes");
        }
        RetroHunts.Asked asked;
        try {
            asked = asked(Json.mapper().readTree(read), caller);
        } catch (JacksonException e) {
            return Problems.answer(400, "a hunt is asked for with one JSON object");
        } catch (MalformedStix | MalformedPattern | IllegalArgumentException e) {
            return Problems.answer(400, String.valueOf(e.getMessage()));
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(answer(asked));
    }

    private byte[] answer(RetroHunts.Asked asked) throws IOException {
        StringBuilder lines = new StringBuilder();
        RetroHunts.Answer answer =
                hunts.run(
                        asked,
                        match -> {
                            if (lines.length() < MOST_CHARS) {
                                lines.append(match.json()).append('\n');
                            }
                        });
        ObjectNode totals = Json.mapper().createObjectNode();
        ObjectNode numbers =
                totals.putObject("totals")
                        .put("events", answer.events())
                        .put("unread", 0)
                        .put("matched", answer.matched())
                        .put("held_back", 0)
                        .put("not_examined", answer.notExamined())
                        .put("entry", answer.entry());
        var damaged = numbers.putArray("damaged");
        answer.damaged().forEach(damaged::add);
        return lines.append(totals).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private RetroHunts.Asked asked(JsonNode json, Caller caller) {
        String why = json.path("why").asString("").strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "say with 'why', in up to "
                            + LONGEST_REASON
                            + " characters, why these events are looked at");
        }
        List<Indicator> indicators = indicators(json);
        if (indicators.isEmpty() || indicators.size() > MOST_INDICATORS) {
            throw new IllegalArgumentException(
                    "a hunt names 1 to " + MOST_INDICATORS + " indicators");
        }
        Set<String> reviewed =
                reviews.standing().stream()
                        .map(PersonReviews.Standing::objectId)
                        .collect(Collectors.toSet());
        for (Indicator indicator : indicators) {
            if (indicator.namesPerson() && !reviewed.contains(indicator.id())) {
                throw new IllegalArgumentException(
                        indicator.id()
                                + " names a person: it is hunted once './kerege review record' has recorded purpose"
                                + " and legal basis");
            }
        }
        return new RetroHunts.Asked(
                caller.account() + " of " + caller.organisation(),
                why,
                indicators,
                time(json, "since"),
                time(json, "until"));
    }

    private List<Indicator> indicators(JsonNode json) {
        Map<String, Indicator> indicators = new LinkedHashMap<>();
        for (JsonNode object : json.path("objects")) {
            StixObject read = StixObject.read(object.toString().getBytes(StandardCharsets.UTF_8));
            if (!Indicator.isHuntable(read)) {
                throw new IllegalArgumentException(
                        read.id() + " is no indicator with a STIX pattern");
            }
            indicators.put(read.id().toString(), Indicator.of(read));
        }
        Set<String> wanted = new LinkedHashSet<>();
        json.path("indicators").forEach(id -> wanted.add(id.asString("")));
        if (!wanted.isEmpty()) {
            current.named(wanted, gate.view(gate.own(), Channel.WEB))
                    .forEach(indicator -> indicators.put(indicator.id(), indicator));
            for (String id : wanted) {
                if (!indicators.containsKey(id)) {
                    throw new IllegalArgumentException(
                            id + " is no indicator with a STIX pattern that is held here");
                }
            }
        }
        return new ArrayList<>(indicators.values());
    }

    private static @Nullable Instant time(JsonNode json, String name) {
        return json.path(name).isString()
                ? Timestamp.parse(json.path(name).stringValue()).instant()
                : null;
    }

    /// A hunt as it is told.
    record Told(
            long entry,
            String who,
            String why,
            List<String> indicators,
            String recorded,
            @Nullable String ended,
            long events,
            long matched) {}

    /// What was hunted back of late.
    @GetMapping("/retro")
    @Callers({Role.ANALYST, Role.AUDITOR})
    ResponseEntity<?> recorded(@AuthenticationPrincipal Caller caller) {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "hunts are read in the node's own organisation alone");
        }
        return ResponseEntity.ok(
                hunts.recorded(SHOWN).stream()
                        .map(one ->
                                new Told(
                                        one.entry(),
                                        one.who(),
                                        one.why(),
                                        one.indicators(),
                                        Timestamp.format(one.recorded()),
                                        one.ended() == null ? null : Timestamp.format(one.ended()),
                                        one.events(),
                                        one.matched()))
                        .toList());
    }

    /// How long events are kept, how long they may be, and how much there is.
    record Kept(
            long days,
            long askedDays,
            long capDays,
            long events,
            int segments,
            long bytes,
            @Nullable String oldest) {}

    @GetMapping("/window")
    @Callers({Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR})
    ResponseEntity<?> kept(@AuthenticationPrincipal Caller caller) throws IOException {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "this is told in the node's own organisation alone");
        }
        RetainedEvents.Extent extent = retained.extent();
        return ResponseEntity.ok(
                new Kept(
                        window.kept().toDays(),
                        window.asked().toDays(),
                        window.cap().toDays(),
                        extent.events(),
                        extent.segments(),
                        extent.bytes(),
                        extent.oldest() == null ? null : Timestamp.format(extent.oldest())));
    }

    /// Sets the cap, with an entry in the ledger.
    @PostMapping("/window")
    @Callers(Role.ADMINISTRATOR)
    ResponseEntity<?> cap(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "this is set in the node's own organisation alone");
        }
        try {
            JsonNode json = Json.mapper().readTree(body.readNBytes(MAX_BYTES));
            int days = json.path("days").asInt(0);
            String why = json.path("why").asString("").strip();
            if (days < 1 || days > Window.MOST_DAYS || why.isEmpty()) {
                return Problems.answer(
                        400,
                        "a window has 'days', 1 to "
                                + Window.MOST_DAYS
                                + ", and says with 'why' why events are kept so long");
            }
            long entry = window.set(days, caller.account() + " of " + caller.organisation(), why);
            return ResponseEntity.status(201)
                    .body(Map.of("entry", entry, "days", Duration.ofDays(days).toDays()));
        } catch (JacksonException e) {
            return Problems.answer(400, "a window is one JSON object");
        }
    }
}
