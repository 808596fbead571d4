package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.SearchQuery;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.identity.Session;
import org.kerege.node.settings.Settings;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// The first page: how the node is, what capabilities have to say, and what has come since the last visit.
@Controller
@Callers
final class Home {

    private static final int NEWEST = 8;

    private final Settings settings;
    private final VisibleObjects objects;
    private final Names names;
    private final Giving giving;
    private final Visits visits;
    private final List<HomePanel> panels;
    private final Rendering rendering;
    private final Clock clock;

    Home(
            Settings settings,
            VisibleObjects objects,
            Names names,
            Giving giving,
            Visits visits,
            List<HomePanel> panels,
            Rendering rendering,
            Clock clock) {
        this.settings = settings;
        this.objects = objects;
        this.names = names;
        this.giving = giving;
        this.visits = visits;
        this.panels = List.copyOf(panels);
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Rendering.caller();
        News news = caller.is(Role.READER) ? news(caller, request) : News.NONE;
        visits.visited(caller.account(), clock.instant());
        Words words = Rendering.words(request);
        rendering.page(
                request,
                response,
                200,
                "home",
                Map.of(
                        "health",
                        Health.of(settings),
                        "panels",
                        panels.stream()
                                .map(panel -> panel.content(caller, words))
                                .flatMap(Optional::stream)
                                .toList(),
                        "news",
                        news));
    }

    private News news(Caller caller, HttpServletRequest request) {
        Reader reader = objects.reader(caller, Channel.WEB);
        Session session = Session.of(request);
        Instant since = session == null ? null : session.lastVisit();
        SearchQuery query = SearchQuery.addedAfter(since);
        List<Entry> newest =
                objects.find(reader, query, Long.MAX_VALUE, NEWEST).stream()
                        .map(Entry::of)
                        .toList();
        giving.record(caller, newest);
        return new News(
                newest,
                names.in(caller, reader, newest),
                objects.facets(reader, query),
                since == null ? "" : since.toString());
    }
}
