package org.kerege.stix;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the objects out of a bundle, a TAXII envelope, an array, JSON lines or a single object, of any length, in
/// memory for one object at a time. Each object keeps its bytes as received. An object that cannot be read is
/// answered with its own refusal and does not harm its neighbours; only a document whose frame is broken ends
/// early, after everything before the break has been handed out.
///
/// The frame is read by a scanner that knows strings and nesting and nothing else; what lies between the braces of
/// one object is parsed once, strictly, by the JSON library. Source: STIX 2.1 §8, TAXII 2.1 §3.7.
public final class BundleReader {

    /// Largest object in bytes where nothing else is said.
    public static final int MAX_OBJECT_BYTES = 16 << 20;

    private static final int CHUNK = 1 << 16;
    private static final byte[] OBJECTS = {'o', 'b', 'j', 'e', 'c', 't', 's'};

    /// Bytes that open or close a string, an object or a list.
    private static final boolean[] SHAPES = new boolean[256];

    static {
        for (char shape : new char[] {'"', '{', '}', '[', ']'}) {
            SHAPES[shape] = true;
        }
    }

    private final InputStream in;
    private final int maxObjectBytes;
    private final boolean wrapperRequired;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;
    private long consumed;

    private byte[] object = new byte[4 << 10];
    private int objectBytes;
    private boolean escapes;
    private int index;

    private BundleReader(InputStream in, int maxObjectBytes, boolean wrapperRequired) {
        this.in = in;
        this.maxObjectBytes = maxObjectBytes;
        this.wrapperRequired = wrapperRequired;
    }

    /// What was read at one place of the document.
    public sealed interface Item {

        /// Position among the objects of the document, from 0.
        int index();

        /// An object with its bytes.
        record Read(int index, StixObject object) implements Item {}

        /// An object that cannot be read, and why.
        record Refused(int index, MalformedStix why) implements Item {}
    }

    /// Reads a document to its end and hands out its objects in order.
    ///
    /// @throws IOException when the stream fails
    /// @throws MalformedStix when the frame around the objects is broken or there is none
    public static void read(InputStream in, Consumer<Item> items) throws IOException {
        read(in, MAX_OBJECT_BYTES, items);
    }

    /// As [#read(InputStream, Consumer)] with another limit for one object.
    public static void read(InputStream in, int maxObjectBytes, Consumer<Item> items)
            throws IOException {
        new BundleReader(in, maxObjectBytes, false).document(items);
    }

    /// As [#read(InputStream, Consumer)] for what must come in an envelope or a bundle.
    ///
    /// @throws MalformedStix also when there is no list `objects`
    public static void readEnvelope(InputStream in, Consumer<Item> items) throws IOException {
        new BundleReader(in, MAX_OBJECT_BYTES, true).document(items);
    }

    private void document(Consumer<Item> items) throws IOException {
        int first = skipSpace();
        if (first == 0xEF && next() == 0xBB && next() == 0xBF) {
            first = skipSpace();
        }
        if (first < 0) {
            throw broken("the document is empty");
        }
        // One document, or several one after the other as JSON lines have them.
        while (first >= 0) {
            switch (first) {
                case '{' -> frame(items);
                case '[' -> {
                    if (wrapperRequired) {
                        throw broken("an object with a list 'objects' was expected");
                    }
                    array(items);
                }
                default -> throw broken("a document begins with { or [, not with byte " + first);
            }
            first = skipSpace();
        }
    }

    /// After `{`: a bundle or an envelope, whose `objects` are handed out one by one, or an object by itself. Which
    /// of the two is known once `objects` or the end has been met, so what comes before is kept meanwhile.
    private void frame(Consumer<Item> items) throws IOException {
        beginObject();
        boolean wrapper = false;
        int c = nextKept();
        while (true) {
            c = skipSpaceKept(c);
            if (c == '}') {
                break;
            }
            if (c == ',') {
                c = nextKept();
                continue;
            }
            if (c != '"') {
                throw broken("a property name was expected");
            }
            int nameFrom = objectBytes;
            string();
            boolean objects = isObjectsKey(nameFrom);
            c = skipSpaceKept(nextKept());
            if (c != ':') {
                throw broken("':' was expected after a property name");
            }
            c = skipSpaceKept(nextKept());
            if (objects && c == '[') {
                wrapper = true;
                objectBytes = 1;
                array(items);
                // What was kept of the wrapper has served; the rest of it is only read over.
                beginObject();
                c = nextKept();
            } else {
                c = value(c);
            }
            if (wrapper) {
                objectBytes = 1;
            }
        }
        if (!wrapper) {
            if (wrapperRequired) {
                throw broken("there is no list 'objects'");
            }
            emit(items);
        }
    }

    /// After `[`: the elements up to `]`.
    private void array(Consumer<Item> items) throws IOException {
        int c = skipSpace();
        while (c != ']') {
            if (c == '{') {
                beginObject();
                rest('{');
                emit(items);
            } else if (c == ',') {
                c = skipSpace();
                continue;
            } else {
                beginObject();
                objectBytes = 0;
                keep(c);
                int after = value(c);
                items.accept(
                        new Item.Refused(
                                index++,
                                new MalformedStix(
                                        "",
                                        "objects are JSON objects (STIX 2.1 §8)",
                                        "an element is no JSON object")));
                c = isSpace(after) ? skipSpace() : after;
                continue;
            }
            c = skipSpace();
        }
    }

