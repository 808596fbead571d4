package org.kerege.gate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The Permissible Actions Protocol, laxest first. It limits what is *done* with information, never who reads
/// it. WHITE, the older word, is CLEAR.
public enum Pap {
    CLEAR(Exposure.PUBLIC),
    GREEN(Exposure.DIRECT),
    AMBER(Exposure.INDIRECT),
    RED(Exposure.INTERNAL);

    private final Exposure furthest;

    Pap(Exposure furthest) {
        this.furthest = furthest;
    }

    /// The furthest that an action may be noticed under this level.
    public Exposure furthest() {
        return furthest;
    }

    /// Reads the value of a marking, in either case; null when it is none of PAP.
    public static @Nullable Pap read(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "clear", "white" -> CLEAR;
            case "green" -> GREEN;
            case "amber" -> AMBER;
            case "red" -> RED;
            default -> null;
        };
    }

    /// As people write it, `PAP:AMBER`.
    @Override
    public String toString() {
        return "PAP:" + name();
    }
}
