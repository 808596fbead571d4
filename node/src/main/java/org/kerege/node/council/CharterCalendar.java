package org.kerege.node.council;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.kerege.node.desk.Words;

/// The charter's terms, sessions and due days as a calendar in the reader's language. Each entry keeps its identifier from
/// one reading to the next.
final class CharterCalendar {

    private final Words words;
    private final Calendar calendar;

    /// @param now when the calendar is made
    CharterCalendar(Words words, Instant now) {
        this.words = words;
        this.calendar = new Calendar(words.of("charter"), now);
    }

    String empty() {
        return calendar.text();
    }

    /// @param founding digest of the founding act: identifiers of one alliance's entries end with it
    String of(String founding, CharterSheet sheet) {
        String alliance = "@" + founding.substring(0, 16) + ".kerege";
        for (TermPicture.Term term : sheet.terms().terms()) {
            Calendar.Event event =
                    calendar.event("term-" + term.from() + alliance)
                            .at("DTSTART", Instant.parse(term.from()))
                            .text(
                                    "SUMMARY",
                                    words.of("charter.chair")
                                            + ": "
                                            + (term.isVacant()
                                                    ? words.of("charter.vacant")
                                                    : term.member()));
            if (!term.until().isEmpty()) {
                event.at("DTEND", Instant.parse(term.until()));
            }
            // Whoever chairs for a year is not busy for a year.
            event.plain("TRANSP", "TRANSPARENT").end();
        }
        for (HeldSession session : sheet.sessions()) {
            add(session, alliance);
        }
        for (CharterSheet.Office office : sheet.offices()) {
            for (String day : office.due()) {
                due("report-" + office.decision() + "-" + day + alliance, day, office.title());
            }
        }
        for (TakenDecision decision : sheet.decisions()) {
            if (!decision.due().isEmpty()) {
                due(
                        "due-" + decision.at() + "-" + decision.due() + alliance,
                        decision.due(),
                        decision.title());
            }
        }
        return calendar.text();
    }

    private void due(String id, String day, String title) {
        calendar.event(id)
                .day("DTSTART", LocalDate.parse(day))
                .text("SUMMARY", words.of("charter.due") + ": " + title)
                .plain("TRANSP", "TRANSPARENT")
                .end();
    }

    /// A session is in the calendar where its beginning can be read: what a chair writes there is free.
    private void add(HeldSession session, String alliance) {
        Instant starts;
        Instant ends;
        try {
            starts = Instant.parse(session.starts());
            ends = session.ends().isEmpty() ? starts : Instant.parse(session.ends());
        } catch (DateTimeException e) {
            return;
        }
        Calendar.Event event =
                calendar.event("session-" + session.act() + alliance)
                        .at("DTSTART", starts)
                        .text("SUMMARY", session.title())
                        .text("LOCATION", session.place())
                        .text("DESCRIPTION", String.join("\n", session.agenda()));
        if (ends.isAfter(starts)) {
            event.at("DTEND", ends);
        }
        event.end();
    }
}
