package org.kerege.node.exchange;

import java.util.concurrent.ConcurrentHashMap;

/// How often each collection has changed since the node started: what was read before a change is told from what
/// would be read after it. Safe for several threads.
public final class Changes {

    private final ConcurrentHashMap<Integer, Long> counts = new ConcurrentHashMap<>();

    /// Number of changes of a collection that readers can see.
    public long of(Collection collection) {
        return counts.getOrDefault(collection.number(), 0L);
    }

    /// Notes that readers of a collection see something else from now on.
    public void changed(Collection collection) {
        counts.merge(collection.number(), 1L, Long::sum);
    }
}
