package org.kerege.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives each distinct text one small positive number and keeps it for good. The gate keeps two: one of
/// audiences, one of closures.
public interface Interning {

    /// A text and its number.
    record Entry(int id, String text) {}

    /// The number of `text`, a new one on first sight. Safe from many threads.
    int intern(String text);

    /// All entries with a number above `id`, in order.
    Iterable<Entry> after(int id);

    /// Kept in memory, for tests and throw-away nodes.
    final class InMemory implements Interning {

        private final Map<String, Integer> ids = new HashMap<>();
        private final List<Entry> entries = new ArrayList<>();

        @Override
        public synchronized int intern(String text) {
            return ids.computeIfAbsent(
                    text,
                    added -> {
                        entries.add(new Entry(entries.size() + 1, added));
                        return entries.size();
                    });
        }

        @Override
        public synchronized Iterable<Entry> after(int id) {
            return List.copyOf(entries.subList(Math.min(id, entries.size()), entries.size()));
        }
    }
}
