package org.kerege.taxii;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;

/// Reads a collection from a position to its present end, page by page. The caller keeps the position after each page
/// that it has taken in; begun again from there, nothing is missed, and what comes twice the intake recognises.
/// Servers that take `added_after` as inclusive, that say `more` without a cursor, or that repeat a page do not make it
/// run for ever.
public final class Pull {

    private static final int PAGE = 1_000;

    private final TaxiiClient client;

    public Pull(TaxiiClient client) {
        this.client = client;
    }

    /// Where the next pull begins.
    ///
    /// @param addedAfter date of adding of the last object taken in; null before the first
    public record Position(@Nullable Instant addedAfter) {

        public static final Position START = new Position(null);
    }

    /// Takes what a page brought.
    @FunctionalInterface
    public interface Taker {

        /// Takes in the objects of one page; it is durable when this returns.
        ///
        /// @param after position to be kept once the items have been taken in
        void take(List<BundleReader.Item> items, Position after);
    }

    /// Reads on from `from`.
    ///
    /// @return the position at the end
    public Position run(Position from, Taker taker) throws IOException, InterruptedException {
        Instant addedAfter = from.addedAfter();
        String next = null;
        Instant reached = addedAfter;
        while (true) {
            TaxiiClient.ObjectsPage page = client.objects(addedAfter, next, PAGE);
            Instant before = reached;
            if (page.lastAdded() != null
                    && (reached == null || page.lastAdded().isAfter(reached))) {
                reached = page.lastAdded();
            }
            taker.take(page.items(), new Position(reached));
            boolean moved = reached != null && !reached.equals(before);
            if (page.next() != null && page.more() && !page.next().equals(next)) {
                next = page.next();
            } else if (page.more() && moved && !page.items().isEmpty()) {
                // No cursor: go on from the last date that the server has named.
                next = null;
                addedAfter = reached;
            } else {
                return new Position(reached);
            }
        }
    }
}
