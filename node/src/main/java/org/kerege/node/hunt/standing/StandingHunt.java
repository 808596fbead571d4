package org.kerege.node.hunt.standing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.kerege.node.hunt.retro.Window;
import org.kerege.node.settings.Hunting;
import org.kerege.node.settings.LogSource;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.Retained;
import org.kerege.readers.retained.RetainedEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hunts in the sources that the settings name until the node stops, and in what is handed to it. A source is read no
/// faster than it is hunted: nothing waits in memory. Looks each quarter of a second for indicators that have come or gone.
public final class StandingHunt implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandingHunt.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    /// Looks at the indicators between two at files, journals and the window.
    private static final int LOOKS_A_ROUND = 4;

    private final Hunting settings;
    private final LiveIndicators indicators;
    private final HuntedBack back;
    private final RetainedEvents retained;
    private final Window window;
    private final Matches matches;
    private final Positions positions;
    private final LogReader reader;
    private final Map<String, SourceState> states = new ConcurrentSkipListMap<>();
    private final List<FollowedFiles> files = new ArrayList<>();
    private final Map<String, AutoCloseable> open = new ConcurrentHashMap<>();
    private volatile boolean keeps;
    private volatile boolean closed;
    private @Nullable Thread thread;

    StandingHunt(
            Hunting settings,
            Mappings mappings,
            LiveIndicators indicators,
            HuntedBack back,
            RetainedEvents retained,
            Window window,
            Matches matches,
            Positions positions) {
        this.settings = settings;
        this.indicators = indicators;
        this.back = back;
        this.retained = retained;
        this.window = window;
        this.matches = matches;
        this.positions = positions;
        this.reader = new LogReader(mappings);
    }

    void start() {
        keeps = !window.kept().isZero();
        if (settings.sources().isEmpty() && !keeps) {
            // Indicators are looked at when something is handed in.
            return;
        }
        thread = Thread.ofPlatform().daemon().name("standing").start(this::repeat);
    }

    /// How the sources are doing, by name.
    public List<SourceState> states() {
        return List.copyOf(states.values());
    }

    /// How many indicators are hunted now.
    public int indicators() {
        return indicators.size();
    }

    /// Hunts in a stream that someone hands in, to its end; what is kept of it is on the disk afterwards.
    ///
    /// @param source what it is called
    /// @return what was counted in this stream
    SourceState hunt(String source, InputStream stream) throws IOException {
        if (thread == null) {
            synchronized (indicators) {
                indicators.refresh();
            }
        }
        SourceState own = new SourceState(source);
        try {
            reader.read(stream, examiner(own, Path.of(source), 0));
        } finally {
            states.computeIfAbsent(source, SourceState::new).add(own);
        }
        retained.sync();
        return own;
    }

    private Examiner examiner(SourceState state, Path name, long skip) {
        return new Examiner(state.name(), name, indicators, this::keep, matches, state, skip);
    }

    private void keep(Retained event) throws IOException {
        if (keeps) {
            retained.add(event);
        }
    }

    private void repeat() {
        long round = 0;
        while (!closed) {
            try {
                synchronized (indicators) {
                    back.take(indicators.refresh(), indicators);
                }
                if (round++ % LOOKS_A_ROUND == 0) {
                    look();
                }
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("event=standing_hunt_failed reason={}", e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException {
        keeps = !window.kept().isZero();
        // Sources begin with the indicators in place.
        for (LogSource source : settings.sources()) {
            if (!open.containsKey(source.name())) {
                begin(source);
            }
        }
        retained.sync();
        files.forEach(FollowedFiles::look);
    }

    private void begin(LogSource source) {
        SourceState state = states.computeIfAbsent(source.name(), SourceState::new);
        try {
            open.put(
                    source.name(),
                    switch (source.kind()) {
                        case LogSource.Kind.Files(String glob) -> {
                            FollowedFiles followed =
                                    new FollowedFiles(
                                            glob,
                                            state,
                                            positions,
                                            reader,
                                            (file, skip) -> examiner(state, file, skip));
                            files.add(followed);
                            yield followed;
                        }
                        case LogSource.Kind.Syslog place ->
                                SyslogPort.open(
                                        place,
                                        state,
                                        (name, stream) ->
                                                reader.read(
                                                        stream, examiner(state, Path.of(name), 0)));
                        case LogSource.Kind.Kafka topic ->
                                KafkaTopic.open(
                                        topic,
                                        state,
                                        (name, stream) ->
                                                reader.read(
                                                        stream, examiner(state, Path.of(name), 0)),
                                        retained::sync);
                    });
        } catch (IOException e) {
            state.problem(e.getMessage());
            LOG.warn("event=source_not_open source={} reason={}", source.name(), e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
        open.forEach((name, source) -> {
            try {
                source.close();
            } catch (Exception e) {
                LOG.warn("event=source_not_closed source={} reason={}", name, e.getMessage());
            }
        });
        back.close();
    }
}
