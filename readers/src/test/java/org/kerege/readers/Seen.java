package org.kerege.readers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Remembers what a reader told.
final class Seen implements LogReader.Listener {

    final List<Event> events = new ArrayList<>();
    final List<Long> unmapped = new ArrayList<>();
    final List<String> unread = new ArrayList<>();
    int ends;

    static Seen of(String log) {
        return of(log.getBytes(StandardCharsets.UTF_8));
    }

    static Seen of(byte[] log) {
        return of(log, Mappings.standard());
    }

    static Seen of(byte[] log, Mappings mappings) {
        Seen seen = new Seen();
        try {
            new LogReader(mappings).read(new ByteArrayInputStream(log), seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    /// What the only event shows, as `path = value`.
    List<String> paths() {
        return events.stream()
                .flatMap(event -> ObservablePaths.of(event).stream())
                .map(shown -> shown.path() + " = " + shown.value())
                .toList();
    }

    @Override
    public void event(Event event) {
        events.add(event);
    }

    @Override
    public void unmapped(long line) {
        unmapped.add(line);
    }

    @Override
    public void unread(long line, String why) {
        unread.add(line + ": " + why);
    }

    @Override
    public void end() {
        ends++;
    }
}
