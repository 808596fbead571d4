package org.kerege.node.foreign;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads records of separated values one after the other. A field in quotes may hold commas, line breaks and
/// doubled quotes. Blanks before a field's quote are left out. Source: RFC 4180 §2.
final class CsvReader {

    /// Longest record, in characters.
    static final int LONGEST = 1 << 20;

    /// One record.
    ///
    /// @param line on which it begins, from 1
    record Row(int line, List<String> fields) {
        Row {
            fields = List.copyOf(fields);
        }

        boolean isBlank() {
            return fields.stream().allMatch(String::isBlank);
        }
    }

    private final Reader in;
    private final char separator;
    private int line = 1;
    private int ahead;

    /// @param separator between the fields of a record
    CsvReader(Reader in, char separator) throws IOException {
        this.in = in;
        this.separator = separator;
        ahead = in.read();
        if (ahead == '\uFEFF') {
            ahead = in.read();
        }
    }

    /// The next record; null at the end.
    ///
    /// @throws Unconvertible when a quote is not closed or the record is longer than [#LONGEST]; reading is then over
    @Nullable Row next() throws IOException, Unconvertible {
        if (ahead < 0) {
            return null;
        }
        int began = line;
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int length = 0;
        boolean quoted = false;
        boolean comment = ahead == '#';
        while (true) {
            int c = ahead;
            if (c < 0 && quoted) {
                throw new Unconvertible("the quote that line " + began + " opens is not closed");
            }
            if (++length > LONGEST) {
                ahead = -1;
                throw new Unconvertible("a record is longer than " + LONGEST + " characters");
            }
            if (c >= 0) {
                step();
            }
            if (quoted) {
                if (c == '"' && ahead == '"') {
                    step();
                    field.append('"');
                } else if (c == '"') {
                    quoted = false;
                } else {
                    field.append((char) c);
                }
            } else if (c < 0 || c == '\n') {
                fields.add(field.toString());
                return new Row(began, fields);
            } else if (comment) {
                // A comment is no record: its quotes and commas mean nothing yet.
                if (c != '\r') {
                    field.append((char) c);
                }
            } else if (c == separator) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '"' && field.toString().isBlank()) {
                field.setLength(0);
                quoted = true;
            } else if (c != '\r' || ahead != '\n') {
                field.append((char) c);
            }
        }
    }

    private void step() throws IOException {
        if (ahead == '\n') {
            line++;
        }
        ahead = in.read();
    }
}
