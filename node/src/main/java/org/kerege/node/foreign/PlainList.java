package org.kerege.node.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import org.kerege.stix.StixObject;

/// Lists of one value a line. What follows `#` or `;` at the beginning of a line, or `#` after a blank, is a comment.
final class PlainList {

    private PlainList() {}

    /// @param file name of the list, for people
    /// @param at when the list was last changed, unless the defaults say from when its values count
    static void read(
            BufferedReader in,
            String file,
            StixObject source,
            Instant at,
            Defaults defaults,
            Conversion into)
            throws IOException {
        Instant from = defaults.validFrom() == null ? at : defaults.validFrom();
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            String value = withoutComment(line);
            if (value.isEmpty()) {
                continue;
            }
            String place = file + ":" + number;
            try {
                Sign sign = Sign.read(value);
                into.add(
                        place,
                        new Statement(
                                source,
                                "",
                                sign,
                                true,
                                defaults.marks(),
                                from,
                                from,
                                from,
                                null,
                                ""));
            } catch (Unconvertible e) {
                into.refuse(place, e.reason());
            }
        }
    }

    private static String withoutComment(String line) {
        String text = line.startsWith("\uFEFF") ? line.substring(1).strip() : line.strip();
        if (text.startsWith("#") || text.startsWith(";")) {
            return "";
        }
        int comment = text.indexOf(" #");
        int tabbed = text.indexOf("\t#");
        int end = comment < 0 || (tabbed >= 0 && tabbed < comment) ? tabbed : comment;
        return end < 0 ? text : text.substring(0, end).strip();
    }
}
