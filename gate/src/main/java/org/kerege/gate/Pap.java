package org.kerege.gate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// The Permissible Actions Protocol, laxest first. It limits what is *done* with information, never who reads
/// it. WHITE, the older word, is CLEAR.
public enum Pap {
    CLEAR(Exposure.PUBLIC, "ad15a0cd-55b6-4588-a14c-a66105329b92"),
    GREEN(Exposure.DIRECT, "c43594d1-4b11-4c59-93ab-1c9b14d53ce9"),
    AMBER(Exposure.INDIRECT, "60f8932b-e51e-4458-b265-a2e8be9a80ab"),
    RED(Exposure.INTERNAL, "740d36e5-7714-4c30-961a-3ae632ceee0e");

    private final Exposure furthest;
    private final String uuid;

    Pap(Exposure furthest, String uuid) {
        this.furthest = furthest;
        this.uuid = uuid;
    }

    /// Identifier of the marking-definition that OASIS published for this level.
    public StixId marking() {
        return StixId.parse("marking-definition--" + uuid);
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
