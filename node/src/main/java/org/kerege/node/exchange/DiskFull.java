package org.kerege.node.exchange;

/// So little disk is free that nothing more is taken in: the database must never meet a full one.
public final class DiskFull extends RuntimeException {

    DiskFull(long freeBytes, long minimumBytes) {
        super(
                "only "
                        + (freeBytes >> 20)
                        + " MB of disk are free and "
                        + (minimumBytes >> 20)
                        + " are to stay free (disk.minimum-free-megabytes); make room to go on");
    }
}
