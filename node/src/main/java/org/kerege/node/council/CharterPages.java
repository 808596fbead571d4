package org.kerege.node.council;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.DeskPages;
import org.kerege.node.desk.Rendering;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.witness.LedgerLog;
import org.kerege.node.witness.Watch;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Who chairs, who the members are, what they decided and who witnesses it: for members of the alliance alone. To others
/// the pages are not there.
@Controller
@DeskPages
@Callers(Role.READER)
final class CharterPages {

    private final Charter charter;
    private final CharterReaders readers;
    private final LedgerLog log;
    private final Watch watch;
    private final CalendarFeeds feeds;
    private final CalendarAnswer calendar;
    private final Rendering rendering;
    private final Clock clock;

    CharterPages(
            Charter charter,
            CharterReaders readers,
            LedgerLog log,
            Watch watch,
            CalendarFeeds feeds,
            CalendarAnswer calendar,
            Rendering rendering,
            Clock clock) {
        this.charter = charter;
        this.readers = readers;
        this.log = log;
        this.watch = watch;
        this.feeds = feeds;
        this.calendar = calendar;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/desk/charter")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, "");
    }

    /// Makes the caller's address of the calendar, in place of one that it has; it is shown this once.
    @PostMapping("/desk/charter/feed")
    @Callers(value = Role.READER, fresh = true)
    void makeFeed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!readers.mayRead(Rendering.caller(), founded())) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        String secret =
                feeds.make(Rendering.caller().account(), Rendering.words(request).language());
        String address =
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path(CalendarRoute.ADDRESS)
                        .queryParam(CalendarRoute.SECRET, secret)
                        .toUriString();
        show(request, response, address);
    }

    @PostMapping("/desk/charter/feed/revoke")
    void revokeFeed(HttpServletResponse response) throws IOException {
        feeds.revoke(Rendering.caller().account());
        response.sendRedirect("/desk/charter");
    }

    private void show(HttpServletRequest request, HttpServletResponse response, String made)
            throws IOException {
        Caller caller = Rendering.caller();
        CharterView view = founded();
        if (!readers.mayRead(caller, view)) {
            rendering.page(request, response, 404, "missing", Map.of());
        } else if (view == null) {
            rendering.page(request, response, 200, "nocharter", Map.of());
        } else {
            Instant now = clock.instant();
            rendering.page(
                    request,
                    response,
                    200,
                    "charter",
                    Map.of(
                            "sheet",
                            CharterSheet.of(view, now, caller, Channel.WEB, readers),
                            "witness",
                            WitnessStatus.of(view, log, watch),
                            "subscribed",
                            feeds.has(caller.account()),
                            "made",
                            made));
        }
    }

    /// Terms, sessions and due reports as a calendar; an empty one where there is no charter.
    @GetMapping("/desk/charter.ics")
    ResponseEntity<byte[]> calendar(HttpServletRequest request) {
        return calendar.of(Rendering.caller(), Rendering.words(request));
    }

    private @Nullable CharterView founded() {
        CharterView view = charter.view();
        return view != null && view.isFounded() ? view : null;
    }
}
