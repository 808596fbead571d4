package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.ReasonSentences;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.exchange.draft.Draft;
import org.kerege.node.exchange.draft.Findings;
import org.kerege.node.exchange.draft.Observable;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.SearchQuery;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Explanation;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// From a pasted text to published indicators: what is found, what is drafted, who will get it. Nothing is kept of a
/// draft; its form carries it.
@Controller
@Callers(Role.PUBLISHER)
final class PublishPages {

    private final Catalogue catalogue;
    private final Gate gate;
    private final Explanation explanation;
    private final Intake intake;
    private final VisibleObjects objects;
    private final Rendering rendering;
    private final Clock clock;

    PublishPages(
            Catalogue catalogue,
            Gate gate,
            Explanation explanation,
            Intake intake,
            VisibleObjects objects,
            Rendering rendering,
            Clock clock) {
        this.catalogue = catalogue;
        this.gate = gate;
        this.explanation = explanation;
        this.intake = intake;
        this.objects = objects;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/desk/publish")
    void paste(HttpServletRequest request, HttpServletResponse response) throws IOException {
        paste(request, response, 200, "");
    }

    @PostMapping("/desk/publish/found")
    void found(@RequestParam String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (text.length() > Findings.LONGEST_TEXT) {
            paste(request, response, 422, "publish.too-long");
            return;
        }
        Findings findings = Findings.in(text);
        List<Collection> collections = collections();
        if (findings.all().isEmpty() || collections.isEmpty()) {
            paste(
                    request,
                    response,
                    422,
                    collections.isEmpty() ? "publish.no-collection" : "publish.nothing");
            return;
        }
        draft(
                request,
                response,
                DraftForm.of(findings, collections.getFirst().id().toString(), clock),
                findings.more());
    }

    @PostMapping("/desk/publish/draft")
    void draft(HttpServletRequest request, HttpServletResponse response) throws IOException {
        draft(request, response, DraftForm.of(request.getParameterMap(), clock), false);
    }

    @PostMapping("/desk/publish")
    void publish(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DraftForm form = DraftForm.of(request.getParameterMap(), clock);
        Collection collection = collection(form);
        if (collection == null || form.chosen().isEmpty()) {
            draft(request, response, form, false);
            return;
        }
        Caller caller = Rendering.caller();
        Draft draft = form.draft(creator(caller));
        List<BundleReader.Item> items = new ArrayList<>();
        for (Observable one : form.found()) {
            if (form.has(one)) {
                items.add(new BundleReader.Item.Read(items.size(), draft.indicator(one)));
            }
        }
        Verdicts verdicts =
                intake.admit(
                        collection,
                        new Source(caller.organisation(), "desk", caller.account()),
                        items);
        rendering.page(
                request,
                response,
                200,
                "published",
                Map.of("verdicts", verdicts, "collection", collection));
    }

    private void paste(
            HttpServletRequest request, HttpServletResponse response, int status, String problem)
            throws IOException {
        rendering.page(request, response, status, "publish", Map.of("problem", problem));
    }

    private void draft(
            HttpServletRequest request, HttpServletResponse response, DraftForm form, boolean more)
            throws IOException {
        Caller caller = Rendering.caller();
        Map<String, Object> values = new HashMap<>();
        values.put("form", form);
        values.put("more", more);
        values.put("collections", collections());
        values.put("held", held(caller, form));
        values.put("receivers", receivers(caller, form, Rendering.words(request)));
        rendering.page(request, response, 200, "draft", values);
    }

    /// Collections in which the caller may publish.
    private List<Collection> collections() {
        Caller caller = Rendering.caller();
        return catalogue.collections().stream()
                .filter(collection ->
                        collection.canWrite()
                                && caller.mayUse(collection.id())
                                && List.of(collection.specVersions().split(",")).contains("2.1"))
                .toList();
    }

    private @Nullable Collection collection(DraftForm form) {
        return collections().stream()
                .filter(collection -> collection.id().toString().equals(form.collection()))
                .findFirst()
                .orElse(null);
    }

    /// Identity of the caller's organisation, where it is held and seen; naming one that readers cannot look up would
    /// keep from them whatever names it.
    private @Nullable StixId creator(Caller caller) {
        StixId identity = gate.organisations().identity(caller.organisation());
        return objects.objects(objects.reader(caller, Channel.WEB), Set.of(identity.toString()))
                        .isEmpty()
                ? null
                : identity;
    }

    /// Indicators with the same pattern that the caller can see already: their identifiers by the value.
    private Map<String, String> held(Caller caller, DraftForm form) {
        if (!caller.is(Role.READER)) {
            return Map.of();
        }
        Reader reader = objects.reader(caller, Channel.WEB);
        Map<String, String> held = new TreeMap<>();
        for (Observable one : form.found()) {
            SearchQuery query =
                    new SearchQuery(
                            "\"" + one.value().replace('"', ' ') + "\"",
                            Set.of("indicator"),
                            Set.of(),
                            Set.of(),
                            null);
            for (VisibleObject object : objects.find(reader, query, Long.MAX_VALUE, 3)) {
                if (Entry.of(object).json().path("pattern").asString("").equals(one.pattern())) {
                    held.put(one.value(), object.id());
                }
            }
        }
        return held;
    }

    /// Who would get the indicators, as the gate decides it. How the alliance stands to one another is this node's
    /// organisation's matter, and only its people are told.
    private List<Receiver> receivers(Caller caller, DraftForm form, Words words) {
        Collection collection = collection(form);
        if (collection == null || form.chosen().isEmpty() || !gate.isOwn(caller.organisation())) {
            return List.of();
        }
        StixObject first = form.draft(creator(caller)).indicator(form.chosen().iterator().next());
        ReasonSentences sentences = ReasonSentences.in(Locale.of(words.language()));
        return explanation
                .foresee(
                        gate.place(
                                        List.of(first),
                                        caller.organisation(),
                                        true,
                                        collection.destination())
                                .placements()
                                .getFirst(),
                        Channel.TAXII,
                        clock.instant())
                .stream()
                .map(answer ->
                        new Receiver(
                                answer.organisation(),
                                words.of("standing." + answer.standing().name()),
                                answer.decision().outcome().name(),
                                sentences.say(answer.decision().reason())))
                .toList();
    }
}
