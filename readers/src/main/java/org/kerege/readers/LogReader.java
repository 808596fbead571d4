package org.kerege.readers;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads logs to their end, event by event, in memory for one line: JSON lines, Zeek's tab-separated files and STIX
/// content, each plain or compressed by gzip or zstd, told apart by content and never by name. A line that cannot be
/// read is reported with its number; nothing is dropped in silence.
public final class LogReader {

    /// Longest line that is read, in bytes.
    public static final int MAX_LINE_BYTES = 16 << 20;

    private static final String[] HOST = {
        "Hostname", "host.name", "winlog.computer_name", "Computer", "@system", "sensor"
    };
    private static final Pattern TAB = Pattern.compile("\t");

    private final Mappings mappings;
    private final EventParser parser;

    public LogReader(Mappings mappings) {
        this.mappings = mappings;
        Set<String> fields = mappings.fields();
        fields.addAll(List.of(HOST));
        this.parser = new EventParser(fields);
    }

    /// What a log holds, as it is met.
    public interface Listener {

        void event(Event event);

        /// An event of a kind that no mapping fits.
        void unmapped(long line);

        /// A line that cannot be read.
        ///
        /// @param why in a few words, without the line's content
        void unread(long line, String why);

        /// The log has been read to its end.
        void end();
    }

