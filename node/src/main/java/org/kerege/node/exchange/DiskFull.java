package org.kerege.node.exchange;

/// So little room is left that nothing more is taken in: the database must never meet a full disk.
public final class DiskFull extends RuntimeException {

    private DiskFull(String message) {
        super(message);
    }

    static DiskFull free(long freeBytes, long minimumBytes) {
        return new DiskFull(
                "only "
                        + (freeBytes >> 20)
                        + " MB of disk are free and "
                        + (minimumBytes >> 20)
                        + " are to stay free (disk.minimum-free-megabytes); make room to go on");
    }

    static DiskFull quota(long usedBytes, long quotaBytes) {
        return new DiskFull(
                "the store has "
                        + (usedBytes >> 20)
                        + " MB and may have "
                        + (quotaBytes >> 20)
                        + " (disk.quota-megabytes); raise the quota or erase what is not needed to go on");
    }
}
