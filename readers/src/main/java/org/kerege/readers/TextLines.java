package org.kerege.readers;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads a log of one event a line in text formats, each line in the first that it has the form of. A
/// line that begins as JSON is read as JSON.
final class TextLines {

    private final Lines lines;
    private final EventMapper mapper;
    private final List<TextFormat> formats;
    private final LogReader.Listener listener;
    private final JsonLines json;

    TextLines(
            Lines lines,
            EventMapper mapper,
            List<TextFormat> formats,
            LogReader.Listener listener) {
        this.lines = lines;
        this.mapper = mapper;
        this.formats = formats;
        this.listener = listener;
        this.json = new JsonLines(lines, mapper, listener);
    }

    void read() throws IOException {
        while (lines.hasNext()) {
            if (lines.isTooLong()) {
                listener.unread(
                        lines.number(), "longer than " + LogReader.MAX_LINE_BYTES + " bytes");
            } else if (lines.lineEnd() > lines.at() && lines.bytes()[lines.at()] == '{') {
                json.readOne();
                continue;
            } else if (!lines.isBlank()) {
                line();
            }
            lines.skip();
        }
    }

    private void line() {
        String text;
        try {
            text = text(lines);
        } catch (CharacterCodingException e) {
            listener.unread(lines.number(), "not UTF-8");
            return;
        }
        for (TextFormat format : formats) {
            if (into(mapper.first(), format, text)) {
                mapper.tell(
                        lines.number(), values -> into(values, format, text), () -> text, listener);
                return;
            }
        }
        listener.unread(lines.number(), "of no known form");
    }

    private static boolean into(FieldValues values, TextFormat format, String text) {
        values.start(new byte[0]);
        return format.read(
                text,
                (name, value) -> {
                    int slot = values.tree().literal(name);
                    if (slot >= 0 && !value.isEmpty() && !value.equals("-")) {
                        values.give(slot, value);
                    }
                });
    }

    /// The next line as text, without a carriage return at its end.
    static String text(Lines lines) throws CharacterCodingException {
        int end = lines.lineEnd();
        if (end > lines.at() && lines.bytes()[end - 1] == '\r') {
            end--;
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(java.nio.ByteBuffer.wrap(lines.bytes(), lines.at(), end - lines.at()))
                .toString();
    }
}
