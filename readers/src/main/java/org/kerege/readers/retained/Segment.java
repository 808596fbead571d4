package org.kerege.readers.retained;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of some ten thousands of events, written once. Its blocks come first, then the head that says where they are,
/// then the head's length and sum and a mark. Immutable and thread-safe; the file's bytes are handed in.
final class Segment {

    private static final long MARK = 0x4B45_5245_4745_5331L;
    private static final int VERSION = 1;
    private static final int TAIL_BYTES = 16;
    private static final int MOST = 1 << 24;
    private static final int MOST_HEAD_BYTES = 1 << 27;

    private final Facts facts;
    private final Map<String, Integer> numbers;
    private final List<Vocabulary> vocabularies;
    private final List<Table> tables;

    private Segment(
            Facts facts, List<String> names, List<Vocabulary> vocabularies, List<Table> tables) {
        this.facts = facts;
        this.numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        this.vocabularies = vocabularies;
        this.tables = tables;
    }

    /// What is known of a segment as a whole.
    ///
    /// @param earliest second in which the earliest event began, of 1970; the smallest number where one has no time
    /// @param latest second in which the latest ended; the largest number where one has no time
    record Facts(
            int events, Instant firstArrival, Instant lastArrival, long earliest, long latest) {

        boolean overlaps(@Nullable Instant since, @Nullable Instant until) {
            return (since == null || latest >= since.getEpochSecond())
                    && (until == null || earliest <= until.getEpochSecond());
        }
    }

    Facts facts() {
        return facts;
    }

