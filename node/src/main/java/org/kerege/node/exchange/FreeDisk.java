package org.kerege.node.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.StoreUnavailable;

/// Room for what is taken in: some of the disk that holds the node's data is always kept free, and the database stays
/// below its quota where there is one. Safe for several threads.
final class FreeDisk {

    /// The database's size is asked for once in so long: it changes slowly, and to ask costs a walk over its files.
    private static final Duration ASKED_EVERY = Duration.ofSeconds(10);

    private final Path folder;
    private final long minimumBytes;
    private final @Nullable Long quotaBytes;
    private final LongSupplier databaseBytes;
    private final LongSupplier nanoTime;
    private final AtomicLong askedAt;
    private volatile long lastBytes;

    /// @param minimumBytes below so much free disk nothing more is taken in
    /// @param quotaBytes above so much database nothing more is taken in; null for no bound
    /// @param nanoTime as [System#nanoTime()]
    FreeDisk(
            Path folder,
            long minimumBytes,
            @Nullable Long quotaBytes,
            LongSupplier databaseBytes,
            LongSupplier nanoTime) {
        this.folder = folder;
        this.minimumBytes = minimumBytes;
        this.quotaBytes = quotaBytes;
        this.databaseBytes = databaseBytes;
        this.nanoTime = nanoTime;
        this.askedAt = new AtomicLong(nanoTime.getAsLong() - ASKED_EVERY.toNanos());
    }

    /// Asks for room before something is taken in.
    ///
    /// @throws DiskFull when there is too little
    void require() {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new StoreUnavailable("the disk of " + folder + " cannot be looked at", e);
        }
        if (free < minimumBytes) {
            throw DiskFull.free(free, minimumBytes);
        }
        Long quota = quotaBytes;
        if (quota != null && usedBytes() > quota) {
            throw DiskFull.quota(lastBytes, quota);
        }
    }

    private long usedBytes() {
        long asked = askedAt.get();
        long now = nanoTime.getAsLong();
        if (now - asked >= ASKED_EVERY.toNanos() && askedAt.compareAndSet(asked, now)) {
            lastBytes = databaseBytes.getAsLong();
        }
        return lastBytes;
    }
}
