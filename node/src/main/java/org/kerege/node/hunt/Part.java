package org.kerege.node.hunt;

import java.nio.file.Path;
import java.util.List;
import org.kerege.pattern.engine.Hit;
import org.kerege.readers.Event;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

/// An event that can be a part of a match, with what it satisfies.
record Part(Path file, Event event, ObjectNode observed, List<Hit> hits) {
    Part {
        hits = List.copyOf(hits);
    }

    /// The same without the event's objects, of which a match tells no more than the clauses do.
    Part slim() {
        ObjectNode nothing = Json.mapper().createObjectNode();
        return new Part(
                file,
                new Event(
                        event.line(),
                        event.time(),
                        event.last(),
                        event.count(),
                        event.host(),
                        event.kind(),
                        nothing),
                nothing,
                hits.stream()
                        .map(hit -> new Hit(hit.pattern(), hit.bracket(), nothing, hit.clauses()))
                        .toList());
    }
}
