package org.kerege.node.council;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Calendars as RFC 5545 has them.
class CalendarTest {

    private static String summary(String text) {
        Calendar calendar = new Calendar("A calendar", Instant.EPOCH);
        calendar.event("one").text("SUMMARY", text).end();
        return calendar.text();
    }

    @Test
    void a_text_cannot_end_its_line() {
        assertThat(summary("a;b,c\\d\r\nEND:VEVENT\rX\0Y"))
                .contains("SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT X Y\r\n");
    }

    @Test
    void a_long_line_is_folded_between_characters() {
        String text = "Ырасталган 🏔 ".repeat(30).strip();
        String calendar = summary(text);
        assertThat(calendar.split("\r\n"))
                .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        assertThat(calendar.replace("\r\n ", "")).contains("SUMMARY:" + text + "\r\n");
    }
}
