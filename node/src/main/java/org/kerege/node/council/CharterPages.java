package org.kerege.node.council;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.DeskPages;
import org.kerege.node.desk.Rendering;
import org.kerege.node.desk.Words;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.witness.LedgerLog;
import org.kerege.node.witness.Watch;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Who chairs, who the members are, what they decided and who witnesses it: for members of the alliance alone. To others
/// the pages are not there.
@Controller
@DeskPages
@Callers(Role.READER)
final class CharterPages {

    private static final MediaType CALENDAR =
            new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final Charter charter;
    private final CharterReaders readers;
    private final LedgerLog log;
    private final Watch watch;
    private final CalendarFeeds feeds;
    private final Rendering rendering;
    private final Clock clock;

    CharterPages(
            Charter charter,
            CharterReaders readers,
            LedgerLog log,
            Watch watch,
            CalendarFeeds feeds,
            Rendering rendering,
            Clock clock) {
        this.charter = charter;
        this.readers = readers;
        this.log = log;
        this.watch = watch;
        this.feeds = feeds;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/desk/charter")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, "");
    }

    /// Makes the caller's address of the calendar, in place of one that it has; it is shown this once.
    @PostMapping("/desk/charter/feed")
    void makeFeed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!readers.mayRead(Rendering.caller(), founded())) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        String secret =
                feeds.make(Rendering.caller().account(), Rendering.words(request).language());
        String address =
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/calendar/" + secret + ".ics")
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
        return calendar(Rendering.caller(), Rendering.words(request));
    }

    /// The same for a calendar application, which knows its reader's secret and nothing else.
    @GetMapping("/calendar/{secret}.ics")
    @Callers(anyone = true)
    ResponseEntity<byte[]> feed(@PathVariable String secret) {
        return feeds.readerOf(secret)
                .map(reader -> calendar(reader.caller(), new Words(reader.language())))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private ResponseEntity<byte[]> calendar(Caller caller, Words words) {
        CharterView view = founded();
        if (!readers.mayRead(caller, view)) {
            return ResponseEntity.notFound().build();
        }
        Instant now = clock.instant();
        CharterCalendar calendar = new CharterCalendar(words, now);
        String text =
                view == null
                        ? calendar.empty()
                        : calendar.of(
                                view.founding(),
                                CharterSheet.of(view, now, caller, Channel.CALENDAR, readers));
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.noStore())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable CharterView founded() {
        CharterView view = charter.view();
        return view != null && view.isFounded() ? view : null;
    }
}
