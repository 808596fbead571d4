package org.kerege.node.desk;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Caller;

/// A part of the home page that a capability adds: every bean of this type is asked, in the order of its `@Order`.
public interface HomePanel {

    /// What it shows to a caller; empty for nothing.
    Optional<Content> content(Caller caller, Words words);

    /// What a panel shows.
    ///
    /// @param title in the reader's language
    /// @param lines at most a handful; the capability's own page has the rest
    record Content(String title, List<Line> lines) {

        public Content {
            lines = List.copyOf(lines);
        }
    }

    /// One line of text, shown inert, and where it leads.
    ///
    /// @param address of a page of this node, null for none
    record Line(String text, @Nullable String address) {}
}
