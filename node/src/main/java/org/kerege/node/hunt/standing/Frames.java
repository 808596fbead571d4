package org.kerege.node.hunt.standing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The messages of a syslog connection as lines. Each message is framed by its length or ends at a line feed, whichever its
/// first character says. A message that carries JSON becomes that JSON alone. Source: RFC 6587 §3.4.1, §3.4.2; RFC 5424.
final class Frames extends InputStream {

    /// Longest message, in bytes; RFC 5424 §6.1 asks for 2,048 at least.
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_LENGTH_DIGITS = 7;

    /// What may stand before JSON: priority, then a header without braces.
    private static final Pattern CARRIED =
            Pattern.compile("<\\d{1,3}>[^{]{1,2000}?[ :\\]\\uFEFF](\\{.*\\})\\s*", Pattern.DOTALL);

    private final InputStream in;
    private byte[] message = {};
    private int at;

    Frames(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == message.length) {
            byte[] next = next();
            if (next.length == 0) {
                return -1;
            }
            message = line(next);
            at = 0;
        }
        int count = Math.min(length, message.length - at);
        System.arraycopy(message, at, into, offset, count);
        at += count;
        return count;
    }

    /// The next message with something in it; empty at the end of the connection.
    private byte[] next() throws IOException {
        int first = in.read();
        while (first == '\n' || first == '\r' || first == ' ') {
            first = in.read();
        }
        if (first < 0) {
            return new byte[0];
        }
        return first >= '1' && first <= '9' ? counted(first) : toLineFeed(first);
    }

    private byte[] counted(int first) throws IOException {
        int length = first - '0';
        int digits = 1;
        int c = in.read();
        while (c >= '0' && c <= '9' && digits < MAX_LENGTH_DIGITS) {
            length = length * 10 + (c - '0');
            digits++;
            c = in.read();
        }
        if (c != ' ') {
            throw new IOException("a message begins with neither '<' nor its length and a space");
        }
        if (length > MAX_BYTES) {
            throw new IOException("a message has more than " + MAX_BYTES + " bytes");
        }
        return in.readNBytes(length);
    }

    private byte[] toLineFeed(int first) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        for (int c = first; c >= 0 && c != '\n'; c = in.read()) {
            bytes.write(c);
            if (bytes.size() > MAX_BYTES) {
                throw new IOException("a message has more than " + MAX_BYTES + " bytes");
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] line(byte[] message) {
        byte[] line = message;
        if (endsInBrace(message)) {
            Matcher carried = CARRIED.matcher(new String(message, StandardCharsets.UTF_8));
            line = carried.matches() ? carried.group(1).getBytes(StandardCharsets.UTF_8) : message;
        }
        byte[] ended = java.util.Arrays.copyOf(line, line.length + 1);
        for (int i = 0; i < line.length; i++) {
            if (ended[i] == '\n' || ended[i] == '\r') {
                ended[i] = ' ';
            }
        }
        ended[line.length] = '\n';
        return ended;
    }

    private static boolean endsInBrace(byte[] message) {
        int end = message.length - 1;
        while (end >= 0 && message[end] <= ' ' && message[end] >= 0) {
            end--;
        }
        return end >= 0 && message[end] == '}';
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
