package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.engine.Engine;
import org.kerege.pattern.engine.Hit;
import org.kerege.pattern.engine.Scanner;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.pattern.match.Observations;
import org.kerege.pattern.match.PatternMatcher;
import org.kerege.pattern.match.Undecided;
import org.kerege.pattern.temporal.SearchExhausted;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.RetainedEvents;
import org.kerege.stix.Json;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hunts indicators in logs. Each event is looked up in an index of what the patterns need, and what could match is
/// asked exactly. Patterns over several events are asked at the end of each log, of the events that can be a part.
public final class Hunt {

    /// Most events of one log that are kept for one pattern over several events; more are counted as not examined.
    public static final int MOST_PARTS = 200_000;

    private final List<Indicator> indicators;
    private final Map<Integer, PatternMatcher> matchers = new HashMap<>();
    private final Engine engine;
    private final Scanner scanner;
    private final KnownGood knownGood;
    private final Mappings mappings;
    private final @Nullable Instant since;
    private final Counts counts = new Counts();
    private @Nullable LogReader reader;
    private @Nullable Following following;
    private HeldBack heldBack = (_, _) -> {};

    /// @param mappings how events are read
    /// @param since earlier events are not looked at; null for all
    public Hunt(
            List<Indicator> indicators,
            KnownGood knownGood,
            Mappings mappings,
            @Nullable Instant since) {
        this(Compiled.of(indicators), knownGood, mappings, since);
    }

    /// A hunt for indicators that were compiled before; several hunts can share them.
    public Hunt(
            Compiled compiled, KnownGood knownGood, Mappings mappings, @Nullable Instant since) {
        this.indicators = compiled.indicators();
        this.engine = compiled.engine();
        this.scanner = engine.scanner();
        this.knownGood = knownGood;
        this.mappings = mappings;
        this.since = since;
    }

    /// Indicators with what their patterns need, for any number of hunts. Immutable.
    public record Compiled(List<Indicator> indicators, Engine engine) {

        public Compiled {
            indicators = List.copyOf(indicators);
        }

        public static Compiled of(List<Indicator> indicators) {
            Engine.Builder patterns = new Engine.Builder();
            indicators.forEach(indicator -> patterns.add(indicator.pattern()));
            return new Compiled(indicators, patterns.build());
        }
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
        return engine.withoutWitness().length;
    }

    /// Made when a log is read: whoever hands in events one by one needs none.
    private LogReader reader() {
        if (reader == null) {
            reader = new LogReader(mappings, new EngineSieve(engine.filter()));
        }
        return reader;
    }

    /// Reads a log to its end and hands out its matches, those of single events as they are met.
    ///
    /// @param unread told of each line that cannot be read
    public void search(Path log, Consumer<Match> matches, Unread unread) throws IOException {
        reader().read(log, new Search(log, matches, unread, null));
    }

    /// Reads a stream to its end likewise.
    ///
    /// @param name what its matches call it
    public void search(Path name, InputStream log, Consumer<Match> matches, Unread unread)
            throws IOException {
        reader().read(log, new Search(name, matches, unread, null));
    }

    /// Reads a stream that may never end. Patterns over several events are asked as these come, a match is handed out as
    /// soon as it is whole and its events count no more for the pattern; what is open goes on in the next such stream.
    ///
    /// @param lateness by which an event may come after one that happened later
    public void follow(
            Path name, InputStream log, Duration lateness, Consumer<Match> matches, Unread unread)
            throws IOException {
        if (following == null) {
            following = new Following(lateness);
        }
        reader().read(log, new Search(name, matches, unread, following));
    }

    /// What takes the events of a stream without end one by one.
    ///
    /// @param open the parts of matches that are open on the stream; hunts for other indicators may share it
    public LogReader.Listener listener(
            Path name, Following open, Consumer<Match> matches, Unread unread) {
        return new Search(name, matches, unread, open);
    }

    /// Asks events that were kept, all of them as one log.
    ///
    /// @param until later events are not looked at; null for all
    public RetainedEvents.Outcome searchRetained(
            RetainedEvents retained, @Nullable Instant until, Consumer<Match> matches)
            throws IOException {
        Search search = new Search(Path.of("retained"), matches, (_, _, _) -> {}, null);
        RetainedEvents.Outcome outcome =
                retained.search(
                        RetainedQuestions.of(indicators, engine),
                        since,
                        until,
                        found -> search.event(Path.of(found.source()), found.event()));
        search.end();
        counts.events.add(outcome.events() - counts.events());
        return outcome;
    }

    /// Told of matches that warning lists hold back.
    @FunctionalInterface
    public interface HeldBack {
        void match(Match match, String lists);
    }

    /// Has matches told that warning lists hold back; else they are counted alone.
    public void tellHeldBack(HeldBack told) {
        this.heldBack = told;
    }

    /// Told of lines that cannot be read.
    @FunctionalInterface
    public interface Unread {
        void line(Path file, long line, String why);
    }

