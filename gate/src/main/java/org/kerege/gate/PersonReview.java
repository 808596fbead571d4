package org.kerege.gate;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// Why an object that names a person, or content of expression, may leave: recorded by people before it does,
/// and valid until a day on which it must be looked at again; silence is expiry.
///
/// @param purpose what it is for, in a sentence
/// @param legalBasis the law or decision it rests on
/// @param reviewer who looked, as recorded by the node
/// @param reviewBy first instant at which it no longer holds
/// @param answers what the reviewer answered to each exclusion; every one must be answered
public record PersonReview(
        String purpose,
        String legalBasis,
        String reviewer,
        Instant reviewBy,
        Map<Exclusion, String> answers) {

    /// What is never threat intelligence. Each must be denied with a reason before anything leaves.
    public enum Exclusion {
        JOURNALISM,
        RESEARCH,
        ART,
        PROTEST,
        HUMANITARIAN_WORK,
        COUNTER_SPEECH
    }

    /// @throws IllegalArgumentException when something is left blank, naming it
    public PersonReview {
        require("purpose", purpose);
        require("legal basis", legalBasis);
        require("reviewer", reviewer);
        Map<Exclusion, String> all = new EnumMap<>(Exclusion.class);
        for (Exclusion exclusion : Exclusion.values()) {
            String answer = answers.getOrDefault(exclusion, "");
            require("exclusion " + exclusion, answer);
            all.put(exclusion, answer);
        }
        answers = Map.copyOf(all);
    }

    private static void require(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a review needs its " + what);
        }
    }
}
