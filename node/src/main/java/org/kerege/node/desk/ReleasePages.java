package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.Decision;
import org.kerege.gate.ReasonSentences;
import org.kerege.gate.Standing;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.node.exchange.ReleaseRequests;
import org.kerege.node.exchange.Releases;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Explanation;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.Supposition;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.marking.Tlp;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who gets an object and why, what would be otherwise, who has it; and the words people say about releases. How the
/// others stand to the alliance is shown to the node's own organisation alone; the source of an object sees who has it;
/// every other reader sees what concerns itself.
@Controller
@Callers(Role.READER)
public final class ReleasePages {

    /// What may follow a word about a release; anything else in an address is not shown.
    private static final Set<String> SAID =
            Set.of(
                    "DONE",
                    "NOT_HELD",
                    "NOTHING_WAITS",
                    "SAME_PERSON",
                    "TOO_LATE",
                    "ALREADY_READ",
                    "ASKED",
                    "ANSWERED",
                    "REFUSED");

    /// Markings that can be supposed or given by name.
    public static final List<Tlp> LEVELS = DraftForm.LEVELS;

    private final Explanation explanation;
    private final DeliveredObjects delivered;
    private final Releases releases;
    private final ReleaseRequests requests;
    private final VisibleObjects objects;
    private final Gate gate;
    private final Giving giving;
    private final Rendering rendering;
    private final Clock clock;

    ReleasePages(
            Explanation explanation,
            DeliveredObjects delivered,
            Releases releases,
            ReleaseRequests requests,
            VisibleObjects objects,
            Gate gate,
            Giving giving,
            Rendering rendering,
            Clock clock) {
        this.explanation = explanation;
        this.delivered = delivered;
        this.releases = releases;
        this.requests = requests;
        this.objects = objects;
        this.gate = gate;
        this.giving = giving;
        this.rendering = rendering;
        this.clock = clock;
    }

    /// What one organisation gets in one collection.
    ///
    /// @param before outcome as things are, where something else is supposed; empty where it is the same
    /// @param why the reason of that
    public record Answer(
            String collection,
            String organisation,
            String standing,
            String outcome,
            String reason,
            String before,
            String why) {}

    /// What is supposed, as the form carries it; empty is as things are.
    public record Supposed(String marking, String organisation, String standing) {}

    @GetMapping("/desk/object/{id}/release")
    void release(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String marking,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String standing,
            @RequestParam(defaultValue = "") String said,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Entry entry = Entry.newest(objects, objects.reader(caller, Channel.WEB), id).orElse(null);
        StixId object = entry == null ? null : id(entry.id());
        if (entry == null || object == null) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        giving.record(caller, List.of(entry));
        boolean own = gate.isOwn(caller.organisation());
        boolean source = own || requests.isSource(object, caller);
        Supposed supposed = new Supposed(marking, organisation, standing);
        Map<String, Object> values = new HashMap<>();
        values.put("entry", entry);
        values.put("answers", answers(object, own, caller, supposed, Rendering.words(request)));
        values.put("deliveries", source ? delivered.of(object) : List.of());
        values.put("own", own);
        values.put("source", source);
        values.put("supposed", supposed);
        values.put("said", SAID.contains(said) ? said : "");
        rendering.page(request, response, 200, "release", values);
    }

    private List<Answer> answers(
            StixId object, boolean own, Caller caller, Supposed supposed, Words words) {
        ReasonSentences sentences = ReasonSentences.in(Locale.of(words.language()));
        List<Explanation.Held> explained =
                own
                        ? explanation.explain(
                                object, null, Channel.TAXII, clock.instant(), supposition(supposed))
                        : explanation.explainTo(
                                object, caller.organisation(), Channel.TAXII, clock.instant());
        return explained.stream()
                .flatMap(held ->
                        held.answers().stream()
                                .map(answer -> {
                                    Decision before = answer.before();
                                    return new Answer(
                                            own ? held.collection() : "",
                                            Shown.text(answer.organisation()),
                                            words.of("standing." + answer.standing().name()),
                                            answer.decision().outcome().name(),
                                            sentences.say(answer.decision().reason()),
                                            before == null ? "" : before.outcome().name(),
                                            before == null ? "" : sentences.say(before.reason()));
                                }))
                .toList();
    }