    static void writeHead(
            Facts facts,
            List<String> names,
            List<Vocabulary> vocabularies,
            List<Table> tables,
            OutputStream file)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream head = new DataOutputStream(bytes)) {
            head.writeInt(VERSION);
            head.writeInt(facts.events());
            head.writeLong(facts.firstArrival().getEpochSecond());
            head.writeLong(facts.lastArrival().getEpochSecond());
            head.writeLong(facts.earliest());
            head.writeLong(facts.latest());
            head.writeInt(names.size());
            for (int i = 0; i < names.size(); i++) {
                write(names.get(i), head);
                vocabularies.get(i).writeHead(head);
            }
            head.writeInt(tables.size());
            for (Table table : tables) {
                table.writeHead(head);
            }
        }
        byte[] head = bytes.toByteArray();
        file.write(head);
        DataOutputStream tail = new DataOutputStream(file);
        tail.writeInt(head.length);
        tail.writeInt(Blocks.sum(head, head.length));
        tail.writeLong(MARK);
        tail.flush();
    }

    /// Reads a segment's head.
    ///
    /// @throws DamagedSegment when it is none, or of an unknown version, or not as it was written
    static Segment read(Blocks.Bytes file, long fileBytes) throws IOException {
        if (fileBytes < TAIL_BYTES) {
            throw new DamagedSegment("the file is too short");
        }
        DataInputStream tail = input(file.read(fileBytes - TAIL_BYTES, TAIL_BYTES));
        int length = tail.readInt();
        int sum = tail.readInt();
        if (tail.readLong() != MARK
                || length < 0
                || length > MOST_HEAD_BYTES
                || length > fileBytes - TAIL_BYTES) {
            throw new DamagedSegment("the file has no end");
        }
        byte[] bytes = file.read(fileBytes - TAIL_BYTES - length, length);
        if (Blocks.sum(bytes, length) != sum) {
            throw new DamagedSegment("the head is damaged");
        }
        try {
            return head(input(bytes));
        } catch (EOFException | DateTimeException e) {
            throw new DamagedSegment("the head cannot be read", e);
        }
    }

    private static Segment head(DataInputStream head) throws IOException {
        int version = head.readInt();
        if (version != VERSION) {
            throw new DamagedSegment("the file is of version " + version);
        }
        Facts facts =
                new Facts(
                        count(head.readInt()),
                        Instant.ofEpochSecond(head.readLong()),
                        Instant.ofEpochSecond(head.readLong()),
                        head.readLong(),
                        head.readLong());
        List<String> names = new ArrayList<>();
        List<Vocabulary> vocabularies = new ArrayList<>();
        int properties = count(head.readInt());
        for (int i = 0; i < properties; i++) {
            names.add(text(head));
            vocabularies.add(Vocabulary.read(head));
        }
        List<Table> tables = new ArrayList<>();
        int forms = count(head.readInt());
        for (int i = 0; i < forms; i++) {
            tables.add(Table.read(head, properties));
        }
        return new Segment(facts, names, vocabularies, tables);
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    static int count(int number) throws DamagedSegment {
        if (number < 0 || number > MOST) {
            throw new DamagedSegment("a number is beyond all bounds");
        }
        return number;
    }

    static void write(String text, DataOutput head) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head.writeInt(bytes.length);
        head.write(bytes);
    }

    static String text(DataInput head) throws IOException {
        byte[] bytes = new byte[count(head.readInt())];
        head.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Hands out the events that a question may mean.
    ///
    /// @param since earlier events are left out, except those without a time; null for none
    /// @param until later ones likewise
    void search(
            Question question,
            @Nullable Instant since,
            @Nullable Instant until,
            Blocks.Bytes file,
            Consumer<Retained> found)
            throws IOException {
        new Search(question, file).run(since, until, found);
    }

    /// One question asked of this segment. For one thread.
    final class Search {

        private final Question question;
        private final Blocks.Bytes file;
        private final List<Vocabulary> own =
                vocabularies.stream().map(Vocabulary::forThread).toList();
        private final IdentityHashMap<Question.Condition, Wanted> wanted = new IdentityHashMap<>();

        Search(Question question, Blocks.Bytes file) {
            this.question = question;
            this.file = file;
        }

        /// What a condition asks here.
        ///
        /// @param values by vocabulary the numbers of the values
        /// @param present names of which any value will do
        private record Wanted(Map<Integer, BitSet> values, List<String> present) {

            boolean nothing() {
                return values.isEmpty() && present.isEmpty();
            }
        }

        void run(@Nullable Instant since, @Nullable Instant until, Consumer<Retained> found)
                throws IOException {
            List<Question.Branch> possible = new ArrayList<>();
            for (Question.Branch branch : question.branches()) {
                if (isPossible(branch)) {
                    possible.add(branch);
                }
            }
            for (Table table : tables) {
                BitSet rows = rows(table, possible);
                if (!rows.isEmpty()) {
                    tell(table, rows, since, until, found);
                }
            }
        }

        private boolean isPossible(Question.Branch branch) throws IOException {
            // Events that are kept as one value are handed out for every question.
            for (Question.Condition condition : branch.conditions()) {
                Wanted values = wanted.get(condition);
                if (values == null) {
                    values = wanted(condition);
                    wanted.put(condition, values);
                }
                if (values.nothing()) {
                    return false;
                }
            }
            return true;
        }

        private Wanted wanted(Question.Condition condition) throws IOException {
            Map<Integer, BitSet> values = new HashMap<>();
            List<String> present = new ArrayList<>();
            for (Question.Lookup lookup : condition.lookups()) {
                Integer vocabulary = numbers.get(lookup.property());
                if (lookup instanceof Question.Lookup.Present(String property)) {
                    present.add(property);
                } else if (vocabulary != null) {
                    BitSet some = values.getOrDefault(vocabulary, new BitSet());
                    own.get(vocabulary).find(lookup, file, some);
                    if (!some.isEmpty()) {
                        values.put(vocabulary, some);
                    }
                }
            }
            return new Wanted(values, present);
        }

        private BitSet rows(Table table, List<Question.Branch> branches) throws IOException {
            BitSet rows = new BitSet();
            if (table.form().isWhole()) {
                rows.set(0, table.rows());
                return rows;
            }
            for (Question.Branch branch : branches) {
                BitSet all = null;
                for (Question.Condition condition : branch.conditions()) {
                    BitSet some = rows(table, wanted.get(condition));
                    if (all == null) {
                        all = some;
                    } else {
                        all.and(some);
                    }
                    if (all.isEmpty()) {
                        break;
                    }
                }
                if (all != null) {
                    rows.or(all);
                }
            }
            return rows;
        }

        private BitSet rows(Table table, @Nullable Wanted wanted) throws IOException {
            BitSet rows = new BitSet();
            if (wanted == null) {
                return rows;
            }
            if (wanted.present().stream().anyMatch(table.names()::contains)) {
                rows.set(0, table.rows());
                return rows;
            }
            for (Columns.Values column : table.columns()) {
                BitSet values = wanted.values().get(column.vocabulary());
                if (values != null) {
                    column.rows(values, table.rows(), file, rows);
                }
            }
            return rows;
        }

        private void tell(
                Table table,
                BitSet rows,
                @Nullable Instant since,
                @Nullable Instant until,
                Consumer<Retained> found)
                throws IOException {
            Table.Rows events = table.new Rows(own, file);
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                Instant time = events.time(row);
                boolean inside =
                        time == null
                                || ((since == null || !time.isBefore(since))
                                        && (until == null || time.isBefore(until)));
                if (inside) {
                    found.accept(events.at(row));
                }
            }
        }
    }
}
