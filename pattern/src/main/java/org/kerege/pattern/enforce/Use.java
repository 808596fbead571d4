package org.kerege.pattern.enforce;

import java.util.Locale;

/// What is done with what is exported.
public enum Use {
    /// Logs that lie here are searched; nobody outside can notice.
    SEARCH,
    /// A sensor watches traffic and tells.
    DETECT,
    /// Somebody else is asked about it.
    LOOK_UP,
    /// It is blocked, which whoever is behind it notices.
    BLOCK;

    /// As the command line names it, `look-up`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
