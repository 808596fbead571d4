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
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.witness.LedgerLog;
import org.kerege.node.witness.Watch;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

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
    private final Rendering rendering;
    private final Clock clock;

    CharterPages(
            Charter charter,
            CharterReaders readers,
            LedgerLog log,
            Watch watch,
            Rendering rendering,
            Clock clock) {
        this.charter = charter;
        this.readers = readers;
        this.log = log;
        this.watch = watch;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/desk/charter")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
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
                            WitnessStatus.of(view, log, watch)));
        }
    }

    /// Terms, sessions and due reports as a calendar; an empty one where there is no charter.
    @GetMapping("/desk/charter.ics")
    ResponseEntity<byte[]> calendar(HttpServletRequest request) {
        Caller caller = Rendering.caller();
        CharterView view = founded();
        if (!readers.mayRead(caller, view)) {
            return ResponseEntity.notFound().build();
        }
        Instant now = clock.instant();
        CharterCalendar calendar = new CharterCalendar(Rendering.words(request), now);
        String text =
                view == null
                        ? calendar.empty()
                        : calendar.of(
                                view.founding(),
                                CharterSheet.of(view, now, caller, Channel.CALENDAR, readers));
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable CharterView founded() {
        CharterView view = charter.view();
        return view != null && view.isFounded() ? view : null;
    }
}
