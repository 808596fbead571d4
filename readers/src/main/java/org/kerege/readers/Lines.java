package org.kerege.readers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Lines of a stream with their numbers, held as bytes in one buffer, so that many can be looked at without copying.
/// Of a line longer than the bound only so much is held that it is seen to be too long.
final class Lines {

    /// Longest line that is held, in bytes.
    static final int MAX_BYTES = LogReader.MAX_LINE_BYTES;

    private final InputStream in;
    private byte[] bytes = new byte[1 << 18];
    private int at;
    private int filled;
    private boolean ended;
    private long number = 1;
    private int lineEnd;

    Lines(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where the next line begins.
    int at() {
        return at;
    }

    /// The number of the next line, from 1.
    long number() {
        return number;
    }

    /// Behind the next line's last byte, without its end.
    int lineEnd() {
        return lineEnd;
    }

    boolean isBlank() {
        for (int i = at; i < lineEnd; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /// Whether the next line is longer than is read.
    boolean isTooLong() {
        return lineEnd - at >= MAX_BYTES;
    }

    /// Makes sure that the next line is there as a whole; false after the last one.
    boolean hasNext() throws IOException {
        int from = at;
        while (true) {
            int end = indexOfEnd(from);
            if (end >= 0) {
                lineEnd = end;
                return true;
            }
            if (ended) {
                lineEnd = filled;
                return filled > at;
            }
            from = filled;
            if (filled - at >= MAX_BYTES) {
                int length = filled - at;
                dropRestOfLine();
                lineEnd = at + length;
                return true;
            }
            int before = at;
            fill();
            from -= before - at;
        }
    }

    /// Behind the last whole line that is held, its end included; of the last line of all that may lack it.
    int wholeEnd() {
        if (ended) {
            return filled;
        }
        int end = filled;
        while (end > lineEnd && bytes[end - 1] != '\n') {
            end--;
        }
        return Math.max(end, Math.min(lineEnd + 1, filled));
    }

    /// Goes to the line behind the next one.
    void skip() {
        goTo(Math.min(lineEnd + 1, filled), 1);
    }

    /// Goes on.
    ///
    /// @param place where the next line begins now
    /// @param lines how many have been left behind
    void goTo(int place, long lines) {
        at = place;
        number += lines;
    }

    private int indexOfEnd(int from) {
        for (int i = from; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void fill() throws IOException {
        if (at > 0) {
            System.arraycopy(bytes, at, bytes, 0, filled - at);
            filled -= at;
            at = 0;
        }
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, MAX_BYTES + 1));
        }
        int read = in.read(bytes, filled, bytes.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }

    /// Reads on to the end of a line that is too long; what follows it is held behind it.
    private void dropRestOfLine() throws IOException {
        byte[] chunk = new byte[1 << 16];
        while (true) {
            int read = in.read(chunk);
            if (read < 0) {
                ended = true;
                return;
            }
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    rest(chunk, i, read);
                    return;
                }
            }
        }
    }

    private void rest(byte[] chunk, int from, int to) {
        int lineLength = filled - at;
        byte[] more = new byte[lineLength + Math.max(1 << 16, to - from)];
        System.arraycopy(bytes, at, more, 0, lineLength);
        System.arraycopy(chunk, from, more, lineLength, to - from);
        bytes = more;
        at = 0;
        filled = lineLength + to - from;
    }

    /// Everything from the next line on.
    InputStream rest() {
        return new java.io.SequenceInputStream(
                new java.io.ByteArrayInputStream(bytes, at, filled - at), in);
    }
}
