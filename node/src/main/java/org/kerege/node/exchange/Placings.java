package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

/// Where versions stand in one collection and for whom, as one entry of the ledger says it: with these entries and the
/// objects themselves the projections are made again. Rows are in full; a later one of the same date and version takes
/// the place of an earlier one.
final class Placings {

    private static final int FORMAT = 1;
    private static final int MOVED = 2;

    private final @Nullable Integer reader;
    private final List<Added> added = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();

    /// For everyone who may have what stands there.
    Placings() {
        this.reader = null;
    }

    /// For one reader alone.
    ///
    /// @param reader its number
    Placings(int reader) {
        this.reader = reader;
    }

    /// A version in the collection from a date on.
    ///
    /// @param unless the placement whose readers have it by an earlier addition; null for none
    record Added(Instant dateAdded, long seq, Placement placement, @Nullable Placement unless) {}

    /// What the gate made of a version.
    ///
    /// @param firstHand whether whoever brought it is its creator; null where that stays as it was
    record Placed(long seq, Placement placement, @Nullable Boolean firstHand) {}

    void add(Instant dateAdded, long seq, Placement placement, @Nullable Placement unless) {
        added.add(new Added(dateAdded, seq, placement, unless));
    }

    void place(long seq, Placement placement, boolean firstHand) {
        placed.add(new Placed(seq, placement, firstHand));
    }

    /// A version that belongs elsewhere now.
    void move(long seq, Placement placement) {
        placed.add(new Placed(seq, placement, null));
    }

    List<Added> added() {
        return added;
    }

    List<Placed> placed() {
        return placed;
    }

    /// Appends the entry, when there is anything to say.
    ///
    /// @param because why; null where objects were handed over
    void record(LedgerTransaction transaction, int collection, @Nullable String because) {
        if (added.isEmpty() && placed.isEmpty()) {
            return;
        }
        ObjectNode meta = Json.mapper().createObjectNode().put("collection", collection);
        if (because != null) {
            meta.put("because", because);
        }
        if (reader != null) {
            meta.put("reader", reader);
        }
        transaction.append(
                EntryKind.ADDITION, meta.toString().getBytes(StandardCharsets.UTF_8), bytes());
    }

    /// The rows as numbers, dates and entries as differences: neighbours take few bytes.
    byte[] bytes() {
        Numbers.Writer out = new Numbers.Writer().write(FORMAT).write(added.size());
        long date = 0;
        long seq = 0;
        for (Added row : added) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, row.dateAdded());
            out.write(micros - date).write(row.seq() - seq);
            date = micros;
            seq = row.seq();
            write(out, row.placement());
            Placement unless = row.unless();
            out.write(unless == null ? 0 : 1);
            if (unless != null) {
                write(out, unless);
            }
        }
        seq = 0;
        for (Placed row : placed) {
            Boolean firstHand = row.firstHand();
            out.write(row.seq() - seq).write(firstHand == null ? MOVED : firstHand ? 1 : 0);
            seq = row.seq();
            write(out, row.placement());
        }
        return out.bytes();
    }

    private static void write(Numbers.Writer out, Placement placement) {
        out.write(placement.audience()).write(placement.closure());
    }

    /// Reads what [#bytes()] wrote.
    static Placings read(byte[] written) {
        Numbers.Reader in = new Numbers.Reader(written);
        if (in.next() != FORMAT) {
            throw new IllegalStateException("an entry of a newer format");
        }
        Placings rows = new Placings();
        long date = 0;
        long seq = 0;
        for (long left = in.next(); left > 0; left--) {
            date += in.next();
            seq += in.next();
            Placement placement = placement(in);
            Placement unless = in.next() == 0 ? null : placement(in);
            rows.add(Instant.EPOCH.plus(date, ChronoUnit.MICROS), seq, placement, unless);
        }
        seq = 0;
        while (in.more()) {
            seq += in.next();
            long firstHand = in.next();
            rows.placed.add(
                    new Placed(seq, placement(in), firstHand == MOVED ? null : firstHand == 1));
        }
        return rows;
    }

    private static Placement placement(Numbers.Reader in) {
        return new Placement((int) in.next(), (int) in.next());
    }
}
