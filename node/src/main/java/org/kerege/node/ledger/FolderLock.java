package org.kerege.node.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a folder for one process: a second node on it would stop the first one's database. The system gives the lock
/// back when the process dies, however it dies.
final class FolderLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /// @throws StoreUnavailable when another process has the folder
    static FolderLock take(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (tried(file) == null) {
            file.close();
            throw new StoreUnavailable(
                    "another process works on "
                            + folder
                            + ", a node or a command; stop it, or name another folder with --data");
        }
        return new FolderLock(file);
    }

    private static @Nullable FileLock tried(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("event=folder_taken_here", e);
            return null;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("event=lock_not_closed", e);
        }
    }
}
