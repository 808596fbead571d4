package org.kerege.node.foreign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Pap;
import org.kerege.gate.Party;
import org.kerege.gate.ReleaseMarking;
import org.kerege.gate.Window;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp;

/// How far something imported may travel, as its source said it.
///
/// @param tlp null where nothing was said
/// @param pap null where nothing was said
/// @param sourceOnly whether it is for the source's own organisation alone
record Marks(Tlp.@Nullable Level tlp, @Nullable Pap pap, boolean sourceOnly) {

    static final Marks NONE = new Marks(null, null, false);

    /// For the source's own organisation alone.
    static final Marks SOURCE_ONLY = new Marks(Tlp.Level.AMBER_STRICT, null, true);

    private static final String TLP_PREFIX = "tlp:";
    private static final String PAP_PREFIX = "pap:";

    /// Reads a level with or without the word TLP before it.
    ///
    /// @throws Unconvertible when it is none of TLP 1.0 or 2.0
    static Marks tlp(String text) throws Unconvertible {
        String word = text.strip().toLowerCase(Locale.ROOT);
        String level = word.startsWith(TLP_PREFIX) ? word.substring(TLP_PREFIX.length()) : word;
        Tlp.Level read =
                switch (level) {
                    case "white", "clear" -> Tlp.Level.CLEAR;
                    case "green" -> Tlp.Level.GREEN;
                    case "amber" -> Tlp.Level.AMBER;
                    case "amber+strict", "amber-strict" -> Tlp.Level.AMBER_STRICT;
                    case "red" -> Tlp.Level.RED;
                    default -> throw new Unconvertible("its TLP marking is not known");
                };
        return new Marks(read, null, false);
    }

    /// What a machine tag of MISP says of travel; a tag of another kind says nothing.
    ///
    /// @throws Unconvertible when it is a TLP or PAP tag of an unknown level: a marking that is not understood must
    ///     not be lost
    static Marks tag(String tag) throws Unconvertible {
        String word = tag.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith(TLP_PREFIX)) {
            return tlp(word);
        }
        if (!word.startsWith(PAP_PREFIX)) {
            return NONE;
        }
        Pap read = Pap.read(word.substring(PAP_PREFIX.length()));
        if (read == null) {
            throw new Unconvertible("its PAP marking is not known");
        }
        return new Marks(null, read, false);
    }

    /// As strict as both.
    Marks and(Marks other) {
        return new Marks(
                tlp == null || other.tlp == null
                        ? (tlp == null ? other.tlp : tlp)
                        : tlp.and(other.tlp),
                pap == null || (other.pap != null && other.pap.compareTo(pap) > 0)
                        ? other.pap
                        : pap,
                sourceOnly || other.sourceOnly);
    }

    /// What it says, for people; empty for nothing.
    String words() {
        return (tlp == null ? "" : "  " + tlp.label())
                + (pap == null ? "" : "  " + pap)
                + (sourceOnly ? "  for its source alone" : "");
    }

    /// Identifiers of the markings that say this.
    List<StixId> refs(StixId source) {
        List<StixId> refs = new ArrayList<>();
        if (tlp != null) {
            refs.add(standard(tlp).id());
        }
        if (pap != null) {
            refs.add(pap.marking());
        }
        if (sourceOnly) {
            refs.add(releaseList(source).id());
        }
        return refs;
    }

    /// Definitions that a reader may not hold yet. Those of PAP are known by their identifiers.
    List<StixObject> definitions(StixId source) {
        List<StixObject> definitions = new ArrayList<>();
        if (tlp != null) {
            definitions.add(standard(tlp).definition());
        }
        if (sourceOnly) {
            definitions.add(releaseList(source));
        }
        return definitions;
    }

    private static StixObject releaseList(StixId source) {
        UUID uuid = Conversion.uuid("releasable to " + source);
        Instant always = Conversion.SOURCES_SINCE;
        return ReleaseMarking.write(
                new StixId("marking-definition", uuid),
                always,
                List.of(new Party.Organisation(source)),
                false,
                Window.ALWAYS,
                null);
    }

    private static Tlp standard(Tlp.Level level) {
        return switch (level) {
            case CLEAR -> Tlp.CLEAR_2;
            case GREEN -> Tlp.GREEN_2;
            case AMBER -> Tlp.AMBER_2;
            case AMBER_STRICT -> Tlp.AMBER_STRICT_2;
            case RED -> Tlp.RED_2;
        };
    }
}
