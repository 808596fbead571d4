package org.kerege.node.hunt.standing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerege.node.hunt.Following;
import org.kerege.node.hunt.Hunt;
import org.kerege.node.hunt.KnownGood;
import org.kerege.node.hunt.Match;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.Retained;

/// Hunts the indicators of the moment in one stream of a source. For one thread.
final class Examiner implements LogReader.Listener {

    /// How late events of one stream may come after others.
    static final Duration LATENESS = Duration.ofSeconds(60);

    private final String source;
    private final Path name;
    private final LiveIndicators indicators;
    private final Keeping keeping;
    private final Matches matches;
    private final SourceState state;
    private final long skip;
    private final Following open = new Following(LATENESS);
    private final IdentityHashMap<Hunt.Compiled, Asking> asking = new IdentityHashMap<>();
    private List<Asking> current = List.of();
    private long asked;
    private @Nullable Supplier<String> line;
    private volatile long done;

    private record Asking(Hunt hunt, LogReader.Listener listener) {}

    /// Keeps events, where the node keeps any.
    @FunctionalInterface
    interface Keeping {
        void keep(Retained event) throws IOException;
    }

    /// @param skip lines that were hunted before the node's last start
    Examiner(
            String source,
            Path name,
            LiveIndicators indicators,
            Keeping keeping,
            Matches matches,
            SourceState state,
            long skip) {
        this.source = source;
        this.name = name;
        this.indicators = indicators;
        this.keeping = keeping;
        this.matches = matches;
        this.state = state;
        this.skip = skip;
        this.done = skip;
    }

    /// The last line that has been dealt with. May be asked by other threads.
    long done() {
        return done;
    }

    @Override
    public void event(Event event) {
        event(event, () -> "");
    }

    @Override
    public void event(Event event, Supplier<String> text) {
        if (event.line() <= skip) {
            return;
        }
        state.event(event.time());
        try {
            keeping.keep(new Retained(name.toString(), event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line = text;
        for (Asking each : asking()) {
            long before = each.hunt().counts().notExamined();
            each.listener().event(event);
            state.notExamined(each.hunt().counts().notExamined() - before);
        }
        done = event.line();
    }

    private List<Asking> asking() {
        LiveIndicators.Tiers now = indicators.tiers();
        if (now.number() != asked) {
            asking.keySet().retainAll(now.all());
            current = now.all().stream().map(this::asking).toList();
            asked = now.number();
        }
        return current;
    }

    private Asking asking(Hunt.Compiled tier) {
        return asking.computeIfAbsent(tier, this::begun);
    }

    private Asking begun(Hunt.Compiled tier) {
        Hunt hunt = new Hunt(tier, KnownGood.NONE, new Mappings(List.of()), null);
        return new Asking(hunt, hunt.listener(name, open, this::found, (_, _, _) -> {}));
    }

    private void found(Match match) {
        if (indicators.counts(match.indicator())) {
            state.match();
            matches.add(source, match, line == null ? null : line.get(), null);
        }
    }

    @Override
    public void unmapped(long number) {
        if (number > skip) {
            state.unmappedEvent();
            done = number;
        }
    }

    @Override
    public void unread(long number, String why) {
        if (number > skip) {
            state.unreadLine(name.toString(), number, why);
            done = number;
        }
    }

    @Override
    public void end() {
        // What is open goes with the stream.
    }
}
