package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.kerege.node.exchange.search.Facets;
import org.kerege.node.exchange.search.SearchQuery;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.identity.Callers;
import org.kerege.stix.Json;
import org.kerege.stix.marking.Tlp;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.node.ObjectNode;

/// Every component that pages are made of, with samples: the place to look before one makes another.
@Controller
@Callers
final class Components {

    private static final int BARS = 14;

    private final Rendering rendering;

    Components(Rendering rendering) {
        this.rendering = rendering;
    }

    @GetMapping("/desk/components")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Entry centre = sample("campaign", 1, Tlp.AMBER_2, "Autumn wind");
        List<Entry> entries =
                List.of(
                        centre,
                        sample("malware", 2, Tlp.GREEN_2, "Quietfox"),
                        sample(
                                "threat-actor",
                                3,
                                Tlp.RED_2,
                                "<b>A name</b> with \u202eturned\u202c text"),
                        sample(
                                "tool",
                                4,
                                Tlp.CLEAR_2,
                                "A name that is long enough to need more than one line on a phone"));
        List<Entry> sightings = IntStream.range(0, BARS).mapToObj(Components::sighting).toList();
        Map<String, String> names = Map.of(centre.id(), centre.title());
        rendering.page(
                request,
                response,
                200,
                "components",
                Map.of(
                        "entries",
                        entries,
                        "names",
                        names,
                        "facets",
                        new Facets(
                                List.of(
                                        new Facets.Count("malware", 12),
                                        new Facets.Count("tool", 3)),
                                List.of(),
                                List.of(),
                                15,
                                false),
                        "filter",
                        new Filter(SearchQuery.of("", List.of("tool"), List.of(), List.of(), "")),
                        "sightings",
                        sightings.subList(0, 3),
                        "timeline",
                        Timeline.of(sightings),
                        "graph",
                        Graph.around(
                                centre,
                                entries.stream()
                                        .skip(1)
                                        .map(entry -> new Graph.Related(entry, "uses", true))
                                        .toList()),
                        "difference",
                        Difference.between(
                                sample("tool", 4, Tlp.GREEN_2, "Before"),
                                sample("tool", 4, Tlp.AMBER_2, "After"))));
    }

    private static Entry sample(String type, int number, Tlp marking, String name) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", type);
        json.put("name", name);
        json.putArray("object_marking_refs").add(marking.id().toString());
        return entry(type, number, json);
    }

    private static Entry sighting(int day) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("sighting_of_ref", "campaign--00000000-0000-4000-8000-000000000001");
        json.put("created_by_ref", "identity--00000000-0000-4000-8000-000000000009");
        json.put("count", (day * 7) % 5 + day);
        json.put("first_seen", "2026-01-0%dT08:00:00Z".formatted(day % 9 + 1));
        json.put("last_seen", "2026-01-%02dT08:00:00Z".formatted(day + 10));
        return entry("sighting", day, json);
    }

    private static Entry entry(String type, int number, ObjectNode json) {
        String id = "%s--00000000-0000-4000-8000-%012d".formatted(type, number);
        json.put("id", id);
        return Entry.of(
                new VisibleObject(
                        number,
                        id,
                        "2026-01-01T08:00:00",
                        type,
                        false,
                        json.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
