package org.kerege.node.exchange;

import java.util.List;

/// Objects in the order of their adding, oldest first, and whether there are more.
public record Page(List<Held> items, boolean more) {

    public Page {
        items = List.copyOf(items);
    }
}
