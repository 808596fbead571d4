package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What lies around an object, further than its own page shows: a picture that one moves about in, and a list.
@Controller
@Callers(Role.READER)
final class GraphPages {

    /// Most points of a picture.
    static final int MOST = 5_000;

    private static final int MOST_STEPS = 3;

    private final VisibleObjects objects;
    private final Neighbours neighbours;
    private final Giving giving;
    private final Rendering rendering;

    GraphPages(VisibleObjects objects, Giving giving, Rendering rendering) {
        this.objects = objects;
        this.neighbours = new Neighbours(objects);
        this.giving = giving;
        this.rendering = rendering;
    }

    @GetMapping("/desk/graph")
    void page(
            @RequestParam String of,
            @RequestParam(defaultValue = "2") int steps,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Optional<Entry> centre = Entry.newest(objects, objects.reader(caller, Channel.WEB), of);
        if (centre.isEmpty()) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        giving.record(caller, centre.stream().toList());
        rendering.page(
                request,
                response,
                200,
                "web",
                Map.of("centre", centre.get(), "steps", bounded(steps), "mostSteps", MOST_STEPS));
    }

    /// The points and lines of the picture, see [Web#json()].
    @GetMapping("/desk/graph.json")
    void web(
            @RequestParam String of,
            @RequestParam(defaultValue = "2") int steps,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Reader reader = objects.reader(caller, Channel.WEB);
        Optional<Entry> centre = Entry.newest(objects, reader, of);
        if (centre.isEmpty()) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        Web web = neighbours.around(reader, centre.get(), bounded(steps), MOST);
        giving.record(caller, web.told());
        rendering.json(response, web.json());
    }

    private static int bounded(int steps) {
        return Math.clamp(steps, 1, MOST_STEPS);
    }
}
