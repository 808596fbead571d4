package org.kerege.gate;

/// A way out. The list is closed: an exit that is not here does not exist.
public enum Channel {
    TAXII,
    WEB,
    COMMAND_LINE,
    EXPORT,
    MISP,
    BUNDLE,
    MAIL,
    WEBHOOK,
    CALENDAR,
    PEER
}
