package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;

/// Logs as a sample. They are read twice: for when their events happened, and for matches.
record LogSample(List<Path> logs, Mappings mappings) implements Sample {

    LogSample {
        logs = List.copyOf(logs);
    }

    @Override
    public Extent search(Hunt hunt, Consumer<Match> matches) throws IOException {
        Times times = new Times();
        for (Path log : logs) {
            try (InputStream in = ReadersCommand.open(log)) {
                new LogReader(mappings).read(in, times);
            }
            try (InputStream in = ReadersCommand.open(log)) {
                hunt.search(log, in, matches, (_, _, _) -> {});
            }
        }
        return new Extent(hunt.counts().events(), times.between());
    }

    private static final class Times implements LogReader.Listener {

        private @Nullable Instant first;
        private @Nullable Instant last;

        Duration between() {
            return first == null || last == null ? Duration.ZERO : Duration.between(first, last);
        }

        @Override
        public void event(Event event) {
            Instant time = event.time();
            if (time != null) {
                first = first == null || time.isBefore(first) ? time : first;
                last = last == null || time.isAfter(last) ? time : last;
            }
        }

        @Override
        public void unmapped(long line) {
            // It says no time.
        }

        @Override
        public void unread(long line, String why) {
            // The search for matches counts it.
        }

        @Override
        public void end() {}
    }
}
