package org.kerege.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// Reads a log of one JSON object a line. One parser goes over many lines, which is faster than one for each; where it
/// stumbles, or meets what is more or less than one object in a line, that line is read by itself and a new parser
/// begins behind it.
final class JsonLines {

    private final Lines lines;
    private final EventMapper mapper;
    private final JsonFields fields;
    private int from;
    private int to;
    private final LogReader.Listener listener;

    JsonLines(Lines lines, EventMapper mapper, LogReader.Listener listener) {
        this.lines = lines;
        this.mapper = mapper;
        this.fields = new JsonFields(mapper.first());
        this.listener = listener;
    }

    void read() throws IOException {
        while (lines.hasNext()) {
            if (lines.isTooLong()) {
                listener.unread(
                        lines.number(), "longer than " + LogReader.MAX_LINE_BYTES + " bytes");
                lines.skip();
            } else if (!readMany(lines.wholeEnd()) && lines.hasNext()) {
                readOne();
            }
        }
    }

    /// Reads whole lines up to `end`; false where the next line is to be read by itself.
    private boolean readMany(int end) {
        byte[] bytes = lines.bytes();
        int base = lines.at();
        try (JsonParser parser = FieldValues.parser(bytes, base, end)) {
            while (true) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    passBlank(bytes, end);
                    return true;
                }
                TokenStreamLocation start = parser.currentTokenLocation();
                passBlank(bytes, base + (int) start.getByteOffset());
                if (token != JsonToken.START_OBJECT) {
                    return false;
                }
                mapper.first().start(bytes);
                fields.read(parser, base);
                TokenStreamLocation close = parser.currentTokenLocation();
                int lineEnd = blankTo(bytes, base + (int) close.getByteOffset() + 1, end);
                if (close.getLineNr() != start.getLineNr()
                        || (lineEnd < end && bytes[lineEnd] != '\n')) {
                    return false;
                }
                this.from = lines.at();
                this.to = lineEnd;
                mapper.tell(lines.number(), this::again, this::text, listener);
                lines.goTo(Math.min(lineEnd + 1, end), 1);
            }
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    /// Reads the line at hand once more.
    private void again(FieldValues values) {
        values.start(lines.bytes());
        try (JsonParser parser = FieldValues.parser(lines.bytes(), from, to)) {
            parser.nextToken();
            new JsonFields(values).read(parser, from);
        }
    }

    private String text() {
        return new String(lines.bytes(), from, to - from, StandardCharsets.UTF_8);
    }

    /// Leaves blank lines behind.
    private void passBlank(byte[] bytes, int to) {
        for (int i = lines.at(); i < to; i++) {
            if (bytes[i] == '\n') {
                lines.goTo(i + 1, 1);
            }
        }
        if (to == lines.wholeEnd()) {
            lines.goTo(to, lines.at() < to ? 1 : 0);
        }
    }

    private static int blankTo(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    /// Reads the next line by itself.
    void readOne() {
        long number = lines.number();
        if (!lines.isBlank()) {
            this.from = lines.at();
            this.to = lines.lineEnd();
            try (JsonParser parser = FieldValues.parser(lines.bytes(), from, to)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    listener.unread(number, "no JSON: no JSON object");
                } else {
                    mapper.first().start(lines.bytes());
                    fields.read(parser, from);
                    if (parser.nextToken() != null) {
                        listener.unread(number, "no JSON: more than one JSON object");
                    } else {
                        mapper.tell(number, this::again, this::text, listener);
                    }
                }
            } catch (JacksonException | ArithmeticException | NumberFormatException e) {
                listener.unread(number, "no JSON: " + Json.reason(e));
            }
        }
        lines.skip();
    }
}
