package org.kerege.node.council;

import org.kerege.node.desk.Words;
import org.kerege.node.identity.Callers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The calendar for applications that cannot sign in: they know their reader's secret and nothing else.
@RestController
@Callers(anyone = true)
final class CalendarRoute {

    /// Where it is.
    static final String ADDRESS = "/calendar.ics";

    /// The parameter with the secret.
    static final String SECRET = "of";

    private final CalendarFeeds feeds;
    private final CalendarAnswer calendar;

    CalendarRoute(CalendarFeeds feeds, CalendarAnswer calendar) {
        this.feeds = feeds;
        this.calendar = calendar;
    }

    @GetMapping(ADDRESS)
    ResponseEntity<byte[]> read(@RequestParam(name = SECRET, defaultValue = "") String secret) {
        return feeds.readerOf(secret)
                .map(reader -> calendar.of(reader.caller(), new Words(reader.language())))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
