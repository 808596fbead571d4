package org.kerege.node.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/// Text from outside as it may be shown: what would hide or turn around other text is written out.
public final class Shown {

    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_SOURCE = 100_000;

    /// Letters and marks by their category that show nothing. Source: Unicode, property
    /// Default_Ignorable_Code_Point, as far as it goes beyond the category of format characters.
    private static final Set<Integer> BLANKS =
            Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Shown() {}

    /// The text with what cannot be seen as `⟦U+202E⟧`, cut to a readable length of 2,000 characters.
    public static String text(String from) {
        return shown(from, LONGEST_TEXT);
    }

    /// A time in UTC as people read it, to the minute; the text itself where it is no time.
    public static String time(String timestamp) {
        try {
            return MINUTES.format(Instant.parse(timestamp));
        } catch (DateTimeException e) {
            return text(timestamp);
        }
    }

    /// The same for JSON, which may be longer: 100,000 characters.
    static String source(String from) {
        return shown(from, LONGEST_SOURCE);
    }

    private static String shown(String from, int longest) {
        StringBuilder out = new StringBuilder(Math.min(from.length(), longest) + 16);
        int at = 0;
        for (int count = 0; at < from.length() && count < longest; count++) {
            int c = from.codePointAt(at);
            at += Character.charCount(c);
            if (isSeen(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("⟦U+%04X⟧", c));
            }
        }
        return at < from.length() ? out.append('…').toString() : out.toString();
    }

    private static boolean isSeen(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        boolean selector = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        return !selector
                && !BLANKS.contains(c)
                && switch (Character.getType(c)) {
                    case Character.FORMAT,
                            Character.SURROGATE,
                            Character.CONTROL,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
    }
}
