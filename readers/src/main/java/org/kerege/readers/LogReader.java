package org.kerege.readers;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads logs to their end, event by event, in memory for a few lines: JSON lines, Zeek's tab-separated files, syslog,
/// access logs of web servers, CEF and LEEF, tables with a head, and STIX content, each plain or compressed by gzip or
/// zstd, told apart by content and never by name. A line that cannot be read is reported with its number; nothing is
/// dropped in silence.
public final class LogReader {

    /// Longest line that is read, in bytes.
    public static final int MAX_LINE_BYTES = 16 << 20;

    private final Mappings mappings;
    private final @Nullable Sieve sieve;
    private final Supplier<Instant> now;

    public LogReader(Mappings mappings) {
        this(mappings, null);
    }

    /// @param sieve events that do not matter to it are told by number alone; null for none
    public LogReader(Mappings mappings, @Nullable Sieve sieve) {
        this(mappings, sieve, Instant::now);
    }

    /// @param now the time of reading, from which the year of times that lack it is taken
    public LogReader(Mappings mappings, @Nullable Sieve sieve, Supplier<Instant> now) {
        this.mappings = mappings;
        this.sieve = sieve;
        this.now = now;
    }

    /// What a log holds, as it is met.
    public interface Listener {

        void event(Event event);

        /// The same for whoever wants to show the line.
        ///
        /// @param text the event's line; to be asked before the method returns
        default void event(Event event, Supplier<String> text) {
            event(event);
        }

        /// An event that does not matter to the reader's [Sieve].
        default void passedOver(long line) {}

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
            while (lines.hasNext() && lines.isBlank()) {
                lines.skip();
            }
            if (!lines.hasNext()) {
                return;
            }
            EventMapper mapper = new EventMapper(mappings, sieve);
            switch (lines.bytes()[lines.at()]) {
                case '#' -> new ZeekTable(lines, mapper, listener).read();
                case '{', '[' -> {
                    if (isStix(lines)) {
                        new StixLog(listener).read(lines.rest());
                    } else {
                        new JsonLines(lines, mapper, listener).read();
                    }
                }
                default -> new TextLines(lines, mapper, formats(lines), listener).read();
            }
        } catch (EOFException | ZipException | ZstdIOException e) {
            listener.unread(lines.number(), "the compressed file breaks off here");
        } finally {
            listener.end();
        }
    }

    /// The forms of text that a log's lines may have; a table's first row is left behind.
    private List<TextFormat> formats(Lines lines) {
        List<TextFormat> formats =
                List.of(new VendorLine(), new AccessLine(), new SyslogLine(now.get()));
        try {
            String first = TextLines.text(lines);
            boolean known = formats.stream().anyMatch(format -> format.read(first, (_, _) -> {}));
            CsvLine table = known ? null : CsvLine.withHead(first);
            if (table != null) {
                lines.skip();
                return List.of(table);
            }
        } catch (CharacterCodingException e) {
            // The line is told as unreadable when it is read.
        }
        return formats;
    }

    private static boolean isStix(Lines lines) {
        String head =
                new String(
                        lines.bytes(),
                        lines.at(),
                        Math.min(lines.lineEnd() - lines.at(), 4_096),
                        StandardCharsets.UTF_8);
        return head.strip().equals("{")
                || head.strip().equals("[")
                || head.startsWith("[")
                || head.contains("\"bundle\"")
                || head.contains("\"observed-data\"")
                || head.matches("(?s)\\{\\s*\"objects\"\\s*:.*");
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
}