    private final class Search implements LogReader.Listener {

        private Path file;
        private final Consumer<Match> matches;
        private final Unread unread;
        private final Map<Integer, List<Part>> parts = new LinkedHashMap<>();
        private final @Nullable Following following;

        Search(Path file, Consumer<Match> matches, Unread unread, @Nullable Following following) {
            this.following = following;
            this.file = file;
            this.matches = matches;
            this.unread = unread;
        }

        void event(Path from, Event event) {
            file = from;
            event(event);
        }

        @Override
        public void event(Event event) {
            counts.events.increment();
            if (since != null && event.time() != null && event.time().isBefore(since)) {
                return;
            }
            long undecided = scanner.undecided();
            List<Hit> hits = scanner.scan(event.objects());
            counts.notExamined.add(scanner.undecided() - undecided);
            for (int from = 0; from < hits.size(); ) {
                int pattern = hits.get(from).pattern();
                int to = from + 1;
                while (to < hits.size() && hits.get(to).pattern() == pattern) {
                    to++;
                }
                hit(pattern, event, hits.subList(from, to));
                from = to;
            }
        }

        private void hit(int pattern, Event event, List<Hit> hits) {
            if (indicators.get(pattern).pattern().expression()
                    instanceof ObservationExpression.Observation) {
                found(pattern, file, List.of(event), hits.getFirst().clauses());
                return;
            }
            Part part = new Part(file, event, observedData(event), List.copyOf(hits));
            if (indicators.get(pattern).isSingle()) {
                ask(pattern, List.of(part));
            } else if (following != null) {
                offer(following, pattern, part);
            } else {
                keep(pattern, part);
            }
        }

        private void offer(Following open, int pattern, Part part) {
            long lost = open.lost();
            try {
                if (part.event().time() == null) {
                    counts.notExamined.increment();
                    return;
                }
                List<Part> match = open.offer(indicators.get(pattern), part);
                if (!match.isEmpty()) {
                    found(pattern, match);
                }
            } catch (SearchExhausted e) {
                counts.notExamined.increment();
            }
            counts.notExamined.add(open.lost() - lost);
        }

        private void keep(int pattern, Part part) {
            List<Part> kept = parts.computeIfAbsent(pattern, _ -> new ArrayList<>());
            if (kept.size() < MOST_PARTS) {
                kept.add(part);
            } else {
                counts.notExamined.increment();
            }
        }

        @Override
        public void passedOver(long line) {
            counts.events.increment();
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
            parts.forEach(this::ask);
        }

        private void ask(int pattern, List<Part> kept) {
            List<JsonNode> observed = new ArrayList<>(kept.size());
            kept.forEach(part -> observed.add(part.observed()));
            try {
                matcher(pattern)
                        .firstMatch(Observations.of(observed))
                        .ifPresent(numbers -> {
                            List<Part> taking =
                                    numbers.stream()
                                            .mapToInt(Integer::parseInt)
                                            .sorted()
                                            .mapToObj(kept::get)
                                            .toList();
                            found(pattern, taking);
                        });
            } catch (Undecided e) {
                counts.notExamined.add(kept.size());
            }
        }

        private void found(int pattern, List<Part> taking) {
            found(
                    pattern,
                    taking.getFirst().file(),
                    taking.stream().map(Part::event).toList(),
                    taking.stream()
                            .flatMap(part -> part.hits().stream())
                            .flatMap(hit -> hit.clauses().stream())
                            .distinct()
                            .toList());
        }

        private void found(
                int pattern, Path from, List<Event> events, List<MatchedClause> clauses) {
            Indicator indicator = indicators.get(pattern);
            Event first = events.getFirst();
            Match match =
                    new Match(
                            indicator,
                            from,
                            events.stream().map(Event::line).sorted().toList(),
                            first.time(),
                            events.getLast().time(),
                            first.host(),
                            events.stream().map(Event::kind).toList(),
                            clauses,
                            Match.Timing.of(indicator, first.time()));
            Optional<String> lists = knownGood.holding(clauses);
            if (lists.isPresent()) {
                counts.heldBack.increment();
                heldBack.match(match, lists.get());
                return;
            }
            counts.matched.increment();
            matches.accept(match);
        }
    }

    private PatternMatcher matcher(int pattern) {
        return matchers.computeIfAbsent(
                pattern, _ -> new PatternMatcher(indicators.get(pattern).pattern()));
    }

    /// The event as observed-data that holds its objects. Source: STIX 2.1 §4.14.
    static ObjectNode observedData(Event event) {
        String time = Timestamp.format(event.time() == null ? Instant.EPOCH : event.time());
        ObjectNode observed =
                Json.mapper()
                        .createObjectNode()
                        .put("type", "observed-data")
                        .put("first_observed", time)
                        .put(
                                "last_observed",
                                event.last() == null ? time : Timestamp.format(event.last()))
                        .put("number_observed", event.count());
        observed.set("objects", event.objects());
        return observed;
    }
}
