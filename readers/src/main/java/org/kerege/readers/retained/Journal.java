package org.kerege.readers.retained;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.kerege.readers.Event;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The events of the open segment on disk, so that a hard end of the program loses none that was synced. Each event is
/// its length, the sum of its bytes, and the bytes, JSON. Not thread-safe.
final class Journal implements AutoCloseable {

    private static final int MOST_EVENT_BYTES = 1 << 27;

    private final FileChannel channel;
    private final DataOutputStream out;

    private Journal(FileChannel channel) {
        this.channel = channel;
        this.out =
                new DataOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    }

    /// What a journal's events are handed to.
    interface Sink {
        void event(Retained retained, Instant arrived);
    }

    /// Opens a journal, or begins one, after handing out what it holds. What a hard end left behind the last whole event
    /// is cut off.
    static Journal open(Path file, Sink sink) throws IOException {
        long good = Files.exists(file) ? replay(file, sink) : 0;
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(good);
        channel.position(good);
        return new Journal(channel);
    }

    private static long replay(Path file, Sink sink) throws IOException {
        long good = 0;
        try (InputStream in = Files.newInputStream(file);
                DataInputStream frames =
                        new DataInputStream(new java.io.BufferedInputStream(in, 1 << 16))) {
            while (true) {
                int length = frames.readInt();
                int sum = frames.readInt();
                if (length < 0 || length > MOST_EVENT_BYTES) {
                    return good;
                }
                byte[] bytes = frames.readNBytes(length);
                if (bytes.length < length || Blocks.sum(bytes, length) != sum) {
                    return good;
                }
                JsonNode event = Json.mapper().readTree(new ByteArrayInputStream(bytes));
                sink.event(read(event), instant(event, "arrived"));
                good += 8 + length;
            }
        } catch (EOFException | JacksonException e) {
            return good;
        }
    }

    void add(Retained retained, Instant arrived) throws IOException {
        Event event = retained.event();
        ObjectNode json = Json.mapper().createObjectNode();
        put(json, "arrived", arrived);
        json.put("source", retained.source()).put("line", event.line());
        if (event.time() != null) {
            put(json, "time", event.time());
        }
        if (event.last() != null) {
            put(json, "last", event.last());
        }
        json.put("count", event.count()).put("host", event.host()).put("kind", event.kind());
        json.set("objects", event.objects());
        byte[] bytes = Json.mapper().writeValueAsBytes(json);
        out.writeInt(bytes.length);
        out.writeInt(Blocks.sum(bytes, bytes.length));
        out.write(bytes);
    }

    private static Retained read(JsonNode json) {
        return new Retained(
                json.path("source").asString(""),
                new Event(
                        json.path("line").asLong(),
                        json.has("time") ? instant(json, "time") : null,
                        json.has("last") ? instant(json, "last") : null,
                        json.path("count").asLong(1),
                        json.path("host").isString() ? json.path("host").stringValue() : null,
                        json.path("kind").asString(""),
                        json.path("objects") instanceof ObjectNode objects
                                ? objects
                                : Json.mapper().createObjectNode()));
    }

    private static void put(ObjectNode json, String name, Instant time) {
        json.putArray(name).add(time.getEpochSecond()).add(time.getNano());
    }

    private static Instant instant(JsonNode json, String name) {
        JsonNode time = json.path(name);
        return Instant.ofEpochSecond(time.path(0).asLong(), time.path(1).asLong());
    }

    /// Returns when everything added is on the disk.
    void sync() throws IOException {
        out.flush();
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        out.flush();
        channel.close();
    }
}
