package org.kerege.pattern.temporal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kerege.pattern.ObservationExpression;

/// The parts of matches over several events that are open on a stream without end, for many patterns. Events may come
/// out of order by a lateness that is declared; on such a stream a match is found exactly where [BindingSearch] finds
/// one over the same events together. What can be a part of no match any more is forgotten, and beyond a number of
/// parts the oldest are dropped and counted. Not thread-safe.
public final class OpenMatches {

    /// Parts that are held at most, unless said otherwise.
    public static final int MOST = 1_000_000;

    private static final int MAGIC = 0x4B4F504D;
    private static final int VERSION = 1;
    private static final int MAX_BRACKETS = 100_000;

    private final long lateness;
    private final int most;
    private final StreamClock clock = new StreamClock();
    private final Map<Integer, OpenMatch> byPattern = new TreeMap<>();

    /// Patterns of the parts in the order in which these came; a part that is gone leaves its entry behind.
    private final Deque<Integer> arrivals = new ArrayDeque<>();

    private int size;
    private long dropped;
    private long late;

    /// @param lateness by which an event may come after one that happened later
    /// @param most parts of all patterns together, one at least
    public OpenMatches(Duration lateness, int most) {
        this.lateness = lateness.toNanos();
        this.most = Math.max(1, most);
    }

    /// An event that can be a part of a match.
    ///
    /// @param event the caller's own number for it
    /// @param earliest when it can have happened first, in [Ticks]
    /// @param latest at or after `earliest`
    /// @param count how often it was observed, one or more
    /// @param brackets the brackets of the pattern that it satisfies, from 0 in the order of the text
    public record Part(long event, long earliest, long latest, long count, List<Integer> brackets) {
        public Part {
            brackets = List.copyOf(brackets);
        }
    }

    /// Takes an event; tells the events of a match that it completes. They count no more afterwards.
    ///
    /// @param pattern the caller's own number for the pattern
    /// @throws SearchExhausted when the answer would take too many steps; the part is held nevertheless
    public Optional<List<Long>> offer(int pattern, ObservationExpression expression, Part part) {
        late += clock.watermark(lateness) > part.earliest() ? 1 : 0;
        clock.saw(part.earliest());
        OpenMatch open = byPattern.computeIfAbsent(pattern, _ -> new OpenMatch(expression));
        int before = open.size();
        open.add(part);
        open.forgetBefore(clock.watermark(lateness));
        size += open.size() - before;
        arrivals.add(pattern);
        bound();
        int held = open.size();
        Optional<List<Long>> match = open.match();
        size += open.size() - held;
        if (open.size() == 0) {
            byPattern.remove(pattern);
        }
        return match;
    }

    private void bound() {
        while (size > most && !arrivals.isEmpty()) {
            OpenMatch oldest = byPattern.get(arrivals.remove());
            if (oldest != null && oldest.size() > 0) {
                oldest.dropOldest();
                size--;
                dropped++;
            }
        }
        // Entries of parts that are gone are cleared away before they outnumber the others.
        if (arrivals.size() > 2L * most + 1_000) {
            arrivals.clear();
            byPattern.forEach((pattern, open) -> {
                for (int i = 0; i < open.size(); i++) {
                    arrivals.add(pattern);
                }
            });
        }
    }

    /// How many parts are held.
    public int size() {
        return size;
    }

    /// How many parts were dropped before they could be told to be of no use.
    public long dropped() {
        return dropped;
    }

    /// How many events came later than was declared: their matches may have been missed.
    public long late() {
        return late;
    }

    /// Writes the state for [#read].
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(lateness);
        out.writeInt(most);
        out.writeLong(dropped);
        out.writeLong(late);
        clock.write(out);
        out.writeInt(byPattern.size());
        for (Map.Entry<Integer, OpenMatch> entry : byPattern.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (Part part : entry.getValue().parts()) {
                out.writeLong(part.event());
                out.writeLong(part.earliest());
                out.writeLong(part.latest());
                out.writeLong(part.count());
                out.writeInt(part.brackets().size());
                for (int bracket : part.brackets()) {
                    out.writeInt(bracket);
                }
            }
        }
    }

    /// The expressions of patterns by the numbers under which parts were offered.
    @FunctionalInterface
    public interface Expressions {
        ObservationExpression of(int pattern);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException also when the bytes are no state of a known version
    public static OpenMatches read(DataInputStream in, Expressions expressions) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new IOException("no open matches of version " + VERSION);
        }
        OpenMatches state = new OpenMatches(Duration.ofNanos(in.readLong()), in.readInt());
        state.dropped = in.readLong();
        state.late = in.readLong();
        state.clock.read(in);
        int patterns = in.readInt();
        for (int i = 0; i < patterns; i++) {
            int pattern = in.readInt();
            OpenMatch open = new OpenMatch(expressions.of(pattern));
            int parts = in.readInt();
            for (int j = 0; j < parts; j++) {
                open.add(part(in));
                state.arrivals.add(pattern);
            }
            state.byPattern.put(pattern, open);
            state.size += parts;
            state.bound();
        }
        return state;
    }

    private static Part part(DataInputStream in) throws IOException {
        long event = in.readLong();
        long earliest = in.readLong();
        long latest = in.readLong();
        long count = in.readLong();
        int brackets = in.readInt();
        if (brackets < 0 || brackets > MAX_BRACKETS) {
            throw new IOException("a part of a match satisfies %d brackets".formatted(brackets));
        }
        List<Integer> all = new java.util.ArrayList<>();
        for (int i = 0; i < brackets; i++) {
            all.add(in.readInt());
        }
        return new Part(event, earliest, latest, count, all);
    }
}
