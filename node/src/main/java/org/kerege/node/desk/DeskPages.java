package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
final class DeskPages {

    private static final int LONGEST_SEARCH = 200;
    private static final int NEWEST = 8;

    private final VisibleObjects objects;
    private final Giving giving;
    private final Rendering rendering;

    DeskPages(VisibleObjects objects, Giving giving, Rendering rendering) {
        this.objects = objects;
        this.giving = giving;
        this.rendering = rendering;
    }

    @Callers
    @GetMapping("/")
    void home(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Rendering.caller();
        boolean reader = caller.is(Role.READER);
        List<Entry> newest =
                reader
                        ? objects.last(caller, "", "", Long.MAX_VALUE).stream()
                                .limit(NEWEST)
                                .toList()
                        : List.of();
        giving.record(caller, newest);
        rendering.page(
                request,
                response,
                200,
                "home",
                Map.of("newest", newest, "types", reader ? objects.types(caller) : List.of()));
    }

    @GetMapping("/desk/exchange")
    void exchange(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        String words = cut(q);
        String kind = cut(type);
        List<Entry> found = objects.last(caller, words, kind, before);
        List<Entry> shown = found.stream().limit(VisibleObjects.PAGE).toList();
        giving.record(caller, shown);
        rendering.page(
                request,
                response,
                200,
                "exchange",
                Map.of(
                        "entries", shown,
                        "types", objects.types(caller),
                        "words", words,
                        "type", kind,
                        "next", found.size() > shown.size() ? shown.getLast().seq() : -1L));
    }

    @GetMapping("/desk/object/{id}")
    void object(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        List<Entry> versions = objects.versions(caller, cut(id));
        if (versions.isEmpty()) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        List<Entry> sightings = objects.sightings(caller, id);
        giving.record(caller, versions);
        giving.record(caller, sightings);
        rendering.page(
                request,
                response,
                200,
                "object",
                Map.of(
                        "entry", versions.getFirst(),
                        "versions", versions,
                        "sightings", sightings));
    }

    @GetMapping("/desk/sightings")
    void sightings(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Rendering.caller();
        List<Entry> sightings = objects.sightings(caller, null);
        giving.record(caller, sightings);
        rendering.page(request, response, 200, "sightings", Map.of("sightings", sightings));
    }

    /// What is asked for, no longer than anything that can be found. The store takes no zero characters.
    private static String cut(String asked) {
        return asked.substring(0, Math.min(asked.length(), LONGEST_SEARCH)).replace("\0", "");
    }
}
