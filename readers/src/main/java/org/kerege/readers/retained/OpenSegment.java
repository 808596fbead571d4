package org.kerege.readers.retained;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The segment that takes events now, in memory. Not thread-safe.
final class OpenSegment {

    /// Most events of a segment.
    static final int MOST_EVENTS = 1 << 17;

    /// Characters of different texts beyond which a segment is full.
    static final long FULL_CHARS = 32L << 20;

    /// Most forms of events in a segment; further ones are kept as one value each.
    static final int MOST_FORMS = 2_000;

    private final Map<Form, Table.Builder> tables = new LinkedHashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final List<String> nameOf = new ArrayList<>();
    private final List<Vocabulary.Builder> vocabularies = new ArrayList<>();
    private int events;
    private Instant firstArrival = Instant.MAX;
    private Instant lastArrival = Instant.MIN;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    int events() {
        return events;
    }

    boolean isFull() {
        return events >= MOST_EVENTS
                || vocabularies.stream().mapToLong(Vocabulary.Builder::textChars).sum()
                        >= FULL_CHARS;
    }

    /// When the first event came; the end of time where none has come.
    Instant firstArrival() {
        return firstArrival;
    }

    void add(Retained retained, Instant arrived) {
        Form.Taken taken = Form.take(retained.event());
        if (tables.size() >= MOST_FORMS && !tables.containsKey(taken.form())) {
            taken = Form.whole(retained.event());
        }
        List<Form.Leaf> leaves = new ArrayList<>(taken.leaves());
        leaves.add(new Form.Leaf(Form.SOURCE, new Value.Text(retained.source())));
        String host = retained.event().host();
        if (host != null) {
            leaves.add(new Form.Leaf(Form.HOST, new Value.Text(host)));
        }
        int[] values = new int[leaves.size()];
        int[] columns = new int[leaves.size()];
        for (int i = 0; i < values.length; i++) {
            columns[i] = named(leaves.get(i).property());
            values[i] = vocabularies.get(columns[i]).numberOf(leaves.get(i).value());
        }
        tables.computeIfAbsent(taken.form(), form -> new Table.Builder(form, columns))
                .add(retained.event(), values);
        events++;
        firstArrival = firstArrival.isBefore(arrived) ? firstArrival : arrived;
        lastArrival = lastArrival.isAfter(arrived) ? lastArrival : arrived;
        Instant time = retained.event().time();
        Instant last = retained.event().last();
        earliest = Math.min(earliest, time == null ? Long.MIN_VALUE : time.getEpochSecond());
        latest =
                Math.max(
                        latest,
                        time == null
                                ? Long.MAX_VALUE
                                : (last == null ? time : last).getEpochSecond());
    }

    private int named(String property) {
        Integer known = names.get(property);
        if (known != null) {
            return known;
        }
        names.put(property, vocabularies.size());
        nameOf.add(property);
        vocabularies.add(new Vocabulary.Builder());
        return vocabularies.size() - 1;
    }

    /// Writes what came so far as a segment; more may come after.
    void write(OutputStream file) throws IOException {
        Blocks out = new Blocks(file);
        List<int[]> renumbered = new ArrayList<>();
        List<Vocabulary> written = new ArrayList<>();
        for (Vocabulary.Builder vocabulary : vocabularies) {
            int[] numbers = new int[vocabulary.size()];
            written.add(vocabulary.write(out, numbers));
            renumbered.add(numbers);
        }
        List<Table> rows = new ArrayList<>();
        for (Table.Builder table : tables.values()) {
            rows.add(table.write(renumbered, out));
        }
        Segment.writeHead(
                new Segment.Facts(events, firstArrival, lastArrival, earliest, latest),
                nameOf,
                written,
                rows,
                file);
    }
}
