package org.kerege.node.enforcement;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Action;
import org.kerege.pattern.decay.Decay;
import org.kerege.pattern.enforce.Enforcement;
import org.kerege.pattern.enforce.Format;
import org.kerege.pattern.enforce.Target.Kind;
import org.kerege.pattern.enforce.Use;

/// What is to be exported and for what.
///
/// @param kinds of values; empty for all
/// @param decay how indicators age
/// @param leastScore below which they are left out, 0 to 100
record Wanted(Format format, Use use, Set<Kind> kinds, Decay decay, int leastScore) {

    /// Reads the words of a command line or an address.
    ///
    /// @param use null for what the format is mostly used for
    /// @param kinds words with commas between; null for all
    /// @throws IllegalArgumentException when a word is unknown or the format is not for the use
    static Wanted read(String format, @Nullable String use, @Nullable String kinds) {
        Format read = word(Format.values(), Format::word, format, "format");
        Use meant =
                use == null ? read.uses().getFirst() : word(Use.values(), Use::word, use, "use");
        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        if (kinds != null) {
            for (String kind : kinds.split(",")) {
                wanted.add(word(Kind.values(), Kind::word, kind.strip(), "kind of value"));
            }
        }
        Wanted all = new Wanted(read, meant, wanted, Decay.usual(), 0);
        all.begin();
        return all;
    }

    private static <T> T word(
            T[] all, java.util.function.Function<T, String> word, String said, String what) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equals(said))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no "
                                        + what
                                        + " '"
                                        + said
                                        + "'; there are "
                                        + Arrays.stream(all)
                                                .map(word)
                                                .collect(Collectors.joining(", "))));
    }

    /// The same without indicators that score too low by their age.
    Wanted with(Decay models, int least) {
        if (least < 0 || least > 100) {
            throw new IllegalArgumentException("a score is 0 to 100");
        }
        return new Wanted(format, use, kinds, models, least);
    }

    /// Begins an export.
    Enforcement begin() {
        return new Enforcement(format, use, kinds);
    }

    /// What the permissible actions must allow: search of own logs goes with PAP:RED, a sensor on the network with
    /// PAP:AMBER, and a block or a question to others with PAP:GREEN. A sensor is as much in the open as a honeypot;
    /// a question to others counts like a block, since its subject may watch who asks.
    Action action() {
        return switch (use) {
            case SEARCH -> Action.SEARCH_OWN_LOGS;
            case DETECT -> Action.WATCH_BY_HONEYPOT;
            case LOOK_UP, BLOCK -> Action.BLOCK_TRAFFIC;
        };
    }

    /// The use in the words of a refusal.
    String deed() {
        return switch (use) {
            case SEARCH -> "searching logs";
            case DETECT -> "watching the network";
            case LOOK_UP -> "asking others";
            case BLOCK -> "blocking";
        };
    }
}
