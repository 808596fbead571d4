package org.kerege.node.hunt.standing;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.kerege.node.hunt.FollowedFile;
import org.kerege.readers.LogReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the files of a glob, also those that come later, each on a thread of its own.
final class FollowedFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
    private static final int MOST_FILES = 1_000;
    private static final int MOST_DEPTH = 12;
    private static final long PAUSE_MILLIS = 100;

    private final Path start;
    private final PathMatcher glob;
    private final SourceState state;
    private final Positions positions;
    private final LogReader reader;
    private final Examiners examiners;
    private final Map<Path, Running> running = new ConcurrentHashMap<>();
    private Map<String, Positions.At> kept = Map.of();
    private volatile boolean closed;

    /// Makes what hunts in one file.
    @FunctionalInterface
    interface Examiners {
        Examiner of(Path file, long skip);
    }

    private static final class Running {
        private final Thread thread;
        private volatile Examiner examiner;
        private volatile String key;

        Running(Thread thread, Examiner examiner, String key) {
            this.thread = thread;
            this.examiner = examiner;
            this.key = key;
        }
    }

    FollowedFiles(
            String glob,
            SourceState state,
            Positions positions,
            LogReader reader,
            Examiners examiners) {
        this.start = start(Path.of(glob));
        this.glob = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        this.state = state;
        this.positions = positions;
        this.reader = reader;
        this.examiners = examiners;
    }

    /// The deepest folder whose name has no sign of a glob.
    private static Path start(Path glob) {
        Path folder = glob;
        while (folder != null && folder.toString().matches(".*[*?{\\[].*")) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("") : folder;
    }

    /// Looks for files that have come, and keeps how far the others are.
    void look() {
        try (Stream<Path> files =
                Files.find(
                        start,
                        MOST_DEPTH,
                        (path, about) -> about.isRegularFile() && glob.matches(path),
                        FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> !running.containsKey(file))
                    .limit(MOST_FILES - Math.min(MOST_FILES, running.size()))
                    .toList()
                    .forEach(this::begin);
            state.problem(
                    running.size() < MOST_FILES
                            ? null
                            : "more than " + MOST_FILES + " files; further ones are not followed");
        } catch (NoSuchFileException e) {
            state.problem("there is no " + e.getFile());
        } catch (IOException | java.io.UncheckedIOException e) {
            state.problem("the files cannot be listed: " + e.getMessage());
        }
        keep();
    }

    /// Most files have nothing new most of the time: only those that have are written.
    private synchronized void keep() {
        Map<String, Positions.At> at = new HashMap<>();
        running.forEach((file, one) ->
                at.put(file.toString(), new Positions.At(one.key, one.examiner.done())));
        Map<String, Positions.At> moved = new HashMap<>(at);
        moved.entrySet().removeAll(kept.entrySet());
        positions.keep(state.name(), moved);
        kept = at;
    }

    private void begin(Path file) {
        try {
            String key = key(file);
            Examiner examiner =
                    examiners.of(file, positions.of(state.name(), file.toString(), key));
            Thread thread =
                    Thread.ofVirtual().name("follow-" + state.name()).unstarted(() -> follow(file));
            running.put(file, new Running(thread, examiner, key));
            thread.start();
        } catch (IOException e) {
            state.problem(file + ": " + e.getMessage());
        }
    }

    private static String key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? "" : key.toString();
    }

    private void follow(Path file) {
        Running own = running.get(file);
        try {
            while (!closed && own != null) {
                try (FollowedFile stream =
                        new FollowedFile(file, () -> Thread.sleep(PAUSE_MILLIS))) {
                    state.waits(file, stream::waiting);
                    reader.read(stream, own.examiner);
                }
                // Another file has the name now.
                own.key = key(file);
                own.examiner = examiners.of(file, 0);
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                state.problem(file + ": " + e.getMessage());
                LOG.warn(
                        "event=file_not_followed source={} file={} reason={}",
                        state.name(),
                        file,
                        e.getMessage());
            }
        } finally {
            state.waitsNoMore(file);
            running.remove(file);
        }
    }

    @Override
    public void close() {
        closed = true;
        running.values().forEach(one -> one.thread.interrupt());
        keep();
    }
}
