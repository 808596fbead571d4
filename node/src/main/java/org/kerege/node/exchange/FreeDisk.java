package org.kerege.node.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kerege.node.ledger.StoreUnavailable;

/// Room on the disk that holds the node's data, of which some is always kept.
final class FreeDisk {

    private final Path folder;
    private final long minimumBytes;

    /// @param minimumBytes below so much nothing more is taken in
    FreeDisk(Path folder, long minimumBytes) {
        this.folder = folder;
        this.minimumBytes = minimumBytes;
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
            throw new DiskFull(free, minimumBytes);
        }
    }
}
