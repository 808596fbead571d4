package org.kerege.node.council;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.kerege.gate.Channel;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Words;
import org.kerege.node.identity.Caller;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// The charter's calendar as an answer: terms, sessions and due reports that go to its reader, an empty one where there is
/// no charter, and nothing for who is no member.
final class CalendarAnswer {

    private static final MediaType CALENDAR =
            new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final Charter charter;
    private final CharterReaders readers;
    private final Clock clock;

    CalendarAnswer(Charter charter, CharterReaders readers, Clock clock) {
        this.charter = charter;
        this.readers = readers;
        this.clock = clock;
    }

    ResponseEntity<byte[]> of(Caller caller, Words words) {
        CharterView view = charter.view();
        if (!readers.mayRead(caller, view)) {
            return ResponseEntity.notFound().build();
        }
        Instant now = clock.instant();
        CharterCalendar calendar = new CharterCalendar(words, now);
        String text =
                view == null || !view.isFounded()
                        ? calendar.empty()
                        : calendar.of(
                                view.founding(),
                                CharterSheet.of(view, now, caller, Channel.CALENDAR, readers));
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.noStore())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
