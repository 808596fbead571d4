package org.kerege.node.council;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes a calendar: lines end in CR LF, are folded at 75 octets between characters, and texts are escaped. Source: RFC
/// 5545, sections 3.1 and 3.3.11.
final class Calendar {

    private static final int LONGEST_LINE = 75;
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();
    private final Instant made;

    /// @param made when, which every entry repeats
    Calendar(String name, Instant made) {
        this.made = made;
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Kerege//Charter//EN");
        line("X-WR-CALNAME:" + escaped(name));
    }

    /// Begins an entry.
    Event event(String id) {
        line("BEGIN:VEVENT");
        Event event = new Event();
        return event.text("UID", id).at("DTSTAMP", made);
    }

    /// An entry that is being written.
    final class Event {

        private Event() {}

        Event at(String property, Instant instant) {
            return plain(property, INSTANT.format(instant));
        }

        Event day(String property, LocalDate day) {
            return plain(property + ";VALUE=DATE", DateTimeFormatter.BASIC_ISO_DATE.format(day));
        }

        /// A text from anywhere; nothing where it is empty.
        Event text(String property, String text) {
            return text.isEmpty() ? this : plain(property, escaped(text));
        }

        Event plain(String property, String value) {
            line(property + ":" + value);
            return this;
        }

        void end() {
            line("END:VEVENT");
        }
    }

    /// The whole calendar, with what was written to it.
    String text() {
        return out + "END:VCALENDAR\r\n";
    }

    /// Control characters cannot stand in a text; only the line's end can be written.
    private static String escaped(String text) {
        return text.replace("\r\n", "\n")
                .replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n")
                .replaceAll("\\p{Cc}", " ");
    }

    private void line(String content) {
        int octets = 0;
        for (int c : content.codePoints().toArray()) {
            String letter = Character.toString(c);
            int size = letter.getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > LONGEST_LINE) {
                out.append("\r\n ");
                octets = 1;
            }
            out.append(letter);
            octets += size;
        }
        out.append("\r\n");
    }
}