    /// Reads over the value that begins with `c`, keeping its bytes.
    ///
    /// @return the byte after it
    private int value(int c) throws IOException {
        if (c == '"') {
            string();
            return nextKept();
        }
        if (c == '{' || c == '[') {
            rest(c);
            return nextKept();
        }
        int b = c;
        while (b != ',' && b != '}' && b != ']' && !isSpace(b)) {
            b = nextKept();
        }
        return b;
    }

    /// Reads on to the brace or bracket that closes the one just read, whatever the depth, without recursion.
    private void rest(int opening) throws IOException {
        int depth = opening == '{' || opening == '[' ? 1 : 0;
        while (depth > 0) {
            int run = at;
            while (at < end && !SHAPES[chunk[at] & 0xFF]) {
                at++;
            }
            keepRun(run);
            int c = nextKept();
            switch (c) {
                case '"' -> string();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {
                    // Scalars and separators are judged by the parser.
                }
            }
        }
    }

    private void string() throws IOException {
        while (true) {
            int run = at;
            while (at < end && chunk[at] != '"' && chunk[at] != '\\') {
                at++;
            }
            keepRun(run);
            int c = nextKept();
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                escapes = true;
                nextKept();
            }
        }
    }

    private boolean isObjectsKey(int nameFrom) {
        if (objectBytes > object.length || objectBytes - nameFrom != 8) {
            return false;
        }
        return Arrays.equals(object, nameFrom, nameFrom + 7, OBJECTS, 0, 7);
    }

    private void emit(Consumer<Item> items) {
        int position = index++;
        if (objectBytes > maxObjectBytes) {
            items.accept(
                    new Item.Refused(
                            position,
                            new MalformedStix(
                                    "",
                                    "an object has at most " + maxObjectBytes + " bytes",
                                    "object "
                                            + position
                                            + " is larger than "
                                            + maxObjectBytes
                                            + " bytes")));
            return;
        }
        byte[] bytes = Arrays.copyOf(object, objectBytes);
        Item item;
        try {
            if (escapes) {
                refuseLoneSurrogates(bytes);
            }
            JsonNode tree = Json.mapper().readTree(bytes);
            item = new Item.Read(position, StixObject.of(bytes, (ObjectNode) tree));
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            item =
                    new Item.Refused(
                            position,
                            new MalformedStix(
                                    "",
                                    "an object is JSON text (RFC 8259)",
                                    "object " + position + ": " + Json.reason(e)));
        } catch (MalformedStix e) {
            item = new Item.Refused(position, e);
        }
        items.accept(item);
    }

    /// Half of a surrogate pair is no character; the JSON library lets its escape pass. Source: RFC 7493 §2.1.
    private static void refuseLoneSurrogates(byte[] json) {
        boolean lowExpected = false;
        int i = 0;
        while (i < json.length) {
            boolean escape = json[i] == '\\' && i + 1 < json.length;
            boolean unicode = escape && json[i + 1] == 'u' && i + 3 < json.length;
            int kind =
                    unicode && (json[i + 2] | 0x20) == 'd' ? Character.digit(json[i + 3], 16) : 0;
            boolean high = kind >= 8 && kind < 12;
            boolean low = kind >= 12;
            if (low != lowExpected) {
                throw new MalformedStix(
                        "",
                        "strings are Unicode (RFC 7493 §2.1)",
                        "a string holds half of a surrogate pair");
            }
            lowExpected = high;
            i += unicode ? 6 : escape ? 2 : 1;
        }
    }

    private void beginObject() {
        objectBytes = 0;
        escapes = false;
        keep('{');
    }

    /// Keeps the bytes of the chunk from `from` up to where the scanner is: most bytes need no look of their own.
    private void keepRun(int from) {
        int bytes = at - from;
        if (objectBytes <= object.length - bytes) {
            System.arraycopy(chunk, from, object, objectBytes, bytes);
            objectBytes += bytes;
        } else if (objectBytes >= maxObjectBytes) {
            objectBytes = (int) Math.min((long) objectBytes + bytes, Integer.MAX_VALUE);
        } else {
            for (int i = from; i < at; i++) {
                keep(chunk[i]);
            }
        }
    }

    private void keep(int c) {
        // Past the limit bytes are counted and no longer kept: the object will be refused.
        if (objectBytes < object.length) {
            object[objectBytes] = (byte) c;
        } else if (objectBytes < maxObjectBytes) {
            object =
                    Arrays.copyOf(
                            object, Math.min(Math.max(object.length * 2, 16), maxObjectBytes));
            object[objectBytes] = (byte) c;
        }
        if (objectBytes < Integer.MAX_VALUE) {
            objectBytes++;
        }
    }

    private int nextKept() throws IOException {
        int c = next();
        if (c < 0) {
            throw broken("the document ends in the middle of a value");
        }
        keep(c);
        return c;
    }

    private int skipSpaceKept(int c) throws IOException {
        int b = c;
        while (isSpace(b)) {
            b = nextKept();
        }
        return b;
    }

    private int skipSpace() throws IOException {
        int c = next();
        while (isSpace(c)) {
            c = next();
        }
        return c;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private int next() throws IOException {
        if (at == end) {
            consumed += end;
            end = Math.max(in.read(chunk), 0);
            at = 0;
            if (end == 0) {
                return -1;
            }
        }
        return chunk[at++] & 0xFF;
    }

    private MalformedStix broken(String why) {
        return new MalformedStix(
                "",
                "objects come in a bundle, an envelope, an array or lines (STIX 2.1 §8, TAXII 2.1 §3.7)",
                why + " (byte " + (consumed + at) + ")");
    }
}
