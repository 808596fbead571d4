package org.kerege.node.hunt;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kerege.pattern.engine.Hit;
import org.kerege.pattern.temporal.OpenMatches;
import org.kerege.pattern.temporal.Ticks;
import org.kerege.readers.Event;
import org.kerege.stix.Timestamp;

/// The parts of matches that are open on a followed log. Not thread-safe.
public final class Following {

    private final OpenMatches open;
    private final Map<String, Integer> numbers = new HashMap<>();
    private long number;

    /// The events of parts by their numbers; the oldest go when there are too many.
    private final Map<Long, Part> events =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Part> eldest) {
                    return size() > Hunt.MOST_PARTS;
                }
            };

    /// @param lateness by which an event may come after one that happened later
    public Following(Duration lateness) {
        this.open = new OpenMatches(lateness, Hunt.MOST_PARTS);
    }

    /// How many parts were dropped or came too late.
    long lost() {
        return open.dropped() + open.late();
    }

    /// The parts of a match that an event completes; nothing where it completes none.
    List<Part> offer(Indicator indicator, Part part) {
        Event event = part.event();
        long id = number++;
        long earliest = Ticks.of(Timestamp.of(Objects.requireNonNull(event.time())));
        long latest = event.last() == null ? earliest : Ticks.of(Timestamp.of(event.last()));
        events.put(id, part.slim());
        // The text is a part of the key: another version of an indicator begins anew.
        String key = indicator.id() + ' ' + indicator.pattern().text();
        return open
                .offer(
                        numbers.computeIfAbsent(key, _ -> numbers.size()),
                        indicator.pattern().expression(),
                        new OpenMatches.Part(
                                id,
                                earliest,
                                Math.max(earliest, latest),
                                event.count(),
                                part.hits().stream().map(Hit::bracket).distinct().toList()))
                .orElse(List.of())
                .stream()
                .map(events::remove)
                .filter(Objects::nonNull)
                .toList();
    }
}
