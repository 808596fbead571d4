package org.kerege.readers.retained;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The member's own events of a limited time in a folder, to be asked for what was not known when they came.
///
/// Events are gathered in memory and in a journal. When there are many, or the first has waited long, they become a
/// segment: a file of columns, written aside, forced to the disk and then given its name, whereupon the journal goes. A
/// hard end at any instant leaves each event that was synced once, in the journal or in a segment. A segment is looked
/// into by its sorted values, so that what it does not hold costs a few hundred bytes of reading. Segments go as a whole
/// when their time is over. Thread-safe; one process at a time.
public final class RetainedEvents implements AutoCloseable {

    private static final String SEGMENT = ".segment";
    private static final String JOURNAL = ".journal";
    private static final String UNFINISHED = ".part";

    private final Path folder;
    private final Clock clock;
    private final TreeMap<Long, Known> segments = new TreeMap<>();
    private OpenSegment open = new OpenSegment();
    private Journal journal;
    private long number;
    private byte @Nullable [] snapshot;

    private RetainedEvents(Path folder, Clock clock) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.clock = clock;
        TreeMap<Long, Path> journals = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(UNFINISHED)) {
                    Files.delete(file);
                } else if (name.matches("\\d{1,18}\\.segment")) {
                    segments.put(numberOf(name), new Known(file));
                } else if (name.matches("\\d{1,18}\\.journal")) {
                    journals.put(numberOf(name), file);
                }
            }
        }
        for (var waiting : journals.entrySet()) {
            // The program ended between giving a segment its name and deleting the journal.
            if (segments.containsKey(waiting.getKey())) {
                Files.delete(waiting.getValue());
            }
        }
        journals.keySet().removeAll(segments.keySet());
        this.number =
                Math.max(
                        segments.isEmpty() ? 1 : segments.lastKey() + 1,
                        journals.isEmpty() ? 1 : journals.lastKey());
        this.journal = Journal.open(place(number, JOURNAL), open::add);
    }

    /// Opens the events of a folder, which is made where there is none.
    public static RetainedEvents open(Path folder, Clock clock) throws IOException {
        return new RetainedEvents(folder, clock);
    }

    private static long numberOf(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    private Path place(long of, String kind) {
        return folder.resolve("%08d%s".formatted(of, kind));
    }

    /// A segment's file; its head is read when asked for and given back when memory is short.
    private static final class Known {

        private final Path file;
        private SoftReference<Segment> head = new SoftReference<>(null);

        Known(Path file) {
            this.file = file;
        }

        String name() {
            return file.getFileName().toString();
        }

        synchronized Segment head(FileChannel channel) throws IOException {
            Segment held = head.get();
            if (held == null) {
                held = Segment.read(bytes(channel), channel.size());
                head = new SoftReference<>(held);
            }
            return held;
        }

        Segment.Facts facts() throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                return head(channel).facts();
            }
        }
    }

    private static Blocks.Bytes bytes(FileChannel channel) {
        return (offset, length) -> {
            ByteBuffer into = ByteBuffer.allocate(length);
            while (into.hasRemaining()) {
                if (channel.read(into, offset + into.position()) < 0) {
                    throw new DamagedSegment("the file ends early");
                }
            }
            return into.array();
        };
    }

    /// Adds an event. It survives a hard end of the program after [#sync()].
    public synchronized void add(Retained retained) throws IOException {
        Instant arrived = clock.instant();
        journal.add(retained, arrived);
        open.add(retained, arrived);
        snapshot = null;
        if (open.isFull()) {
            seal();
        }
    }

    /// Returns when every event added so far is on the disk.
    public synchronized void sync() throws IOException {
        journal.sync();
    }

    /// Makes a segment of what is open.
    private void seal() throws IOException {
        if (open.events() == 0) {
            return;
        }
        Path unfinished = place(number, UNFINISHED);
        Path segment = place(number, SEGMENT);
        try (FileChannel channel =
                        FileChannel.open(
                                unfinished,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE);
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18)) {
            open.write(out);
            out.flush();
            channel.force(true);
        }
        Files.move(unfinished, segment, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
        segments.put(number, new Known(segment));
        journal.close();
        Files.delete(place(number, JOURNAL));
        number++;
        open = new OpenSegment();
        snapshot = null;
        journal = Journal.open(place(number, JOURNAL), open::add);
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// What became of a search.
    ///
    /// @param events how many were asked, as far as segments can be read
    /// @param damaged names of segments that cannot be read, or not to their end; what was found in them before counts
    public record Outcome(long events, List<String> damaged) {
        public Outcome {
            damaged = List.copyOf(damaged);
        }
    }

    /// Hands out the events that a question may mean, in no order.
    ///
    /// @param since earlier events are left out, except those without a time; null for none
    /// @param until events at or after it likewise
    public Outcome search(
            Question question,
            @Nullable Instant since,
            @Nullable Instant until,
            Consumer<Retained> found)
            throws IOException {
        List<Known> closed;
        byte[] current;
        synchronized (this) {
            closed = new ArrayList<>(segments.values());
            current = current();
        }
        long events = 0;
        List<String> damaged = new ArrayList<>();
        for (Known known : closed) {
            try (FileChannel channel = FileChannel.open(known.file)) {
                Segment segment = known.head(channel);
                events += segment.facts().events();
                if (segment.facts().overlaps(since, until)) {
                    segment.search(question, since, until, bytes(channel), found);
                }
            } catch (NoSuchFileException e) {
                // Its time was over meanwhile.
            } catch (DamagedSegment e) {
                damaged.add(known.name() + ": " + e.getMessage());
            }
        }
        if (current.length > 0) {
            Blocks.Bytes file =
                    (offset, length) ->
                            java.util.Arrays.copyOfRange(
                                    current, (int) offset, (int) offset + length);
            Segment segment = Segment.read(file, current.length);
            events += segment.facts().events();
            segment.search(question, since, until, file, found);
        }
        return new Outcome(events, damaged);
    }

    private byte[] current() throws IOException {
        if (open.events() == 0) {
            return new byte[0];
        }
        if (snapshot == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            open.write(bytes);
            snapshot = bytes.toByteArray();
        }
        return snapshot;
    }

    /// What was erased.
    public record Erased(int segments, long bytes) {}

    /// Erases the segments of which an event came before an instant, so that none is kept longer than it may.
    ///
    /// @param closedBefore what is open becomes a segment when its first event came before this instant, that it can be
    ///     erased in time
    public synchronized Erased erase(Instant before, Instant closedBefore) throws IOException {
        if (open.firstArrival().isBefore(closedBefore)) {
            seal();
        }
        int erased = 0;
        long bytes = 0;
        for (var each : List.copyOf(segments.entrySet())) {
            Path file = each.getValue().file;
            if (firstArrival(each.getValue()).isBefore(before)) {
                bytes += Files.size(file);
                Files.delete(file);
                segments.remove(each.getKey());
                erased++;
            }
        }
        if (erased > 0) {
            forceFolder();
        }
        return new Erased(erased, bytes);
    }

    /// A damaged segment does not say; it was written after its first event came.
    private static Instant firstArrival(Known known) throws IOException {
        try {
            return known.facts().firstArrival();
        } catch (DamagedSegment e) {
            return Files.getLastModifiedTime(known.file).toInstant();
        }
    }

    /// How much is kept.
    ///
    /// @param events as far as segments can be read
    /// @param oldest when the first of them came; null where none is kept
    public record Extent(long events, int segments, long bytes, @Nullable Instant oldest) {}

    public synchronized Extent extent() throws IOException {
        long events = open.events();
        long bytes = Files.size(place(number, JOURNAL));
        Instant oldest = open.events() == 0 ? null : open.firstArrival();
        for (Known known : segments.values()) {
            bytes += Files.size(known.file);
            try {
                Segment.Facts facts = known.facts();
                events += facts.events();
                oldest =
                        oldest == null || facts.firstArrival().isBefore(oldest)
                                ? facts.firstArrival()
                                : oldest;
            } catch (DamagedSegment e) {
                // A search names it.
            }
        }
        return new Extent(events, segments.size(), bytes, oldest);
    }

    @Override
    public synchronized void close() throws IOException {
        journal.sync();
        journal.close();
    }
}
