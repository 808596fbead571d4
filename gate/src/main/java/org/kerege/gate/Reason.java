package org.kerege.gate;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Why a decision came out as it did: a stable code and the facts it rests on. [ReasonSentences] makes one
/// sentence of it.
///
/// @param facts by name, in the words of the standards; the sentence of each code names those it needs
public record Reason(Code code, NavigableMap<String, String> facts) {

    /// Which rule decided. Names are stable: programs compare them.
    public enum Code {
        // released
        OWN_OBJECT,
        CLEAR_FOR_EVERYONE,
        IN_COMMUNITY,
        CHOSEN_BY_SOURCE,
        HOLDER,
        CLIENT_OF_HOLDER,
        NAMED_PERSON,
        ON_RELEASE_LIST,
        // reduced
        PARTS_HIDDEN,
        // withheld
        UNKNOWN_MARKING,
        CIRCULAR_MARKING,
        TOO_MANY_MARKINGS,
        PERSON_NOT_REVIEWED,
        NOT_CONFIRMED,
        EMBARGOED,
        EXPIRED,
        OTHER_PURPOSE,
        CHANNEL_NOT_ENCRYPTED,
        CHANNEL_CEILING,
        NOBODY_LISTED,
        NOT_ON_RELEASE_LIST,
        NO_PERSON_NAMED,
        PERSON_NOT_NAMED,
        UNMARKED,
        SUSPENDED,
        TIER_CEILING,
        ORIGINATOR_CONTROLS,
        PROVIDER_HIDDEN,
        OUTSIDE_COMMUNITY,
        OUTSIDE_CIRCLE,
        RELAYED_AMBER,
        RELAYED_AMBER_STRICT,
        REFERS_TO_WITHHELD,
        NOT_HELD
    }

    public Reason {
        facts = Collections.unmodifiableNavigableMap(new TreeMap<>(facts));
    }

    static Reason of(Code code) {
        return new Reason(code, new TreeMap<>());
    }

    static Reason of(Code code, String name, Object fact) {
        return new Reason(code, new TreeMap<>(Map.of(name, fact.toString())));
    }

    static Reason of(Code code, String name, Object fact, String name2, Object fact2) {
        return new Reason(
                code, new TreeMap<>(Map.of(name, fact.toString(), name2, fact2.toString())));
    }
}