    private static Supposition supposition(Supposed form) {
        List<StixId> markings =
                LEVELS.stream()
                        .filter(level -> level.level().name().equals(form.marking()))
                        .map(Tlp::id)
                        .toList();
        Standing standing =
                Stream.of(Standing.values())
                        .filter(one -> one.name().equals(form.standing()))
                        .findFirst()
                        .orElse(null);
        return new Supposition(
                markings.isEmpty() ? null : markings,
                standing == null || !isName(form.organisation())
                        ? Map.of()
                        : Map.of(form.organisation(), standing));
    }

    /// A name, or an identifier of an identity.
    private static boolean isName(String organisation) {
        return !organisation.isBlank()
                && (!organisation.startsWith("identity--") || id(organisation) != null);
    }

    @GetMapping("/desk/releases")
    void list(
            @RequestParam(defaultValue = "") String said,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        rendering.page(
                request,
                response,
                200,
                "releases",
                Map.of(
                        "awaiting",
                        gate.isOwn(caller.organisation()) ? releases.awaiting() : List.of(),
                        "toAnswer",
                        requests.askedOf(caller),
                        "asked",
                        requests.askedBy(caller),
                        "said",
                        SAID.contains(said) ? said : ""));
    }

    @PostMapping("/desk/releases/confirm")
    @Callers(value = Role.RELEASER, fresh = true)
    void confirm(@RequestParam(defaultValue = "") String object, HttpServletResponse response)
            throws IOException {
        decide(object, response, true);
    }

    @PostMapping("/desk/releases/undo")
    @Callers({Role.RELEASER, Role.PUBLISHER})
    void undo(@RequestParam(defaultValue = "") String object, HttpServletResponse response)
            throws IOException {
        decide(object, response, false);
    }

    private void decide(String text, HttpServletResponse response, boolean confirm)
            throws IOException {
        Caller caller = Rendering.caller();
        StixId object = id(text);
        if (object == null || !gate.isOwn(caller.organisation())) {
            response.sendRedirect("/desk/releases?said=NOT_HELD");
            return;
        }
        Releases.Outcome outcome =
                confirm ? releases.confirm(object, caller) : releases.undo(object, caller);
        response.sendRedirect("/desk/releases?said=" + outcome);
    }

    @PostMapping("/desk/releases/ask")
    void ask(
            @RequestParam(defaultValue = "") String object,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response)
            throws IOException {
        StixId id = id(object);
        String said = "NOT_HELD";
        if (id != null) {
            try {
                requests.ask(id, to, reason, Rendering.caller());
                said = "ASKED";
            } catch (ReleaseRequests.Refused e) {
                said = e.why() == ReleaseRequests.Refused.Why.NOT_THERE ? "NOT_HELD" : "REFUSED";
            } catch (IllegalArgumentException e) {
                said = "REFUSED";
            }
        }
        response.sendRedirect("/desk/releases?said=" + said);
    }

    @PostMapping("/desk/releases/answer")
    @Callers(
            value = {Role.RELEASER, Role.PUBLISHER},
            fresh = true)
    void answer(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String marking,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response)
            throws IOException {
        String said = "ANSWERED";
        try {
            List<String> markings =
                    marking.isEmpty() ? List.of() : List.of("TLP:" + marking.replace('_', '+'));
            requests.answer(
                    Long.parseLong(number),
                    !markings.isEmpty(),
                    reason,
                    markings,
                    Rendering.caller());
        } catch (ReleaseRequests.Refused | IllegalArgumentException e) {
            said = "REFUSED";
        }
        response.sendRedirect("/desk/releases?said=" + said);
    }

    private static @Nullable StixId id(String text) {
        try {
            return StixId.parse(text);
        } catch (MalformedStix e) {
            return null;
        }
    }
}
