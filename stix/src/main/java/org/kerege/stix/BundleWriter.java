package org.kerege.stix;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Writes a bundle one object after the other, each with the bytes it was received in: nothing is written anew, so
/// nothing changes on the way through. Not for use by several threads at once. Source: STIX 2.1 §8.
public final class BundleWriter implements Closeable {

    private final OutputStream out;
    private boolean any;
    private boolean closed;

    /// Begins a bundle.
    ///
    /// @param id UUID of the bundle, which says nothing about what is in it
    public BundleWriter(OutputStream out, UUID id) throws IOException {
        this.out = out;
        write("{\"type\":\"bundle\",\"id\":\"bundle--" + id + "\"");
    }

    /// Appends an object.
    public void add(StixObject object) throws IOException {
        if (closed) {
            throw new IllegalStateException("the bundle has ended");
        }
        write(any ? ",\n" : ",\"objects\":[\n");
        any = true;
        out.write(object.bytes());
    }

    /// Ends the bundle and closes the stream. A bundle without objects has no list of them: STIX has no empty lists.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        write(any ? "\n]}\n" : "}\n");
        out.close();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
