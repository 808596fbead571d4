package org.kerege.stix.upgrade;

import java.util.ArrayList;
import java.util.List;

/// The report of one upgrade while it is written.
final class Changes {

    private final List<Change> changes = new ArrayList<>();

    void add(String pointer, Change.Kind kind, String message) {
        changes.add(new Change(pointer, kind, message));
    }

    List<Change> list() {
        return List.copyOf(changes);
    }
}
