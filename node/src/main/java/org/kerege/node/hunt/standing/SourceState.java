package org.kerege.node.hunt.standing;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How a source is doing. Safe for several threads.
public final class SourceState {

    private static final int SHOWN = 10;

    private final String name;
    private final LongAdder events = new LongAdder();
    private final LongAdder unmapped = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private final LongAdder matched = new LongAdder();
    private final LongAdder notExamined = new LongAdder();
    private final Map<Object, LongSupplier> waiting = new ConcurrentHashMap<>();
    private final Deque<String> lastUnread = new ArrayDeque<>();
    private volatile @Nullable Instant lastEvent;
    private volatile @Nullable String problem;

    SourceState(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public long events() {
        return events.sum();
    }

    /// Events of a kind that no mapping fits; they are among the events.
    public long unmapped() {
        return unmapped.sum();
    }

    /// Lines that could not be read.
    public long unread() {
        return unread.sum();
    }

    public long matched() {
        return matched.sum();
    }

    /// Events that could not be asked of some pattern within its bounds.
    public long notExamined() {
        return notExamined.sum();
    }

    /// Bytes, or records of a topic, that wait to be read; negative where a source does not know.
    public long lag() {
        if (waiting.isEmpty()) {
            return -1;
        }
        return waiting.values().stream().mapToLong(LongSupplier::getAsLong).sum();
    }

    /// When the event that was read last happened; null where none said.
    public @Nullable Instant lastEvent() {
        return lastEvent;
    }

    /// Why the source cannot be read now; null where it can.
    public @Nullable String problem() {
        return problem;
    }

    /// The last lines that could not be read: file, number and reason, without what they hold.
    public List<String> lastUnread() {
        synchronized (lastUnread) {
            return List.copyOf(lastUnread);
        }
    }

    void event(@Nullable Instant time) {
        events.increment();
        if (time != null) {
            lastEvent = time;
        }
    }

    void unmappedEvent() {
        events.increment();
        unmapped.increment();
    }

    void unreadLine(String file, long line, String why) {
        unread.increment();
        synchronized (lastUnread) {
            if (lastUnread.size() == SHOWN) {
                lastUnread.removeFirst();
            }
            lastUnread.add(file + ", " + line + ": " + why);
        }
    }

    /// Adds what another counted, such as that of one stream to that of its source.
    void add(SourceState other) {
        events.add(other.events());
        unmapped.add(other.unmapped());
        unread.add(other.unread());
        matched.add(other.matched());
        notExamined.add(other.notExamined());
        if (other.lastEvent() != null) {
            lastEvent = other.lastEvent();
        }
        synchronized (lastUnread) {
            for (String line : other.lastUnread()) {
                if (lastUnread.size() == SHOWN) {
                    lastUnread.removeFirst();
                }
                lastUnread.add(line);
            }
        }
    }

    void match() {
        matched.increment();
    }

    void notExamined(long more) {
        notExamined.add(more);
    }

    /// Asks from now on for what waits in one part of the source.
    void waits(Object part, LongSupplier amount) {
        waiting.put(part, amount);
    }

    void waitsNoMore(Object part) {
        waiting.remove(part);
    }

    void problem(@Nullable String why) {
        problem = why;
    }
}