    /// Reads a file to its end.
    public void read(Path file, Listener listener) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            read(in, listener);
        }
    }

    /// Reads a stream to its end.
    public void read(InputStream in, Listener listener) throws IOException {
        Lines lines = new Lines(decompressed(new BufferedInputStream(in, 1 << 16)));
        try {
            byte[] first = lines.next();
            while (first != null && isBlank(first)) {
                first = lines.next();
            }
            if (first == null) {
                return;
            }
            if (first[0] == '#') {
                new ZeekTable(lines, listener).read(first);
            } else if (isStix(first)) {
                readStix(lines.from(first), listener);
            } else {
                readJsonLines(first, lines, listener);
            }
        } catch (EOFException | ZipException | ZstdIOException e) {
            listener.unread(lines.number() + 1, "the compressed file breaks off here");
        } finally {
            listener.end();
        }
    }

    private void readJsonLines(byte[] first, Lines lines, Listener listener) throws IOException {
        for (byte[] line = first; line != null; line = lines.next()) {
            if (!isBlank(line)) {
                readJson(line, lines.number(), listener);
            }
        }
    }

    private void readJson(byte[] line, long number, Listener listener) {
        if (line.length >= MAX_LINE_BYTES) {
            listener.unread(number, "longer than " + MAX_LINE_BYTES + " bytes");
            return;
        }
        ObjectNode event;
        try {
            event = parser.read(line);
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            listener.unread(number, "no JSON: " + Json.reason(e));
            return;
        }
        map(event, number, listener);
    }

    private void map(JsonNode event, long number, Listener listener) {
        Optional<Mapping> mapping = mappings.of(event);
        if (mapping.isEmpty()) {
            listener.unmapped(number);
            return;
        }
        Instant time = null;
        for (String field : mapping.get().time()) {
            time = EventTime.read(Fields.find(event, new String[] {field}));
            if (time != null) {
                break;
            }
        }
        JsonNode host = Fields.find(event, HOST);
        listener.event(
                new Event(
                        number,
                        time,
                        host == null ? null : host.asString(""),
                        mapping.get().name(),
                        mapping.get().observe(event)));
    }

    /// Zeek's own format: a head that names the fields, then a line an event. Source: Zeek manual, "Log files".
    private final class ZeekTable {

        private final Lines lines;
        private final Listener listener;
        private List<String> fields = List.of();
        private List<String> types = List.of();
        private String path = "";

        ZeekTable(Lines lines, Listener listener) {
            this.lines = lines;
            this.listener = listener;
        }

        void read(byte[] first) throws IOException {
            for (byte[] line = first; line != null; line = lines.next()) {
                String text = new String(line, StandardCharsets.UTF_8);
                if (text.startsWith("#")) {
                    head(List.of(TAB.split(text)));
                } else if (!text.isBlank()) {
                    row(List.of(TAB.split(text, -1)), lines.number());
                }
            }
        }

        private void head(List<String> cells) {
            switch (cells.getFirst()) {
                case "#fields" -> fields = cells.subList(1, cells.size());
                case "#types" -> types = cells.subList(1, cells.size());
                case "#path" -> path = cells.size() > 1 ? cells.get(1) : "";
                default -> {
                    // Separators are Zeek's defaults; times of opening and closing say nothing
                    // here.
                }
            }
        }

        private void row(List<String> cells, long number) {
            if (cells.size() != fields.size()) {
                listener.unread(
                        number, cells.size() + " cells where the head names " + fields.size());
                return;
            }
            ObjectNode event = Json.mapper().createObjectNode().put("_path", path);
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i);
                if (cell.equals("-") || cell.equals("(empty)")) {
                    continue;
                }
                boolean list =
                        i < types.size()
                                && (types.get(i).startsWith("vector")
                                        || types.get(i).startsWith("set"));
                if (list) {
                    var array = event.putArray(fields.get(i));
                    for (String element : cell.split(",")) {
                        array.add(element);
                    }
                } else {
                    event.put(fields.get(i), cell);
                }
            }
            map(event, number, listener);
        }
    }

    /// STIX content: each observed-data with the objects it holds or refers to.
    private static void readStix(InputStream in, Listener listener) throws IOException {
        new StixLog(listener).read(in);
    }

    private static boolean isStix(byte[] first) {
        String head = new String(first, 0, Math.min(first.length, 4_096), StandardCharsets.UTF_8);
        return head.strip().equals("{")
                || head.strip().equals("[")
                || head.startsWith("[")
                || head.contains("\"bundle\"")
                || head.contains("\"observed-data\"")
                || head.matches("(?s)\\{\\s*\"objects\"\\s*:.*");
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static InputStream decompressed(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length >= 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B) {
            return new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
        }
        if (magic.length == 4
                && (magic[0] & 0xFF) == 0x28
                && (magic[1] & 0xFF) == 0xB5
                && magic[2] == 0x2F
                && (magic[3] & 0xFF) == 0xFD) {
            return new BufferedInputStream(new ZstdInputStream(in), 1 << 16);
        }
        return in;
    }

    /// Lines of a stream with their numbers; of a longer one than is read only so much that it is seen to be too long.
    private static final class Lines {

        private final InputStream in;
        private final byte[] chunk = new byte[1 << 16];
        private int at;
        private int end;
        private long number;

        Lines(InputStream in) {
            this.in = in;
        }

        long number() {
            return number;
        }

        /// The next line without its end, null after the last.
        byte @Nullable [] next() throws IOException {
            ByteArrayOutputStream kept = null;
            while (true) {
                if (at == end) {
                    end = Math.max(in.read(chunk), 0);
                    at = 0;
                    if (end == 0) {
                        if (kept == null) {
                            return null;
                        }
                        number++;
                        return kept.toByteArray();
                    }
                }
                int from = at;
                while (at < end && chunk[at] != '\n') {
                    at++;
                }
                boolean complete = at < end;
                int length = at - from;
                if (complete) {
                    at++;
                }
                if (complete && kept == null) {
                    number++;
                    return java.util.Arrays.copyOfRange(chunk, from, from + length);
                }
                if (kept == null) {
                    kept = new ByteArrayOutputStream(length * 2 + 16);
                }
                kept.write(
                        chunk, from, Math.min(length, Math.max(0, MAX_LINE_BYTES - kept.size())));
                if (complete) {
                    number++;
                    return kept.toByteArray();
                }
            }
        }

        /// Everything from a line that was read on.
        InputStream from(byte[] line) {
            InputStream rest =
                    new java.io.SequenceInputStream(
                            new java.io.ByteArrayInputStream(chunk, at, end - at), in);
            return new java.io.SequenceInputStream(
                    new java.io.SequenceInputStream(
                            new java.io.ByteArrayInputStream(line),
                            new java.io.ByteArrayInputStream(new byte[] {'\n'})),
                    rest);
        }
    }

    /// Gathers observed-data and what it refers to; bounded by the size of the document.
    private static final class StixLog {

        private final Listener listener;
        private final java.util.Map<String, JsonNode> byId = new java.util.HashMap<>();
        private final java.util.List<ObservedAt> observed = new java.util.ArrayList<>();

        private record ObservedAt(int index, ObjectNode json) {}

        StixLog(Listener listener) {
            this.listener = listener;
        }

        void read(InputStream in) throws IOException {
            try {
                BundleReader.read(in, this::take);
            } catch (MalformedStix e) {
                listener.unread(0, String.valueOf(e.getMessage()));
            }
            observed.forEach(this::tell);
        }

        private void take(BundleReader.Item item) {
            switch (item) {
                case BundleReader.Item.Refused(int index, MalformedStix why) ->
                        listener.unread(index, String.valueOf(why.getMessage()));
                case BundleReader.Item.Read(int index, var object) -> {
                    byId.put(object.id().toString(), object.json());
                    if (object.type().equals("observed-data")) {
                        observed.add(new ObservedAt(index, object.json()));
                    }
                }
            }
        }

        private void tell(ObservedAt one) {
            ObjectNode objects = Json.mapper().createObjectNode();
            if (one.json().path("objects") instanceof ObjectNode container) {
                objects.setAll(container);
            }
            for (JsonNode reference : one.json().path("object_refs")) {
                JsonNode held = byId.get(reference.asString(""));
                if (held != null) {
                    objects.set(reference.asString(""), held);
                }
            }
            Instant time = EventTime.read(one.json().get("first_observed"));
            Instant last = EventTime.read(one.json().get("last_observed"));
            JsonNode count = one.json().path("number_observed");
            listener.event(
                    new Event(
                            one.index(),
                            time,
                            last == null || (time != null && last.isBefore(time)) ? time : last,
                            count.canConvertToLong() ? Math.max(1, count.longValue()) : 1,
                            null,
                            "stix",
                            objects));
        }
    }
}
