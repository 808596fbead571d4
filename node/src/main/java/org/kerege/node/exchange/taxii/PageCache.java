package org.kerege.node.exchange.taxii;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Pages made lately, up to a number of bytes. A key holds all that a page depends on, so nothing here is ever out of
/// date; it is only no longer asked for. A page that several ask for at once is made once. Safe for several threads.
final class PageCache {

    private final long maxBytes;
    private final LinkedHashMap<Object, ServedPage> pages = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Object, CompletableFuture<ServedPage>> underWay = new HashMap<>();
    private long bytes;

    PageCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    ServedPage get(Object key, Supplier<ServedPage> make) {
        CompletableFuture<ServedPage> made = new CompletableFuture<>();
        @Nullable CompletableFuture<ServedPage> others;
        synchronized (pages) {
            ServedPage held = pages.get(key);
            if (held != null) {
                return held;
            }
            others = underWay.putIfAbsent(key, made);
        }
        return others == null ? make(key, make, made) : await(others);
    }

    /// Whether a page is here or about to be.
    boolean has(Object key) {
        synchronized (pages) {
            return pages.containsKey(key) || underWay.containsKey(key);
        }
    }

    private ServedPage make(
            Object key, Supplier<ServedPage> make, CompletableFuture<ServedPage> made) {
        try {
            ServedPage page = make.get();
            keep(key, page);
            made.complete(page);
            return page;
        } catch (RuntimeException | Error e) {
            made.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (pages) {
                underWay.remove(key);
            }
        }
    }

    private static ServedPage await(CompletableFuture<ServedPage> made) {
        try {
            return made.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw e;
        }
    }

    private void keep(Object key, ServedPage made) {
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
    }
}
