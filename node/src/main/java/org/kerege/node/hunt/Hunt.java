package org.kerege.node.hunt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.engine.PatternIndex;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.pattern.match.Observations;
import org.kerege.pattern.match.PatternMatcher;
import org.kerege.pattern.match.Undecided;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.stix.Json;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hunts indicators in logs. Each event is looked up in an index of what the patterns need, and what could match is
/// asked exactly. Patterns over several events are asked at the end of each log, of the events that can be a part.
public final class Hunt {

    /// Most events of one log that are kept for one pattern over several events; more are counted as not examined.
    public static final int MOST_PARTS = 200_000;

    private final Map<String, Indicator> indicators = new LinkedHashMap<>();
    private final Map<String, PatternMatcher> matchers = new HashMap<>();
    private final PatternIndex index;
    private final KnownGood knownGood;
    private final LogReader reader;
    private final @Nullable Instant since;
    private final Counts counts = new Counts();

    /// @param since earlier events are not looked at; null for all
    public Hunt(
            List<Indicator> indicators,
            KnownGood knownGood,
            LogReader reader,
            @Nullable Instant since) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (Indicator indicator : indicators) {
            this.indicators.put(indicator.id(), indicator);
            patterns.put(indicator.id(), indicator.pattern());
        }
        this.index = PatternIndex.of(patterns);
        this.knownGood = knownGood;
        this.reader = reader;
        this.since = since;
    }

    /// What has been counted so far, for progress and totals. Read by other threads without harm.
    public static final class Counts {
        private final LongAdder events = new LongAdder();
        private final LongAdder unmapped = new LongAdder();
        private final LongAdder unread = new LongAdder();
        private final LongAdder matched = new LongAdder();
        private final LongAdder heldBack = new LongAdder();
        private final LongAdder notExamined = new LongAdder();

        public long events() {
            return events.sum();
        }

        /// Events of a kind that no mapping fits; they are among the events.
        public long unmapped() {
            return unmapped.sum();
        }

        public long unread() {
            return unread.sum();
        }

        public long matched() {
            return matched.sum();
        }

        public long heldBack() {
            return heldBack.sum();
        }

        /// Events that could not be asked of some pattern within its bounds.
        public long notExamined() {
            return notExamined.sum();
        }
    }

    public Counts counts() {
        return counts;
    }

    /// How many of the patterns name no value and cost every event.
    public int withoutValue() {
        return index.withoutValue();
    }

    /// Reads a log to its end and hands out its matches, those of single events as they are met.
    ///
    /// @param unread told of each line that cannot be read
    public void search(Path log, Consumer<Match> matches, Unread unread) throws IOException {
        reader.read(log, new Search(log, matches, unread));
    }

    /// Told of lines that cannot be read.
    @FunctionalInterface
    public interface Unread {
        void line(Path file, long line, String why);
    }

    private record Part(Event event, ObjectNode observed) {}

    private final class Search implements LogReader.Listener {

        private final Path file;
        private final Consumer<Match> matches;
        private final Unread unread;
        private final Map<String, List<Part>> parts = new LinkedHashMap<>();

        Search(Path file, Consumer<Match> matches, Unread unread) {
            this.file = file;
            this.matches = matches;
            this.unread = unread;
        }

        @Override
        public void event(Event event) {
            counts.events.increment();
            if (since != null && event.time() != null && event.time().isBefore(since)) {
                return;
            }
            List<PatternIndex.Entry> candidates = index.candidates(event.objects());
            if (candidates.isEmpty()) {
                return;
            }
            ObjectNode observed = observedData(event);
            @Nullable Observations observations = null;
            for (PatternIndex.Entry candidate : candidates) {
                if (!candidate.single()) {
                    keep(candidate.name(), new Part(event, observed));
                    continue;
                }
                if (observations == null) {
                    observations = Observations.of(List.of(observed));
                }
                askAlone(candidate, event, observations);
            }
        }

        private void askAlone(
                PatternIndex.Entry candidate, Event event, Observations observations) {
            try {
                if (matcher(candidate.name()).matches(observations)) {
                    found(candidate.name(), List.of(event), observations);
                }
            } catch (Undecided e) {
                counts.notExamined.increment();
            }
        }

        private void keep(String name, Part part) {
            List<Part> kept = parts.computeIfAbsent(name, _ -> new ArrayList<>());
            if (kept.size() < MOST_PARTS) {
                kept.add(part);
            } else {
                counts.notExamined.increment();
            }
        }

        @Override
        public void unmapped(long line) {
            counts.events.increment();
            counts.unmapped.increment();
        }

        @Override
        public void unread(long line, String why) {
            counts.unread.increment();
            unread.line(file, line, why);
        }

        @Override
        public void end() {
            parts.forEach(this::askTogether);
        }

        private void askTogether(String name, List<Part> kept) {
            List<JsonNode> observed = new ArrayList<>(kept.size());
            kept.forEach(part -> observed.add(part.observed()));
            try {
                Observations observations = Observations.of(observed);
                matcher(name)
                        .firstMatch(observations)
                        .ifPresent(numbers -> {
                            List<Part> taking =
                                    numbers.stream()
                                            .mapToInt(Integer::parseInt)
                                            .sorted()
                                            .mapToObj(kept::get)
                                            .toList();
                            List<JsonNode> seen = new ArrayList<>();
                            taking.forEach(part -> seen.add(part.observed()));
                            found(
                                    name,
                                    taking.stream().map(Part::event).toList(),
                                    Observations.of(seen));
                        });
            } catch (Undecided e) {
                counts.notExamined.add(kept.size());
            }
        }

        private void found(String name, List<Event> events, Observations observations) {
            Indicator indicator = indicators.get(name);
            if (indicator == null) {
                throw new IllegalStateException(
                        "the index names an indicator that is not here: " + name);
            }
            List<MatchedClause> clauses =
                    MatchedClause.of(indicator.pattern().expression(), observations);
            if (!clauses.isEmpty()
                    && clauses.stream().allMatch(clause -> knownGood.holds(clause.value()))) {
                counts.heldBack.increment();
                return;
            }
            counts.matched.increment();
            Event first = events.getFirst();
            matches.accept(
                    new Match(
                            indicator,
                            file,
                            events.stream().map(Event::line).sorted().toList(),
                            first.time(),
                            events.getLast().time(),
                            first.host(),
                            events.stream().map(Event::kind).toList(),
                            clauses,
                            Match.Timing.of(indicator, first.time())));
        }
    }

    private PatternMatcher matcher(String name) {
        return matchers.computeIfAbsent(
                name,
                _ -> {
                    Indicator indicator = indicators.get(name);
                    if (indicator == null) {
                        throw new IllegalStateException("no indicator " + name);
                    }
                    return new PatternMatcher(indicator.pattern());
                });
    }

    /// The event as observed-data that holds its objects. Source: STIX 2.1 §4.14.
    static ObjectNode observedData(Event event) {
        String time = Timestamp.format(event.time() == null ? Instant.EPOCH : event.time());
        ObjectNode observed =
                Json.mapper()
                        .createObjectNode()
                        .put("type", "observed-data")
                        .put("first_observed", time)
                        .put("last_observed", time)
                        .put("number_observed", 1);
        observed.set("objects", event.objects());
        return observed;
    }
}
