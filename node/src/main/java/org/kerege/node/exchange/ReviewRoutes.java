package org.kerege.node.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kerege.gate.PersonReview;
import org.kerege.gate.PersonReview.Exclusion;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
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

/// Reviews of objects that name a person, for the analysts and auditors of this node's own organisation.
///
/// A review is `{"object", "purpose", "legal_basis", "review_by", "exclusions": {"journalism": ..., "research": ...,
/// "art": ..., "protest": ..., "humanitarian_work": ..., "counter_speech": ...}}`: each exclusion with the reason why it
/// does not apply.
@RestController
@RequestMapping(path = "/reviews", produces = MediaType.APPLICATION_JSON_VALUE)
final class ReviewRoutes {

    private static final int MAX_BYTES = 64 << 10;

    private final PersonReviews reviews;
    private final ReviewFigures figures;
    private final Gate gate;

    ReviewRoutes(PersonReviews reviews, ReviewFigures figures, Gate gate) {
        this.reviews = reviews;
        this.figures = figures;
        this.gate = gate;
    }

    /// A review as it was recorded.
    record Recorded(
            long entry,
            String object,
            String purpose,
            String legalBasis,
            String reviewer,
            String recorded,
            String reviewBy) {}

    @GetMapping
    @Callers({Role.ANALYST, Role.AUDITOR})
    ResponseEntity<?> standing(@AuthenticationPrincipal Caller caller) {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "reviews are read in the node's own organisation alone");
        }
        List<Recorded> all =
                reviews.standing().stream()
                        .map(one ->
                                new Recorded(
                                        one.seq(),
                                        one.objectId(),
                                        one.purpose(),
                                        one.legalBasis(),
                                        one.reviewer(),
                                        Timestamp.format(one.recorded()),
                                        Timestamp.format(one.reviewBy())))
                        .toList();
        return ResponseEntity.ok(all);
    }

    @GetMapping("/figures")
    @Callers({Role.ANALYST, Role.AUDITOR})
    ResponseEntity<?> figures(@AuthenticationPrincipal Caller caller) {
        return gate.isOwn(caller.organisation())
                ? ResponseEntity.ok(figures.all())
                : Problems.answer(403, "figures are read in the node's own organisation alone");
    }

    @PostMapping
    @Callers(Role.ANALYST)
    ResponseEntity<?> record(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(
                    403, "reviews are recorded in the node's own organisation alone");
        }
        byte[] read = body.readNBytes(MAX_BYTES + 1);
        if (read.length > MAX_BYTES) {
            return Problems.answer(413, "a review has at most " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode json = Json.mapper().readTree(read);
            StixId object = StixId.parse(text(json, "object"));
            return switch (reviews.record(object, review(json, caller))) {
                case RECORDED ->
                        ResponseEntity.status(201).body(Map.of("object", object.toString()));
                case NOT_HELD -> Problems.answer(404, object + " is not held here");
                case NAMES_NO_PERSON ->
                        Problems.answer(409, object + " names no person and needs no review");
            };
        } catch (JacksonException e) {
            return Problems.answer(400, "a review is one JSON object");
        } catch (MalformedStix | IllegalArgumentException e) {
            return Problems.answer(400, String.valueOf(e.getMessage()));
        }
    }

    private static PersonReview review(JsonNode json, Caller caller) {
        Map<Exclusion, String> answers = new EnumMap<>(Exclusion.class);
        for (Exclusion exclusion : Exclusion.values()) {
            answers.put(
                    exclusion,
                    json.path("exclusions")
                            .path(exclusion.name().toLowerCase(Locale.ROOT))
                            .asString(""));
        }
        return new PersonReview(
                text(json, "purpose"),
                text(json, "legal_basis"),
                caller.account() + " of " + caller.organisation(),
                Timestamp.parse(text(json, "review_by")).instant(),
                answers);
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException("a review needs the text '" + name + "'");
        }
        return value.stringValue();
    }
}
