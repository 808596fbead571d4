package org.kerege.node.exchange.taxii;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Pages made lately, up to a number of bytes. A key holds all that a page depends on, so nothing here is ever out of
/// date; it is only no longer asked for. Safe for several threads.
final class PageCache {

    private final long maxBytes;
    private final LinkedHashMap<Object, ServedPage> pages = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    PageCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    ServedPage get(Object key, Supplier<ServedPage> make) {
        synchronized (pages) {
            ServedPage held = pages.get(key);
            if (held != null) {
                return held;
            }
        }
        ServedPage made = make.get();
        synchronized (pages) {
            ServedPage before = pages.put(key, made);
            bytes += made.body().length - (before == null ? 0 : before.body().length);
            var oldest = pages.entrySet().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                Map.Entry<Object, ServedPage> entry = oldest.next();
                bytes -= entry.getValue().body().length;
                oldest.remove();
            }
        }
        return made;
    }
}
