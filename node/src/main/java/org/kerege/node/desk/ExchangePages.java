package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.search.Facets;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.SearchQuery;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The pages of the exchange, each for what its reader may see.
@Controller
@Callers(Role.READER)
final class ExchangePages {

    private static final int ON_A_PAGE = 50;
    private static final int SUGGESTIONS = 8;
    private static final int MOST_SIGHTINGS = 200;

    private final VisibleObjects objects;
    private final Neighbours neighbours;
    private final Names names;
    private final Giving giving;
    private final Rendering rendering;

    ExchangePages(VisibleObjects objects, Names names, Giving giving, Rendering rendering) {
        this.objects = objects;
        this.neighbours = new Neighbours(objects);
        this.names = names;
        this.giving = giving;
        this.rendering = rendering;
    }

    @GetMapping("/desk/exchange")
    void list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") List<String> type,
            @RequestParam(defaultValue = "") List<String> marking,
            @RequestParam(defaultValue = "") List<String> source,
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String before,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Reader reader = objects.reader(caller, Channel.WEB);
        SearchQuery query = SearchQuery.of(q, type, marking, source, since);
        List<Entry> found =
                entries(objects.find(reader, query, below(reader, before), ON_A_PAGE + 1));
        List<Entry> shown = found.stream().limit(ON_A_PAGE).toList();
        giving.record(caller, shown);
        Facets facets = objects.facets(reader, query);
        Set<String> named = new HashSet<>(query.sources());
        shown.forEach(entry -> named.addAll(entry.mentioned()));
        facets.sources().forEach(count -> named.add(count.value()));
        rendering.page(
                request,
                response,
                200,
                "exchange",
                Map.of(
                        "entries",
                        shown,
                        "facets",
                        facets,
                        "filter",
                        new Filter(query),
                        "names",
                        names.of(caller, reader, named),
                        "next",
                        found.size() > shown.size() ? shown.getLast().id() : ""));
    }

    /// Objects for the palette, as entries of a list.
    @GetMapping("/desk/suggestions")
    void suggestions(
            @RequestParam(defaultValue = "") String q,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Reader reader = objects.reader(caller, Channel.WEB);
        SearchQuery query = SearchQuery.of(q, List.of(), List.of(), List.of(), "");
        List<Entry> found = entries(objects.find(reader, query, Long.MAX_VALUE, SUGGESTIONS));
        giving.record(caller, found);
        rendering.page(
                request,
                response,
                200,
                "entries",
                Map.of("entries", found, "names", names.in(caller, reader, found)));
    }

    @GetMapping("/desk/object/{id}")
    void object(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Reader reader = objects.reader(caller, Channel.WEB);
        List<Entry> versions = Entry.versions(objects, reader, id);
        if (versions.isEmpty()) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        Entry entry = versions.getFirst();
        List<Entry> sightings =
                entries(objects.referring(reader, Set.of(id), "sighting", MOST_SIGHTINGS)).stream()
                        .filter(sighting ->
                                sighting.json().path("sighting_of_ref").asString("").equals(id))
                        .toList();
        List<Graph.Related> related = neighbours.of(reader, entry);
        giving.record(caller, versions);
        giving.record(caller, sightings);
        giving.record(caller, related.stream().map(Graph.Related::entry).toList());
        rendering.page(
                request,
                response,
                200,
                "object",
                Map.of(
                        "entry",
                        entry,
                        "versions",
                        versions,
                        "sightings",
                        sightings,
                        "names",
                        names.in(caller, reader, sightings),
                        "timeline",
                        Timeline.of(sightings),
                        "graph",
                        Graph.around(entry, related)));
    }

    @GetMapping("/desk/object/{id}/difference")
    void difference(
            @PathVariable String id,
            @RequestParam String from,
            @RequestParam String to,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        List<Entry> both =
                Entry.versions(objects, objects.reader(caller, Channel.WEB), id).stream()
                        .filter(version ->
                                version.version().equals(from) || version.version().equals(to))
                        .toList();
        if (both.size() < 2) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        giving.record(caller, both);
        rendering.page(
                request,
                response,
                200,
                "difference",
                Map.of("difference", Difference.between(both.getLast(), both.getFirst())));
    }

    @GetMapping("/desk/sightings")
    void sightings(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Rendering.caller();
        Reader reader = objects.reader(caller, Channel.WEB);
        SearchQuery query = SearchQuery.of("", List.of("sighting"), List.of(), List.of(), "");
        List<Entry> sightings =
                entries(objects.find(reader, query, Long.MAX_VALUE, MOST_SIGHTINGS));
        giving.record(caller, sightings);
        rendering.page(
                request,
                response,
                200,
                "sightings",
                Map.of(
                        "sightings", sightings,
                        "names", names.in(caller, reader, sightings),
                        "timeline", Timeline.of(sightings)));
    }

    /// Where a page begins that follows an object. Addresses name objects: a number would count what is withheld.
    private long below(Reader reader, String id) {
        return objects.objects(reader, Set.of(id.replace("\0", ""))).stream()
                .mapToLong(VisibleObject::seq)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static List<Entry> entries(List<VisibleObject> found) {
        return found.stream().map(Entry::of).toList();
    }
}
