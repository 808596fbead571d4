package org.kerege.gate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.marking.Tlp.Level;

/// The Traffic Light Protocol as one order, laxest first. Versions 1.0 and 2.0 share it: WHITE is CLEAR, and
/// the AMBER of either version reaches the recipient's organisation and its clients. Source: FIRST TLP 2.0.
public enum Tlp {
    CLEAR,
    GREEN,
    AMBER,
    AMBER_STRICT,
    RED;

    /// The level of a standard marking.
    static Tlp of(Level level) {
        return valueOf(level.name());
    }

    /// Reads the value of a marking, in either version and case; null when it is none of TLP.
    public static @Nullable Tlp read(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "clear", "white" -> CLEAR;
            case "green" -> GREEN;
            case "amber" -> AMBER;
            case "amber+strict" -> AMBER_STRICT;
            case "red" -> RED;
            default -> null;
        };
    }

    /// As people write it, `TLP:AMBER+STRICT`.
    @Override
    public String toString() {
        return "TLP:" + (this == AMBER_STRICT ? "AMBER+STRICT" : name());
    }
}
