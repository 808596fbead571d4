package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A file that grows: at its end it is waited for more. The stream ends when another file has taken the name or the file
/// has been cut, and all of the old one has been read; it is then opened anew.
public final class FollowedFile extends InputStream {

    /// Waits a little before the file is looked at again.
    @FunctionalInterface
    public interface Pause {
        /// Returns after it.
        void rest() throws InterruptedException;
    }

    private final Path path;
    private final Pause pause;
    private final SeekableByteChannel channel;
    private final @Nullable Object key;
    private volatile long position;

    /// @param pause between looks at a file that has nothing more
    public FollowedFile(Path path, Pause pause) throws IOException {
        this.path = path;
        this.pause = pause;
        this.key = key(path);
        this.channel = Files.newByteChannel(path);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (true) {
            boolean replaced = isReplaced();
            int read = channel.read(ByteBuffer.wrap(into, offset, length));
            position = channel.position();
            if (read > 0 || replaced) {
                return read;
            }
            try {
                pause.rest();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("no longer followed");
            }
        }
    }

    /// Whether nothing more will come here. Asked before reading, so that what was written before the change is read.
    private boolean isReplaced() throws IOException {
        try {
            Object now = key(path);
            return (key != null && now != null && !key.equals(now))
                    || channel.size() < channel.position();
        } catch (NoSuchFileException e) {
            // Between the renaming of the old file and the coming of the new one.
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /// Bytes that wait to be read; may be asked by other threads.
    public long waiting() {
        try {
            return Math.max(0, channel.size() - position);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
